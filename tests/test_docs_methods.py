"""docs/methods.md names every module that makes a figure and every key that is printed."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import equal_branch_points
from dashboard.model.question import Question
from dashboard.report.results import ranking_results
from dashboard.report.robustness_results import robustness_results
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import assess
from tests.conftest import ROOT

METHODS = ROOT / "docs" / "methods.md"
PACKAGE = ROOT / "dashboard"
KEYS = "The keys of `counterweight robustness --json`"
OF_MANY = "left_out"
"""The key that only results of more than fifty options have."""

NO_FIGURE = {
    "methods/arrays.py": "carries performances as written",
    "methods/decision_matrix.py": "hands values over to scikit-criteria",
    "robustness/products.py": "multiplies matrices for the sampling",
}
"""Modules with public functions that make no figure a reader could meet, and what they do."""


def document() -> str:
    return METHODS.read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """The text under each heading of the second level."""
    parts = re.split(r"^## (.+)$", document(), flags=re.MULTILINE)
    names = parts[1::2]
    assert len(names) == len(set(names)), "two sections of the same name"
    return dict(zip(names, parts[2::2], strict=True))


def modules() -> dict[str, str]:
    """The source of each module of methods and robustness, by path below the package."""
    paths = [path for floor in ("methods", "robustness") for path in (PACKAGE / floor).glob("*.py")]
    return {
        path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(paths)
    }


def offers_a_function(source: str) -> bool:
    """Whether there is a public function, or a public class with a public method."""
    public = [
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    return any(
        isinstance(node, ast.FunctionDef)
        or any(isinstance(m, ast.FunctionDef) and not m.name.startswith("_") for m in node.body)
        for node in public
    )


def rows() -> list[list[str]]:
    """The cells of the table of keys, without its head."""
    lines = [line for line in sections()[KEYS].splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    assert cells[0] == ["Key", "Section", "Holds"]
    assert all(len(row) == 3 for row in cells[2:])
    return cells[2:]


@pytest.fixture(scope="module")
def results(shipped: Question) -> dict[str, Any]:
    """What `counterweight robustness --json` prints, from a few samples."""
    evaluation = evaluate(shipped, equal_branch_points(shipped.branches))
    return robustness_results(assess(evaluation, Sampling(samples=16)), None)


def test_every_module_that_makes_a_figure_is_named() -> None:
    offering = {path for path, source in modules().items() if offers_a_function(source)}
    unnamed = {path for path in offering if f"`{path}`" not in document()}
    assert unnamed == NO_FIGURE.keys()


def test_every_module_that_is_named_is_there() -> None:
    named = re.findall(r"`(\w+/\w+\.py)`", document())
    assert named
    assert [path for path in named if not (PACKAGE / path).is_file()] == []


def test_every_key_that_is_printed_has_its_place_in_the_table(
    shipped: Question, results: dict[str, Any]
) -> None:
    listed = [key for row in rows() for key in re.findall(r"`(\w+)`", row[0])]
    assert len(listed) == len(set(listed))
    assert set(listed) == results.keys() | {OF_MANY}
    ranking = ranking_results(evaluate(shipped, equal_branch_points(shipped.branches)), None)
    assert ranking.keys() <= set(listed)


def test_every_key_inside_is_spelled_as_the_code_spells_it() -> None:
    code = "".join(modules().values()) + "".join(
        (PACKAGE / "report" / name).read_text(encoding="utf-8")
        for name in ("results.py", "robustness_results.py")
    )
    inside = {key for row in rows() for key in re.findall(r"`(\w+)`", row[2])}
    spelled = set(re.findall(r'"(\w+)"', code)) | set(
        re.findall(r"^    (\w+): ", code, re.MULTILINE)
    )
    assert inside - spelled == set()


def test_links_lead_to_sections() -> None:
    anchors = {re.sub(r"[^\w\- ]", "", name.lower()).replace(" ", "-") for name in sections()}
    targets = re.findall(r"\]\(([^)]+)\)", document())
    assert len(targets) >= len(rows())
    assert [target for target in targets if target.removeprefix("#") not in anchors] == []


def test_every_section_states_the_limits_of_its_figure() -> None:
    silent = {name for name, text in sections().items() if "**Limits.**" not in text}
    assert silent == {KEYS}


def test_sources_are_cited_as_the_modules_cite_them() -> None:
    code = re.sub(r"\s+", " ", "".join(modules().values()))
    sources = [
        s for text in sections().values() for s in re.findall(r"\*\*Source\.\*\* (.+)", text)
    ]
    cited = [
        found
        for source in sources
        for found in re.findall(
            r"[\w.]+ \(\d{4}\)|\d+\(\d+\), \d+-\d+|\bch\. \d+|\bsection [\d.]*\d", source
        )
    ]
    assert len(cited) > len(sources)
    assert [reference for reference in cited if reference not in code] == []


def test_no_path_of_a_machine_stands_in_the_document() -> None:
    assert re.findall(r"(?:^|[\s`(])(?:/|~/|[A-Z]:\\)\w+", document()) == []
