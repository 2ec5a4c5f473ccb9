"""HTML for pages: what people write is text, never mark-up."""

from __future__ import annotations

from dashboard.model.palette import look
from dashboard.ui.html import (
    Markup,
    address_link,
    element,
    joined,
    mark,
    range_bar,
    table,
)

HOSTILE = "<script>alert('x')</script> & \"quotes\""


def test_text_is_escaped_and_markup_is_not_escaped_twice() -> None:
    inner = element("b", HOSTILE)
    assert inner == (
        "<b>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;quotes&quot;</b>"
    )
    assert element("p", inner) == f"<p>{inner}</p>"
    assert joined(["<", inner], ", ") == f"&lt;, {inner}"


def test_attributes_are_escaped_and_named_as_in_html() -> None:
    assert (
        element("i", class_="a", aria_label='"', data_x=None)
        == '<i class="a" aria-label="&quot;"></i>'
    )


def test_adding_markup_to_a_string_does_not_pass_as_markup() -> None:
    assert not isinstance(Markup("<b>") + "<i>", Markup)


def test_a_table_names_its_rows_and_groups() -> None:
    html = table(["A", "B"], [["one", 1], ["group"], [HOSTILE, 2]], caption="Numbers", numeric=[1])
    assert '<th scope="col" class="num">B</th>' in html
    assert '<th scope="row">one</th><td class="num">1</td>' in html
    assert '<tr class="cw-group"><th scope="colgroup" colspan="2">group</th></tr>' in html
    assert "<caption>Numbers</caption>" in html
    assert "<script>" not in html


def test_a_mark_has_its_shape_and_both_colours() -> None:
    html = mark(look(0))
    assert 'class="cw-mark square"' in html
    assert 'style="--light:#0b5fa5;--dark:#6db3f2"' in html


def test_bars_are_placed_in_percent() -> None:
    assert "left:20.0%;width:30.0%" in range_bar(20, 35, 50, look(0))


def test_an_address_becomes_a_link_and_a_description_does_not() -> None:
    assert address_link("example.org/?a=1&b=2") == (
        '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">'
        "example.org/?a=1&amp;b=2</a>"
    )
    assert address_link("report, inside an archive") == "report, inside an archive"
