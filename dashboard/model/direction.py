"""Marks that turn the direction of writing, closed so that they end with the text they stand in."""

from __future__ import annotations

_CLOSES = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),  # embeddings and overrides
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),  # isolates
}
_CLOSERS = frozenset(_CLOSES.values())


def closed(text: str) -> str:
    """The text, with every such mark that it opens closed at its end.

    A name stands inside sentences; left open, its mark would turn the rest of the sentence round.

    Source: Unicode Standard Annex 9, Unicode Bidirectional Algorithm, sections 2.1 to 2.4.
    """
    if _CLOSES.keys().isdisjoint(text):
        return text
    opened: list[str] = []
    for letter in text:
        if letter in _CLOSES:
            opened.append(_CLOSES[letter])
        elif letter in _CLOSERS and letter in opened:
            # Closing an outer one closes those inside it as well.
            while opened.pop() != letter:
                pass
    return text + "".join(reversed(opened))
