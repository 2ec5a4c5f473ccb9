"""A question whose every text is out to break a page: harmless and legible on every one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.conftest import ROOT
from tests.e2e.conftest import DESKTOP, PHONE, Chromium
from tests.e2e.network import DASHBOARD, Seen, Server, running_server
from tests.e2e.pages import open_everything, open_page, page_paths
from tests.hostile import KINDS, MADE_WORDS, write_hostile

WALK = """
const elements = [];
const walk = root => {
    for (const element of root.querySelectorAll("*")) {
        elements.push(element);
        if (element.shadowRoot) walk(element.shadowRoot);
    }
};
walk(document);
"""

# Elements that a text made of itself: each word stands alone only where a parser set it apart.
MADE = f"""words => {{ {WALK}
    return elements.filter(element => words.includes(element.textContent.trim())
        || /^(IFRAME|OBJECT|EMBED)$/.test(element.tagName)
        || (element.tagName === "IMG" && element.getAttribute("src") === "x")
        || element.matches(".katex, [href^='javascript' i]")
        || [...element.attributes].some(a => a.name.startsWith("on") && a.value.includes("hacked"))
        || (element.tagName === "SCRIPT" && element.textContent.startsWith("window.hacked"))
    ).map(element => element.outerHTML.slice(0, 300));
}}"""

# Lines of text squeezed into a column of a few letters, or out of sight altogether.
ILLEGIBLE = f"""() => {{ {WALK}
    const found = [];
    for (const element of elements) {{
        // A field draws its text itself; the node inside has no place of its own.
        if (/^(STYLE|SCRIPT|OPTION|TEXTAREA)$/.test(element.tagName)) continue;
        if (element.closest(
            ".cw-sr, .spoken, [data-testid=stSkipToContent], [data-testid=stIconMaterial]"))
            continue;
        if (!element.checkVisibility({{ visibilityProperty: true, opacityProperty: true }}))
            continue;
        for (const node of element.childNodes) {{
            if (node.nodeType !== 3 || node.data.trim().length < 20) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            const box = range.getBoundingClientRect();
            const room = Math.min(box.width, element.getBoundingClientRect().width);
            if (room < 32 || box.height < 8) found.push([room, element.outerHTML.slice(0, 200)]);
        }}
    }}
    return found;
}}"""

# Words of ours that run from right to left because of what stands before them.
TURNED = f"""hostile => {{ {WALK}
    const found = [];
    for (const element of elements) {{
        if (/^(STYLE|SCRIPT|OPTION|TITLE)$/.test(element.tagName)) continue;
        for (const node of element.childNodes) {{
            if (node.nodeType !== 3) continue;
            let ours = node.data;
            for (const text of hostile) ours = ours.replaceAll(text, "\\0".repeat(text.length));
            for (const word of ours.matchAll(/[A-Za-z]{{4,}}/g)) {{
                const edge = at => {{
                    const range = document.createRange();
                    range.setStart(node, at);
                    range.setEnd(node, at + 1);
                    return range.getClientRects()[0];
                }};
                const first = edge(word.index);
                const last = edge(word.index + word[0].length - 1);
                if (first && last && Math.abs(first.top - last.top) < 4 && last.left < first.left)
                    found.push(`${{word[0]}} in ${{node.data.slice(0, 120)}}`);
            }}
        }}
    }}
    return found;
}}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the question lies; it is written again for each kind, and the server follows."""
    return tmp_path_factory.mktemp("hostile") / "question"


@pytest.fixture(scope="module")
def hostile(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, chromium: Chromium
) -> Iterator[Server]:
    write_hostile(ROOT / "docs" / "example", folder, KINDS["markup"])
    command = (*DASHBOARD, "--question", str(folder))
    with running_server(tmp_path_factory.mktemp("server"), command) as server:
        yield server
        assert server.outside == []


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_are_harmless_and_legible_on_every_page(
    hostile: Server, folder: Path, page: Page, seen: Callable[[Page], Seen], kind: str
) -> None:
    shutil.rmtree(folder)
    write_hostile(ROOT / "docs" / "example", folder, KINDS[kind])
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    open_page(page, hostile)
    wrong: list[str] = []
    for path in page_paths(page):
        open_page(page, hostile, path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        open_everything(page)
        if path == "/":
            open_boxes(page)
        for name, size in {"desk": DESKTOP, "phone": PHONE}.items():
            page.set_viewport_size(size)
            page.wait_for_timeout(200)
            wrong += [f"{path}, {name}: {what}" for what in faults_of(page, KINDS[kind])]
        page.set_viewport_size(DESKTOP)
    assert wrong == []
    assert dialogs == []
    assert seen(page) == Seen(outside=[], errors=[])


def open_boxes(page: Page) -> None:
    """What lies over the page one after the other; each text is in the document from then on."""
    page.get_by_test_id("stPopover").get_by_role("button", name="Settings").click()
    expect(page.get_by_test_id("stCheckbox").first).to_be_visible()
    assert page.evaluate(MADE, list(MADE_WORDS)) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Order the swings", exact=True).click()
    page.get_by_role("dialog").locator(".choice").first.click()
    width, room = page.get_by_role("dialog").evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert width <= room
    page.keyboard.press("Escape")


def faults_of(page: Page, texts: tuple[str, ...]) -> list[str]:
    """Everything that is wrong with a page as it stands."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [
        *(["a script ran"] if page.evaluate("window.hacked") is not None else []),
        *([f"sticks out by {width - room}"] if width > room else []),
        *(f"made: {each}" for each in page.evaluate(MADE, list(MADE_WORDS))),
        *(f"frame: {frame.url}" for frame in page.frames[1:]),
        *(f"illegible: {each}" for each in page.evaluate(ILLEGIBLE)),
        *(f"turned round: {each}" for each in page.evaluate(TURNED, list(texts))),
        *(f"exception: {each}" for each in page.get_by_test_id("stException").all_inner_texts()),
    ]
