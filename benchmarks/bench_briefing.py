"""The briefing: how long it takes, against another maker of PDFs, in memory, and for a crowd.

Needs the group `bench` (WeasyPrint, and Pango from the system) for the comparison alone; without it
the rest is measured.
"""

from __future__ import annotations

import datetime
import html
import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pypdf

from benchmarks.measure import machine, spread, table
from dashboard.methods.second_opinions import second_opinions
from dashboard.methods.weights import perspective_points
from dashboard.model.load import load_question
from dashboard.model.question import Question
from dashboard.report.briefing.brief import Brief, Layout, Weighting, findings
from dashboard.report.briefing.content import document_of
from dashboard.report.briefing.document import (
    Block,
    Cell,
    Columns,
    Document,
    Facts,
    Figure,
    Heading,
    Items,
    Paragraph,
    Runs,
    Table,
)
from dashboard.report.briefing.names import Length
from dashboard.report.briefing.pdf import briefing_pdf, charts_of, typeset_pdf
from dashboard.report.charts import FONTS
from dashboard.report.fingerprint import input_fingerprint
from dashboard.report.save_file.contents import save_files
from dashboard.ui.question_folder import SHIPPED

RUNS, PEOPLE = 9, 20
DAY = datetime.date(2026, 1, 1)
LARGE = "large"


def brief_of(question: Question, number: int, length: Length) -> Brief:
    """Weights that nobody had before: a perspective's, each point moved by the number."""
    perspective = question.perspectives[number % len(question.perspectives)]
    points = perspective_points(question, perspective)
    moved = {key: value + number for key, value in points.items()}
    return Brief(question, Weighting(moved, "Own weights"), Layout(DAY, "benchmark", length))


def whole(question: Question, length: Length) -> list[float]:
    """Seconds from a brief to the bytes of its PDF, attachments and all; opinions are warm."""
    seconds = []
    for number in range(RUNS + 1):
        start = time.perf_counter()
        brief = brief_of(question, number, length)
        briefing_pdf(findings(brief, second_opinions(brief.evaluation)))
        seconds.append(time.perf_counter() - start)
    return seconds[1:]


# ------------------------------------------------------------------------------ the other maker

STYLE = f"""
@font-face {{ font-family: Plex; src: url(file://{FONTS}/IBMPlexSans-Regular.ttf) }}
@font-face {{ font-family: Plex; font-weight: 600;
  src: url(file://{FONTS}/IBMPlexSans-SemiBold.ttf) }}
@page {{ size: A4; margin: 14mm 19mm 19mm; @bottom-left {{ content: "Benchmark"; font: 7pt Plex }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); font: 7pt Plex }} }}
body {{ font: 8.6pt/1.3 Plex; color: #16202b }} h1 {{ font-size: 18pt }} h2 {{ font-size: 10pt }}
h3 {{ font-size: 8.6pt }} table {{ width: 100%; border-collapse: collapse }}
td, th {{ border-bottom: .5pt solid #c4cbd3; padding: 2pt; text-align: left; vertical-align: top }}
.small {{ font-size: 7.6pt; color: #56606b }} .columns {{ display: flex; gap: 7mm }}
.columns > div {{ flex: 1 }} img {{ width: 100% }} b, th {{ font-weight: 600 }}
"""


def page_html(document: Document, charts: Mapping[str, str]) -> str:
    """The same text, tables and charts as a web page."""
    parts = [f"<h1>{html.escape(document.headline)}</h1>", *_all(document.front, charts)]
    for section in document.sections:
        turn = ' style="break-before: page"' if section.new_page else ""
        parts.append(f"<h2{turn}>{html.escape(f'{section.kicker}: {section.title}')}</h2>")
        parts += _all(section.blocks, charts)
    title = html.escape(document.title)
    return (
        f'<html lang="en-GB"><head><title>{title}</title><style>{STYLE}</style></head>'
        f"<body>{''.join(parts)}</body></html>"
    )


def _all(blocks: tuple[Block, ...], charts: Mapping[str, str]) -> list[str]:
    return [_block(block, charts) for block in blocks]


def _block(block: Block, charts: Mapping[str, str]) -> str:
    match block:
        case Paragraph():
            return f'<p class="{block.size}">{_runs(block.runs)}</p>'
        case Heading():
            return f"<h3>{html.escape(block.text)}</h3>"
        case Facts():
            rows = "".join(f"<tr><td>{html.escape(a)}<td>{html.escape(b)}" for a, b in block.rows)
            return f"<table>{rows}</table>"
        case Items():
            tag = "ol" if block.ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{_runs(item)}' for item in block.items)}</{tag}>"
        case Figure():
            return (
                f'<div role="img" aria-label="{html.escape(block.alt)}">{charts[block.chart]}</div>'
            )
        case Columns():
            inner = "".join(f"<div>{''.join(_all(part, charts))}</div>" for part in block.parts)
            return f'<div class="columns">{inner}</div>'
        case Table():
            head = "".join(f"<th>{html.escape(f'{c.head} {c.unit}')}" for c in block.columns)
            body = (*((block.second_head,) if block.second_head else ()), *block.rows)
            rows = "".join(f"<tr>{''.join(map(_cell, row))}" for row in body)
            return f"<table><thead><tr>{head}</thead>{rows}</table>"


