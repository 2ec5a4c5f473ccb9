"""All tables of a briefing as CSV: one registry of what there is, and what each holds.

Figures come from what the pages are made of; text of people can start no formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.entry import with_names
from dashboard.model.safe_cells import Cell
from dashboard.model.wording import CLASS_WORDS, VERDICT_WORDS, listed
from dashboard.report import tables_csv
from dashboard.report.briefing.brief import Findings
from dashboard.robustness.combined_flip import CombinedFlip
from dashboard.robustness.failed import has_minima, minima_words

Rows = Iterator[Sequence[Cell]]


class ExportedTable(NamedTuple):
    """``applies`` : whether there is anything to tell."""

    name: str
    holds: str
    make: Callable[[Findings], bytes]
    applies: Callable[[Findings], bool]


def _always(_: Findings) -> bool:
    return True


def ranking_csv(findings: Findings) -> bytes:
    """Ranks and scores, best first, and how each option stands to each constraint."""
    question, evaluation = findings.question, findings.evaluation
    head = ["Rank", "Option", "Kind", "Score", "Least", "Most", "Weights of"]
    rows: list[list[Cell]] = []
    for i in evaluation.order:
        proposal = question.proposals[i]
        least, most = (
            float(side[i] @ evaluation.weights)
            for side in (evaluation.values_least, evaluation.values_most)
        )
        rows.append(
            [
                int(evaluation.ranks[i]),
                proposal.name,
                proposal.kind,
                tables_csv.rounded(evaluation.scores[i]),
                tables_csv.rounded(least),
                tables_csv.rounded(most),
                findings.brief.weighting.label,
                *(VERDICT_WORDS[c.status_of(proposal.id).verdict] for c in question.constraints),
                *([minima_words(question, proposal)] if has_minima(question) else []),
            ]
        )
    head += [c.name for c in question.constraints]
    return tables_csv.written([*head, *(["Limits"] if has_minima(question) else [])], rows)


def weights_csv(findings: Findings) -> bytes:
    """Points, normalised weights, locks, and whose they are."""
    brief, question = findings.brief, findings.question
    head = ["Branch", "Criterion", "Id", "Points", "Weight", "Locked", "Weights of"]
    rows: list[list[Cell]] = [
        [
            question.branch_of(criterion.id).name,
            criterion.name,
            criterion.id,
            tables_csv.rounded(brief.weighting.points[criterion.id]),
            tables_csv.rounded(findings.evaluation.weights[j]),
            "yes" if criterion.id in brief.weighting.locked else "no",
            brief.weighting.label,
        ]
        for j, criterion in enumerate(question.criteria)
    ]
    return tables_csv.written(head, rows)


def perspectives_csv(findings: Findings) -> bytes:
    """Rank and score of every option under every perspective."""
    question = findings.question
    under = [evaluate(question, perspective_points(question, p)) for p in question.perspectives]
    rows: list[list[Cell]] = [
        [
            perspective.name,
            proposal.name,
            int(found.ranks[i]),
            tables_csv.rounded(found.scores[i]),
        ]
        for perspective, found in zip(question.perspectives, under, strict=True)
        for i, proposal in enumerate(question.proposals)
    ]
    return tables_csv.written(["Perspective", "Option", "Rank", "Score"], rows)


def acceptability_csv(findings: Findings) -> bytes:
    """How often each option comes at each rank, under each reading of the weights."""
    head = ["Weights", "Option", "Rank", "Share", "Standard error", "Samples", "Seed"]
    return tables_csv.written(head, list(_acceptability(findings)))


def _acceptability(findings: Findings) -> Rows:
    for key, _, found in findings.assessment.sampled.readings():
        for i, proposal in enumerate(findings.question.proposals):
            for rank in range(found.ranks.value.shape[1]):
                share, error = found.ranks.value[i, rank], found.ranks.error[i, rank]
                numbers = (tables_csv.rounded(share), tables_csv.rounded(error))
                yield key, proposal.name, rank + 1, *numbers, found.samples, found.seed


def stability_csv(findings: Findings) -> bytes:
    """Where each weight, moved alone, keeps the leader, and who leads beyond."""
    names = [proposal.name for proposal in findings.question.proposals]
    rows: list[list[Cell]] = []
    nodes = findings.assessment.nodes
    for node, found in zip(nodes, findings.assessment.stability, strict=True):
        kind = "branch" if node.branch else "criterion"
        held = found.leader
        ends: list[Cell] = [found.undefined or "", "", "", ""]
        if held is not None:
            ends = [
                tables_csv.rounded(held.low),
                tables_csv.rounded(held.high),
                "" if held.below is None else names[held.below],
                "" if held.above is None else names[held.above],
            ]
        rows.append([node.name, kind, tables_csv.rounded(found.now), *ends])
    head = ["Weight", "Kind", "Now", "Leader stays from", "to", "Leads below", "Leads above"]
    return tables_csv.written(head, rows)


def flips_csv(findings: Findings) -> bytes:
    """The least weight that has to move for each option to come level with the lead."""
    question = findings.question
    rows: list[list[Cell]] = []
    for i, flip in enumerate(findings.assessment.flips):
        name = question.proposals[i].name
        if flip is None:
            leads = findings.evaluation.ranks[i] == 1
            state = "leads" if leads else "not examined"
            rows.append([name, state, "", *("" for _ in question.criteria)])
        elif isinstance(flip, CombinedFlip):
            least = flip.least_moved
            after = [tables_csv.rounded(weight) for weight in least.weights]
            rows.append([name, "can lead", tables_csv.rounded(least.moved), *after])
        else:
            rows.append([name, "cannot be made to lead", "", *("" for _ in question.criteria)])
    heads = [f"Weight after: {criterion.name}" for criterion in question.criteria]
    return tables_csv.written(["Option", "State", "Weight moved", *heads], rows)


def scenarios_csv(findings: Findings) -> bytes:
    """Score, rank and regret of every option in every scenario."""
    analysis, question = findings.assessment.scenarios, findings.question
    rows: list[list[Cell]] = [
        [
            "As written" if case is None else case.name,
            proposal.name,
            tables_csv.rounded(analysis.scores[k, i]),
            int(analysis.ranks[k, i]),
            tables_csv.rounded(analysis.regret[k, i]),
        ]
        for k, case in enumerate(analysis.cases)
        for i, proposal in enumerate(question.proposals)
    ]
    return tables_csv.written(["Scenario", "Option", "Score", "Rank", "Regret"], rows)


def evidence_csv(findings: Findings) -> bytes:
    """What every score rests on."""
    question = findings.question
    addresses = {source.id: source.addresses for source in question.sources}
    head = ["Option", "Criterion", "Likely", "Low", "High", "Unit", "Rests on", "Confidence"]
    rows: list[list[Cell]] = []
    for proposal in question.proposals:
        for criterion in question.criteria:
            score = proposal.scores[criterion.id]
            cited = [question.evidence_label(name) for name in score.evidence]
            places = [place for name in score.evidence for place in addresses.get(name, ())]
            rows.append(
                [
                    proposal.name,
                    criterion.name,
                    *(score.likely, score.low, score.high, criterion.unit),
                    listed([CLASS_WORDS[kind] for kind in score.evidence_class]),
                    score.confidence,
                    with_names(question, score.rationale),
                    " | ".join(cited),
                    " | ".join(places),
                ]
            )
    return tables_csv.written([*head, "Rationale", "Evidence", "Addresses"], rows)


def sources_csv(findings: Findings) -> bytes:
    """The public sources, with the addresses of the copies seen."""
    rows: list[list[Cell]] = [
        [source.id, source.fact, source.kind, source.note or "", " | ".join(source.addresses)]
        for source in findings.question.sources
    ]
    return tables_csv.written(["Id", "What it says", "Kind of copy", "Note", "Addresses"], rows)


def overrides_csv(findings: Findings) -> bytes:
    """Scores that a reader changed, with the reasons."""
    rows: list[list[Cell]] = []
    for held in findings.question.overrides:
        was, now = held.was, held.override
        numbers: list[Cell] = [was.low, was.likely, was.high, now.low, now.likely, now.high]
        given = "no" if now.reason is None else "yes"
        rows.append([now.proposal, now.criterion, *numbers, given, now.reason or ""])
    head = ["Option", "Criterion", "Low was", "Likely was", "High was"]
    return tables_csv.written(
        [*head, "Low now", "Likely now", "High now", "Reason given", "Reason"], rows
    )


def logs_csv(findings: Findings) -> bytes:
    """What was assumed, decided and taken as data while the question was made."""
    rows: list[list[Cell]] = [
        [
            entry.kind,
            entry.date.isoformat() if entry.date else "",
            entry.text,
            entry.why or "",
            entry.who,
            "yes" if entry.after_results else "no",
        ]
        for entry in findings.question.logs
    ]
    return tables_csv.written(["Kind", "Date", "What", "Why", "By", "After results"], rows)


def methods_csv(findings: Findings) -> bytes:
    """The rank that each method gives each option."""
    names = [proposal.name for proposal in findings.question.proposals]
    rows: list[list[Cell]] = [
        [
            opinion.method,
            *(("" for _ in names) if opinion.ranks is None else map(int, opinion.ranks)),
            opinion.reason or opinion.note or "",
        ]
        for opinion in findings.opinions
    ]
    return tables_csv.written(["Method", *names, "Note"], rows)


def workshop_csv(findings: Findings) -> bytes:
    """First places in each round, and score and rank under the mean weights of the latest."""
    options = (findings.brief.workshop or {})["options"]
    rows = [[row["name"], *row["firsts"], row["score"], row["rank"]] for row in options["rows"]]
    heads = [f"First places, {name.lower()}" for name in options["rounds"]]
    return tables_csv.written(["Option", *heads, "Score", "Rank"], rows)


def workshop_groups_csv(findings: Findings) -> bytes:
    """What each group said that may be shown."""
    groups = (findings.brief.workshop or {})["groups"]
    parts = ("name", "ballots", "leads", "lead", "w")
    head = ["Group", "Ballots", "Leads under its mean weights", "Ahead by", "Kendall's W"]
    return tables_csv.written(head, [[group[part] for part in parts] for group in groups])


TABLES: tuple[ExportedTable, ...] = (
    ExportedTable("ranking", "ranks, scores and constraints, best first", ranking_csv, _always),
    ExportedTable(
        "performances",
        "raw scores with bands, what they rest on, and confidence",
        lambda f: tables_csv.performance_csv(f.evaluation),
        _always,
    ),
    ExportedTable(
        "values",
        "values from 0 to 100 with bands",
        lambda f: tables_csv.values_csv(f.evaluation),
        _always,
    ),
    ExportedTable(
        "contributions",
        "weight times value, and the scores they add up to",
        lambda f: tables_csv.contributions_csv(f.evaluation, f.brief.weighting.label),
        _always,
    ),
    ExportedTable("weights", "points, weights, locks, and whose they are", weights_csv, _always),
    ExportedTable(
        "perspectives",
        "rank and score of each option under each perspective",
        perspectives_csv,
        lambda f: bool(f.question.perspectives),
    ),
    ExportedTable(
        "rank-acceptability",
        "how often each option comes at each rank, with errors, samples and seed",
        acceptability_csv,
        _always,
    ),
    ExportedTable("stability", "where each weight keeps the leader", stability_csv, _always),
    ExportedTable("flips", "the least change of weights for each option", flips_csv, _always),
    ExportedTable(
        "scenarios",
        "score, rank and regret in each scenario",
        scenarios_csv,
        lambda f: len(f.assessment.scenarios.cases) > 1,
    ),
    ExportedTable(
        "methods", "ranks that other methods give", methods_csv, lambda f: bool(f.opinions)
    ),
    ExportedTable("evidence", "what every score rests on", evidence_csv, _always),
    ExportedTable(
        "sources",
        "the public sources and their addresses",
        sources_csv,
        lambda f: bool(f.question.sources),
    ),
    ExportedTable(
        "overrides",
        "scores that a reader changed, with reasons",
        overrides_csv,
        lambda f: bool(f.question.overrides),
    ),
    ExportedTable(
        "logs",
        "assumptions, decisions and data on record",
        logs_csv,
        lambda f: bool(f.question.logs),
    ),
    ExportedTable(
        "workshop",
        "first places in each round of the workshop",
        workshop_csv,
        lambda f: f.brief.workshop is not None,
    ),
    ExportedTable(
        "workshop-groups",
        "what each group of the workshop said",
        workshop_groups_csv,
        lambda f: f.brief.workshop is not None and bool(f.brief.workshop["groups"]),
    ),
)
