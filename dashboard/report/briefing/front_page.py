"""The first page: the decision that is needed, the options, and what speaks for the leader."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.methods.evaluate import Evaluation
from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.wording import counted, names_or_count, whole
from dashboard.report.briefing import words
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import (
    Block,
    Cell,
    Column,
    Columns,
    Facts,
    Figure,
    Paragraph,
    Section,
    Table,
    muted,
    runs,
    strong,
)
from dashboard.report.briefing.tables import (
    AT_THE_END,
    IN_FULL,
    ON_CONDITIONS,
    constraint_status,
    options_table,
    reading_note,
    shown_rows,
    under_perspectives,
)
from dashboard.report.charts import chart_sentence
from dashboard.report.safe_text import shorten
from dashboard.robustness.failed import failed_constraints, limit_words, misses
from dashboard.robustness.statement import confidence_sentence

LONGEST_TITLE = 180
IN_SHORT_POINTS = 100
"""Height, in points, that a page of its own leaves for what is said in short below the chart."""

REOPEN = (
    "Drop this PDF on the dashboard, or run “counterweight open” with its name: question, "
    "weights, settings, overridden scores and results are attached to it. “counterweight "
    "verify” calculates them again and names what differs, on the pages too. The fingerprints "
    "below find accidents and edits; they are no signature."
)

REOPEN_IN_SHORT = (
    "This file opens again in the dashboard and can be verified; its fingerprints are no signature."
)


def front(findings: Findings) -> tuple[Block, ...]:
    """What stands right under the headline: the bottom line, its margin, and every reservation."""
    answer, evaluation = findings.assessment.verdict, findings.evaluation
    beats = strong(words.above_status_quo(evaluation))
    said: list[Block] = [
        Paragraph(runs(beats, f" {answer.margin} {answer.change}".rstrip()), size="lead")
    ]
    if answer.caution:
        said.append(Paragraph(runs(strong("Caution. "), answer.caution), bar="ink"))
    if changed := words.what_if(findings.question):
        said.append(Paragraph(runs(changed), bar="accent"))
    return tuple(said)


def decision(question: Question, *, short: bool = False) -> Section:
    """What has to be decided, by whom, with whose agreement, until when; ``short`` says no more."""
    context = question.context
    lines = [
        ("Who decides", context.decision_makers or "Not stated in the question."),
        ("Who must agree", context.must_agree or "Nobody is named in the question."),
        ("Deadline", context.decision_deadline or ("" if short else "None set in the question.")),
        ("Concerns", context.target_group),
        ("Horizon and money", "; ".join(filter(None, (context.horizon, context.money)))),
    ]
    facts = [(label, text) for label, text in (lines[:3] if short else lines) if text]
    title = shorten(context.decision, LONGEST_TITLE)
    if title != context.decision:
        facts.insert(0, ("In full", context.decision))
    return Section("decision", "Decision needed", title, (Facts(tuple(facts)),))


def options(findings: Findings, *, explained: bool = False) -> Section:
    """All options, best first, in raw units, with what constrains them.

    ``explained`` : what the names mean stands at the end of the document.
    """
    in_full = AT_THE_END if explained else IN_FULL
    if "terms" in findings.brief.annexes:
        in_full = ""
    note = Paragraph(reading_note(findings.evaluation, in_full), size="small")
    blocks = (options_table(findings.evaluation), note)
    return Section("options", "Options", _options_finding(findings.evaluation), blocks)


def _options_finding(evaluation: Evaluation) -> str:
    """How the options stand against the constraints; without any, how far apart they score."""
    question = evaluation.question
    missing = [p for p in question.proposals if misses(question, p)]
    missed = f"{_who(missing)} {limit_words(question, missing)}"
    if not question.constraints:
        if len(question.proposals) == 1:
            also = f" and {limit_words(question, missing)}" if missing else ""
            return f"The only option scores {whole(float(evaluation.scores[0]))} of 100{also}"
        return "; ".join([_range(evaluation), *([missed] if missing else [])])
    failing = [p for p in question.proposals if failed_constraints(question, p)]
    conditional = [
        p
        for p in question.proposals
        if p not in failing and constraint_status(question, p).text == ON_CONDITIONS
    ]
    said = []
    if failing:
        verb = "fails" if len(failing) == 1 else "fail"
        said.append(f"{_who(failing)} {verb} a hard constraint")
    if missing:
        said.append(missed)
    if conditional:
        count = counted(len(conditional), "option")
        verb = "meets" if len(conditional) == 1 else "meet"
        said.append(f"{count} {verb} the constraints only on conditions")
    return "; ".join(said) or "No option is known to fail a constraint"


def _range(evaluation: Evaluation) -> str:
    """From which score to which the options reach; of one score for all, just that."""
    least, most = float(evaluation.scores.min()), float(evaluation.scores.max())
    low, high = whole(least), whole(most)
    if low != high:
        return f"Scores run from {low} to {high} of 100"
    everyone = "Both" if len(evaluation.scores) == 2 else "All"
    about = "" if most - least <= TIE_TOLERANCE else "about "
    return f"{everyone} options score {about}{high} of 100"


def _who(proposals: Sequence[Proposal]) -> str:
    return names_or_count([proposal.label for proposal in proposals], "option")


def why(findings: Findings) -> Section:
    """Three criteria for and three against the leader, with the chart of all scores."""
    evaluation, answer = findings.evaluation, findings.assessment.verdict
    leader, other = answer.leaders[0], words.comparator(evaluation, answer)
    short = findings.brief.layout.length == "one-page"
    told = chart_sentence(evaluation, shown_rows(evaluation))
    chart = Figure(
        "ranking",
        told,
        width=_chart_width(short=short, caution=bool(answer.caution)),
        leaves=IN_SHORT_POINTS if short else 0,
    )
    if other is None:
        return Section("why", "Why", f"{leader.label} is the only option scored", (chart,))
    helping, hurting, rest = words.drivers(evaluation, leader, other)
    sides = Columns(
        (
            (_drivers(f"For {leader.label}", helping),),
            (_drivers(f"Against {leader.label}", hurting),),
        ),
        together=True,
    )
    blocks: list[Block] = [sides]
    if any(rest):
        named = strong(f"{rest.name}: {rest.points}") if rest.name else ""
        blocks.append(Paragraph(runs(named, f" {rest.note}".rstrip())))
    title = words.why(evaluation, leader, other, helping, hurting)
    return Section("why", "Why", title, (*blocks, chart))


def _chart_width(*, short: bool, caution: bool) -> float:
    """Narrower where the page has more to say: a chart that moves to the next page is no help."""
    return (0.75 if short else 1.0) - (0.2 if caution else 0.0)


def _drivers(title: str, rows: list[words.Driver]) -> Table:
    cells = tuple(
        (Cell(row.criterion, after=row.raw, bold=True), Cell(row.points, bold=True)) for row in rows
    )
    return Table(
        title,
        (Column(title, bold=True), Column("points", align="right", width=None)),
        cells or ((Cell("No criterion.", muted=True), Cell("")),),
        light=True,
    )


def in_short(findings: Findings) -> Section:
    """What a briefing of one page says of disagreement, of change and of itself."""
    evaluation, question = findings.evaluation, findings.question
    others = under_perspectives(question)
    leaders = {identifier: other.leaders for identifier, other in others.items()}
    said = [f"{words.who_leads(leaders)}."] if leaders else []
    said.append(f"{words.flip_finding(findings.assessment)}.")
    blocks = (
        Paragraph(runs(" ".join(said))),
        Paragraph(runs(confidence_sentence(evaluation), muted(f" {REOPEN_IN_SHORT}"))),
    )
    return Section("short", "In short", words.confidence_finding(evaluation), blocks, dense=True)
