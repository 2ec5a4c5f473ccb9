"""Text made fit for documents: what no bundled font can show becomes visible, nothing breaks.

PDF/UA and PDF/A refuse characters without a glyph and control characters. Each such character is
printed as its code, ``[U+1F600]``, so that a reader sees that something stood there. That is for a
stray sign: a text with whole words that no font can show is refused before a PDF is made.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import groupby

from dashboard.model.question import Question

# fmt: off
COVERED: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x18F, 0x18F), (0x192, 0x192), (0x1A0, 0x1A1),
    (0x1AF, 0x1B0), (0x1CD, 0x1DC), (0x1FA, 0x1FF), (0x218, 0x21B), (0x237, 0x237), (0x259, 0x259),
    (0x2BB, 0x2BC), (0x2C6, 0x2C7), (0x2D8, 0x2DD), (0x300, 0x304), (0x306, 0x30C), (0x312, 0x312),
    (0x315, 0x315), (0x31B, 0x31B), (0x323, 0x323), (0x326, 0x328), (0x37E, 0x37E), (0x384, 0x38A),
    (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3CE), (0x400, 0x45F), (0x462, 0x463), (0x46A, 0x46B),
    (0x472, 0x475), (0x490, 0x4C2), (0x4CF, 0x4D9), (0x4DC, 0x4E9), (0x4EE, 0x4F9), (0x524, 0x525),
    (0xE3F, 0xE3F), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9), (0x2000, 0x200A),
    (0x2010, 0x2015), (0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026),
    (0x202F, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x2044, 0x2044), (0x2070, 0x2070),
    (0x2074, 0x2079), (0x2080, 0x2089), (0x20A1, 0x20A1), (0x20A4, 0x20A4), (0x20A6, 0x20A6),
    (0x20A8, 0x20AE), (0x20B1, 0x20B2), (0x20B4, 0x20B5), (0x20B8, 0x20BA), (0x20BD, 0x20BD),
    (0x20BF, 0x20BF), (0x2113, 0x2113), (0x2116, 0x2116), (0x2122, 0x2122), (0x2126, 0x2126),
    (0x212E, 0x212E), (0x2150, 0x2151), (0x2153, 0x215E), (0x2190, 0x2199), (0x21A9, 0x21AA),
    (0x21B0, 0x21B3), (0x21B6, 0x21B7), (0x21BA, 0x21BB), (0x21C4, 0x21C4), (0x21C6, 0x21C6),
    (0x2202, 0x2202), (0x2206, 0x2206), (0x220F, 0x220F), (0x2211, 0x2212), (0x2215, 0x2215),
    (0x2219, 0x221A), (0x221E, 0x221E), (0x222B, 0x222B), (0x2236, 0x2236), (0x2248, 0x2248),
    (0x2260, 0x2260), (0x2264, 0x2265), (0x25CA, 0x25CA), (0x2713, 0x2713), (0x274C, 0x274C),
    (0x2B0E, 0x2B11), (0xFB01, 0xFB02),
)
"""First and last code point of each run that all bundled cuts cover, without the control, format
and private-use characters among them. A test derives it again from the fonts."""
# fmt: on

_STARTS = [first for first, _ in COVERED]
_ZERO_WIDTH_SPACE, _NO_BREAK_SPACE = "\u200b", "\u00a0"
_RIGHT_TO_LEFT, _END, _LEFT_TO_RIGHT = "\u2067", "\u2069", "\u200e"
_RUNS = "".join("\\u{:04x}-\\u{:04x}".format(*run) for run in COVERED)
_LACKING = re.compile(rf"[^\s{_RUNS}]")
Coverage = Set[int]
NO_MORE: Coverage = frozenset()

LONGEST_RUN = 24
"""Characters without a place to break; longer runs are given some, the longest every twelve."""


def covered(character: str, also: Coverage = NO_MORE) -> bool:
    """Whether the bundled fonts can show it, or those that ``also`` may be used."""
    place = bisect_right(_STARTS, ord(character)) - 1
    bundled = place >= 0 and ord(character) <= COVERED[place][1]
    return bundled or ord(character) in also


def safe_text(text: str, also: Coverage = NO_MORE) -> str:
    """The text in one line, composed (NFC), with a visible code for what cannot be shown.

    Line ends and tabs become a space, soft hyphens vanish, and a number keeps its per cent sign on
    the same line.

    Parameters
    ----------
    also : code points that fonts beside the bundled ones can show.
    """
    composed = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text).replace("\u00ad", ""))
    composed = re.sub(r"(?<=\d) (?=%)", _NO_BREAK_SPACE, composed)
    return "".join(c if covered(c, also) else f"[U+{ord(c):04X}]" for c in composed)


def right_to_left(text: str) -> str:
    """A text with letters that run from right to left, marked so that its parts keep their order.

    One of such letters alone is isolated: its full stop comes last too. Inside an English sentence
    each name stays in its place: without a mark a colon between two of them would swap them.

    Source: Unicode Standard Annex 9, sections 2.2 and 2.6: isolates and implicit marks.
    """
    ways = {unicodedata.bidirectional(c) for c in text}
    if ways.isdisjoint(("R", "AL")):
        return text
    if "L" not in ways:
        return f"{_RIGHT_TO_LEFT}{text}{_END}"
    return re.sub(r"[:;,](?= )", rf"\g<0>{_LEFT_TO_RIGHT}", text)


def unprintable_words(text: str, also: Coverage = NO_MORE) -> list[str]:
    """The words of a text that a PDF could only show as codes, in their order.

    A word is a run of letters and their marks. It counts where the fonts lack more than half of its
    letters. A letter that has a plain form the fonts hold (a double-struck R, a full-width A) is
    not lacking, and neither is a symbol or an emoji, which is no letter: both are printed as codes.
    """
    if not _LACKING.search(text):
        return []
    letters = groupby(unicodedata.normalize("NFC", text), _is_letter)
    words = ("".join(run) for is_word, run in letters if is_word)
    return [word for word in words if _is_unprintable(word, also)]


def lacking(words: Sequence[str]) -> str:
    """That fonts cannot show some words, for a message: how many, and the first of them."""
    different = list(dict.fromkeys(words))
    named = " and ".join(f"\u201c{shorten(word, 30)}\u201d" for word in different[:2])
    if len(different) <= 2:
        return f"the fonts of the PDF have no letters for {named}"
    return f"the fonts of the PDF have no letters for {len(different)} words, such as {named}"


WAY_OUT = (
    "give a font that has them with --font FILE (brief, serve and verify take it), or take the "
    "briefing as Word or Excel, which need none"
)


def question_texts(question: Question) -> Iterator[str]:
    """Every text of a question; ids and other names of ours are plain ASCII and do no harm."""
    return _strings(question.model_dump(mode="json", by_alias=True))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _is_letter(character: str) -> bool:
    """A letter, or a mark on one."""
    return unicodedata.category(character)[0] in "LM"


def _is_unprintable(word: str, also: Coverage) -> bool:
    letters = [c for c in word if unicodedata.category(c).startswith("L")]
    lacking = [c for c in letters if not covered(c, also) and not _has_plain_form(c)]
    return 2 * len(lacking) > len(letters)


def _has_plain_form(character: str) -> bool:
    plain = unicodedata.normalize("NFKC", character)
    return plain != character and all(map(covered, plain))


def is_code_inside(text: str) -> bool:
    """Whether a character had to be printed as its code."""
    return re.search(r"\[U\+[0-9A-F]{4,6}\]", text) is not None


def breakable(text: str) -> str:
    """The text with places to break in runs no hyphenation can help.

    In an address they are behind its marks, so that its words stay whole.
    """

    def cut(run: re.Match[str]) -> str:
        parts = re.findall(r"[^/?&=_-]*[/?&=_-]+|[^/?&=_-]+", run[0])
        return _ZERO_WIDTH_SPACE.join(piece for part in parts for piece in _pieces(part))

    return re.sub(rf"\S{{{LONGEST_RUN + 1},}}", cut, text)


def _pieces(part: str) -> list[str]:
    """Whole, unless it is too long for a narrow column."""
    if len(part) <= LONGEST_RUN:
        return [part]
    return [part[i : i + 12] for i in range(0, len(part), 12)]


def shorten(text: str, limit: int) -> str:
    """The whole sentences that fit into the limit; failing that, the words that do and an ellipsis.

    Parameters
    ----------
    limit : characters, the ellipsis included.
    """
    if len(text) <= limit:
        return text
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s)", text[: limit + 1])]
    if ends and ends[-1] >= limit // 3:
        return text[: ends[-1]]
    words = text[: limit - 1]
    return (words[: words.rfind(" ")] if " " in words else words).rstrip(" ,;:") + "…"
