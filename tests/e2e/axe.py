"""axe-core on a page as it stands. It looks into open shadow roots, so into our component too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.conftest import DESKTOP, PHONE

LEVEL_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
Scheme = Literal["light", "dark"]


THEME_HAS_CHANGED = """dark => {
    const [, light] = getComputedStyle(document.querySelector("[data-testid=stApp]"))
        .backgroundColor.match(/rgb\\((\\d+)/);
    return (light < 128) === dark;
}"""

SIZES = {"desk": DESKTOP, "phone": PHONE}


def violations(page: Page) -> list[str]:
    """What axe objects to at level AA: the rule, where, and what it says."""
    found = Axe().run(
        page,
        options={
            "runOnly": {"type": "tag", "values": list(LEVEL_AA)},
            "resultTypes": ["violations"],
        },
    )
    return [
        f"{violation['id']} at {node['target']}: {node['failureSummary']} {node['html'][:200]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def violations_everywhere(page: Page) -> dict[str, list[str]]:
    """The violations of a page as it stands, by theme and size; the page is not loaded again."""
    return _violations(page, [(scheme, size) for scheme in get_args(Scheme) for size in SIZES])


def violations_crosswise(page: Page) -> dict[str, list[str]]:
    """As above where time counts: each theme and each size once."""
    return _violations(page, [("light", "desk"), ("dark", "phone")])


def _violations(page: Page, looks: Sequence[tuple[Scheme, str]]) -> dict[str, list[str]]:
    found = {}
    for scheme, size in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(SIZES[size])
        page.wait_for_function(THEME_HAS_CHANGED, arg=scheme == "dark")
        if wrong := violations(page):
            found[f"{scheme}, {size}"] = wrong
    page.set_viewport_size(DESKTOP)
    return found