def _cell(cell: Cell) -> str:
    text = html.escape(f"{cell.text} {cell.after} {cell.note}")
    below = f'<br><span class="small">{html.escape(cell.below)}</span>' if cell.below else ""
    return f"<td>{f'<b>{text}</b>' if cell.bold else text}{below}"


def _runs(runs: Runs) -> str:
    return "".join(
        f"<b>{html.escape(run.text)}</b>" if run.bold else html.escape(run.text) for run in runs
    )


def against(question: Question, length: Length, other: Any) -> list[list[str]]:
    """Medians in turn, so that a busy machine slows both alike."""
    made = findings(brief_of(question, 1, length), ())
    document = document_of(made)
    charts, files = charts_of(made, document), save_files(made)

    def ours(drawn: Mapping[str, str]) -> bytes:
        return typeset_pdf(document, drawn, files)

    def theirs(drawn: Mapping[str, str]) -> bytes:
        page = other.HTML(string=page_html(document, drawn))
        pdf: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
        return pdf

    def timed(make: Callable[[Mapping[str, str]], bytes], draw: bool) -> float:
        start = time.perf_counter()
        make(charts_of(made, document) if draw else charts)
        return time.perf_counter() - start

    rows = []
    for what, draw, bound in (("layout alone", False, "5"), ("with the charts", True, "2")):
        ours(charts), theirs(charts)
        pairs = [(timed(ours, draw), timed(theirs, draw)) for _ in range(RUNS)]
        mine, its = ([pair[side] for pair in pairs] for side in (0, 1))
        ratio = statistics.median(its) / statistics.median(mine)
        rows.append([f"{length}, {what}", spread(mine), spread(its), f"{ratio:.1f}", bound])
    return rows


# ------------------------------------------------------------------------------ memory


def large_question() -> Question:
    from tests.report.questions import make_question  # noqa: PLC0415

    rows = {f"option-{i}": [float((i * 7 + j * 3) % 11) for j in range(60)] for i in range(200)}
    return make_question(rows, spread=1.0, branch_sizes=[6] * 10, status_quo="option-7")


def peak() -> float:
    """Megabytes that this process has held at most; what its parent held is not counted."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def memory() -> None:
    """Printed by a process of its own: what a small briefing takes, and a large one above it."""
    from dashboard.methods.weights import equal_branch_points  # noqa: PLC0415
    from dashboard.robustness.acceptability import Sampling  # noqa: PLC0415
    from tests.report.questions import make_question  # noqa: PLC0415

    def made(question: Question) -> None:
        weighting = Weighting(equal_branch_points(question.branches), "Own weights")
        layout = Layout(DAY, "benchmark", "full")
        briefing_pdf(findings(Brief(question, weighting, layout, sampling=Sampling(2_000, 0)), ()))

    made(make_question({"a": [5.0], "b": [3.0]}))
    start = peak()
    made(large_question())
    print(f"{start:.0f} {peak() - start:.0f}")


# ------------------------------------------------------------------------------ a crowd


def crowd(question: Question) -> list[float]:
    """Seconds until each of the people has a file with the fingerprint of their own inputs."""

    def export(number: int) -> float:
        start = time.perf_counter()
        brief = brief_of(question, number, "two-pages")
        pdf = briefing_pdf(findings(brief, ()))
        seconds = time.perf_counter() - start
        text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
        assert input_fingerprint(brief.evaluation)[:12] in text
        return seconds

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(export, range(PEOPLE)))


def main() -> None:
    if sys.argv[1:] == [LARGE]:
        memory()
        return
    question = load_question(SHIPPED)
    rows = [
        ["two pages, from weights to bytes", spread(whole(question, "two-pages")), "0.4 s"],
        ["full, all annexes", spread(whole(question, "full")), "2 s"],
        [f"{PEOPLE} people at once, two pages", spread(crowd(question)), ""],
    ]
    print(f"Briefing; {machine()}; {RUNS} runs each\n")
    print(table(["what", "median (range)", "bound"], rows))
    command = [sys.executable, "-m", "benchmarks.bench_briefing", LARGE]
    found = subprocess.run(command, check=True, capture_output=True, text=True, cwd=SHIPPED)
    start, above = found.stdout.split()
    print(f"\n200 proposals x 60 criteria, full: {above} MB above the {start} MB of a small one")
    try:
        import weasyprint  # noqa: PLC0415
    except (ImportError, OSError) as error:
        print(f"\nNot compared: WeasyPrint cannot be loaded ({error}); install the group `bench`.")
        return
    head = ["against WeasyPrint", "ours", "WeasyPrint", "ratio of medians", "at least"]
    made = [
        row for length in ("two-pages", "full") for row in against(question, length, weasyprint)
    ]
    print(f"\n{table(head, made)}")


if __name__ == "__main__":
    main()
