"""An address as QR code: a phone reads it, and a page shows it."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
import segno
import zxingcpp
from PIL import Image

from dashboard.ui.html import Markup
from dashboard.ui.qr import LEAST, qr_data, qr_image

ADDRESS = "http://192.168.1.5:8501/join/K7PM-3XQD"


def drawn(svg: str, scale: int = 8) -> Image.Image:
    """The drawing as a picture: horizontal strokes on a light ground, and nothing else."""
    found = re.fullmatch(
        r"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 (\d+) \1' class='segno'>"
        r"<path fill='#fff' d='M0 0h\1v\1h-\1z'/>"
        r"<path class='qrline' stroke='#000' d='([^']+)'/></svg>",
        svg,
    )
    assert found is not None, svg[:200]
    size = int(found[1])
    picture = Image.new("L", (size, size), 255)
    x, y = 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", found[2]):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            for column in range(int(x), int(x + values[0])):
                picture.putpixel((column, int(y)), 0)
            x += values[0]
    return picture.resize((size * scale, size * scale), Image.Resampling.NEAREST)


def test_another_program_reads_the_address_out_of_it() -> None:
    svg = unquote(qr_data(ADDRESS).removeprefix("data:image/svg+xml;charset=utf-8,"))
    (read,) = zxingcpp.read_barcodes(drawn(svg))
    assert read.text == ADDRESS
    assert read.format == zxingcpp.BarcodeFormat.QRCode


def test_four_light_modules_stand_around_it() -> None:
    svg = unquote(qr_data(ADDRESS).partition(",")[2])
    modules = drawn(svg, scale=1)
    inner = segno.make(ADDRESS, error="m", micro=False).symbol_size(border=0)[0]
    assert modules.size == (inner + 8, inner + 8)
    dark = modules.point(lambda value: 255 - value)
    assert dark.getbbox() == (4, 4, inner + 4, inner + 4)


def test_it_is_an_image_that_says_what_it_is_and_is_never_too_small() -> None:
    image = qr_image('http://a.example/"><script>', size=10)
    assert isinstance(image, Markup)
    assert 'alt="QR code of the address http://a.example/&quot;&gt;&lt;script&gt;"' in image
    assert f'width="{LEAST}" height="{LEAST}"' in image
    assert 'width="480" height="480"' in qr_image(ADDRESS, size=480)
    assert "<script>" not in image


def test_a_text_that_no_code_holds_is_an_error() -> None:
    with pytest.raises(ValueError, match="too large"):
        qr_data("x" * 5_000)
