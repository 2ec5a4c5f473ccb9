"""Who a phone is: a signed cookie for each workshop, and tokens that bind a form to it."""

from __future__ import annotations

import re
import secrets

from itsdangerous import BadSignature, Signer, TimestampSigner

from dashboard.workshop.codes import new_identifier

COOKIE = "counterweight"
COOKIE_SECONDS = 30 * 24 * 3600
"""A workshop may go on for days, and be looked at afterwards."""

REQUEST_PATTERN = re.compile(r"[0-9a-f]{16,32}")


class Sessions:
    """Signs and reads. Both are bound to a workshop: what one gave is nothing in another."""

    def __init__(self, secret: bytes) -> None:
        self._cookies = TimestampSigner(secret, salt="cookie")
        self._forms = Signer(secret, salt="form")

    def new(self, workshop: str) -> tuple[str, str]:
        """A participant who has not joined yet, and the cookie that stands for them."""
        participant = new_identifier()
        return participant, self._cookies.sign(f"{workshop}.{participant}").decode()

    def participant(self, workshop: str, cookie: str | None) -> str | None:
        """Whom a cookie stands for; None where it is missing, forged, old or of elsewhere."""
        try:
            signed = self._cookies.unsign(cookie or "", max_age=COOKIE_SECONDS).decode("ascii")
        except (BadSignature, UnicodeError):
            return None
        its_workshop, _, participant = signed.partition(".")
        return participant if its_workshop == workshop else None

    def token(self, workshop: str, participant: str) -> str:
        """What a form carries to show that this participant's own page held it."""
        return self._forms.get_signature(f"{workshop}.{participant}").decode()

    def fits(self, workshop: str, participant: str, token: str) -> bool:
        return token.isascii() and self._forms.verify_signature(
            f"{workshop}.{participant}".encode(), token
        )


def new_request() -> str:
    """One for each form that is rendered: what is sent twice counts once."""
    return secrets.token_hex(8)
