"""An address as a QR code that a phone's camera opens."""

from __future__ import annotations

import segno

from dashboard.ui.html import Markup, element

LEAST = 240
"""Pixels: narrower than this, a phone across a table no longer reads it."""

_QUIET_ZONE = 4
"""Light modules around the code, as the standard (ISO/IEC 18004) asks for."""


def qr_image(text: str, size: int = 288) -> Markup:
    """A picture of the code, ``size`` pixels wide; dark on light, whatever the theme.

    Pages drop inline drawings, so it is an image whose data stand in its address. A page that
    sets no foreign images (``img-src 'self' data:``) shows it.
    """
    return element(
        "img",
        src=qr_data(text),
        alt=f"QR code of the address {text}",
        width=max(size, LEAST),
        height=max(size, LEAST),
        class_="cw-qr",
    )


def qr_data(text: str) -> str:
    """The code as an SVG in a ``data:`` address.

    Raises
    ------
    ValueError : the text is too long for a code; an address that was checked never is.
    """
    code = segno.make(text, error="m", micro=False)
    return code.svg_data_uri(
        dark="#000", light="#fff", border=_QUIET_ZONE, omitsize=True, xmldecl=False, nl=False
    )
