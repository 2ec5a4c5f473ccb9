"""Codes, keys and tags: what is made at random so that nobody guesses it."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# Without what is read or heard as something else: 0 and O, 1, I and L, U and V, 5 and S, 2 and Z.
ALPHABET = "346789ABCDEFGHJKMNPQRTWXY"
CODE_LENGTH = 10
"""25 letters in 10 places are 46 bits: with 20 wrong codes a minute from each of a thousand
addresses it takes more than 9,000 years to try them all."""

KEY_LENGTH = 20


def new_code() -> str:
    """The code of a workshop, as it is kept: without hyphens."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def new_key() -> str:
    """A facilitator's key, as it is shown: four groups of five."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH))
    return "-".join(letters[at : at + 5] for at in range(0, KEY_LENGTH, 5))


def new_identifier() -> str:
    """Of a workshop or a participant: 128 bits."""
    return secrets.token_hex(16)


def new_tag() -> str:
    """What stands for a participant in the log."""
    return secrets.token_hex(6)


def shown_code(code: str) -> str:
    """As people read it out: two halves."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def plain_code(typed: str) -> str | None:
    """What somebody typed or opened, as a code is kept; None for what can be none."""
    letters = "".join(sign for sign in typed[:64].upper() if sign.isalnum())
    fits = len(letters) == CODE_LENGTH and all(letter in ALPHABET for letter in letters)
    return letters if fits else None


def key_hash(workshop: str, key: str) -> str:
    """What is kept of a key. A key has 92 random bits, so that a slow hash adds nothing."""
    letters = "".join(sign for sign in key[:64].upper() if sign.isalnum())
    return hashlib.sha256(f"{workshop}:{letters}".encode()).hexdigest()


def fits_key(workshop: str, key: str, kept: str) -> bool:
    return hmac.compare_digest(key_hash(workshop, key), kept)
