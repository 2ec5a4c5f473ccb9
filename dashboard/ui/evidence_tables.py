"""Tables and bars of the page Evidence, as HTML with links from claims to scores and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dashboard.methods.evaluate import Evaluation
from dashboard.model.entry import Entry, with_names
from dashboard.model.overrides import Cell
from dashboard.model.wording import number, swing, weight_percent, with_band
from dashboard.report import evidence_words as words
from dashboard.report.override_words import cell_words, reason_sentence, was_words
from dashboard.robustness.evidence_weight import EvidenceUse, ground_of, is_sole
from dashboard.ui.html import (
    Markup,
    address_link,
    element,
    joined,
    range_bar,
    table,
)
from dashboard.ui.inner_links import entry_link, score_link
from dashboard.ui.terms import criterion_name, option_head, option_name

_CSS = Path(__file__).with_name("evidence_marks.css").read_text(encoding="utf-8")


def style() -> Markup:
    """The style of all that follows, once a page."""
    return Markup(f"<style>{_CSS}</style>")


# ------------------------------------------------------------------------------------ shares


def shares_html(evaluation: Evaluation) -> Markup:
    """Two bars of all weight: by what it rests on, and by confidence in that."""
    by_ground, by_confidence = words.share_rows(evaluation)
    return element(
        "div",
        element("h2", "By what it rests on"),
        _bar(by_ground),
        element("h2", "By confidence in the evidence"),
        _bar(by_confidence),
        class_="cw-shares",
    )


def _bar(rows: Sequence[tuple[str, float]]) -> Markup:
    """The last part is striped, so that it stands out without colour too."""
    tones = [f"cw-tone-{k}" if k < len(rows) - 1 else "cw-tone-last" for k in range(len(rows))]
    parts = joined(
        element("i", style=f"flex:{share:.4f} 1 0", class_=tone)
        for (_, share), tone in zip(rows, tones, strict=True)
        if share > 0
    )
    key = joined(
        element("span", element("i", class_=tone), word, element("b", weight_percent(share)))
        for (word, share), tone in zip(rows, tones, strict=True)
    )
    return joined(
        [
            element("div", parts, class_="cw-share", aria_hidden="true"),
            element("p", key, class_="cw-share-key"),
        ]
    )


def shares_table(evaluation: Evaluation, shown: Sequence[int] | None = None) -> Markup:
    """Both bars as a table, and by option what is weakest; ``shown`` : rows of options to draw."""
    question = evaluation.question
    by_ground, by_confidence = words.share_rows(evaluation)
    rows: list[list[object]] = [["By what it rests on"]]
    rows += [[word, weight_percent(share)] for word, share in by_ground]
    rows += [["By confidence in the evidence"]]
    rows += [[word, weight_percent(share)] for word, share in by_confidence]
    whole = table(
        ["Evidence", "Weight"],
        rows,
        caption="Share of the weight, mean over the options",
        numeric=[1],
        class_="fit",
    )
    by_option = list(zip(question.proposals, words.option_rows(evaluation), strict=True))
    options = table(
        ["Option", "Judgement alone", "Low confidence"],
        [
            [option_name(p, question.looks[p.id]), *row]
            for p, row in (by_option if shown is None else [by_option[i] for i in shown])
        ],
        caption="Share of the weight, option by option",
        numeric=[1, 2],
        class_="fit",
    )
    return joined([whole, options])


def evidence_map(evaluation: Evaluation, shown: Sequence[int] | None = None) -> Markup:
    """Every score by what it rests on; each leads to its reasons.

    ``shown`` : rows of the options that are drawn; all by default.
    """
    question = evaluation.question
    options = range(len(question.proposals)) if shown is None else shown
    proposals = [question.proposals[i] for i in options]
    rows: list[list[object]] = []
    column = 0
    for branch in question.branches:
        rows.append([branch.name])
        for criterion in branch.criteria:
            weight = weight_percent(float(evaluation.weights[column]))
            head = joined(
                [criterion_name(criterion), element("span", f"weight {weight}", class_="cw-band")]
            )
            cells = [_map_cell(evaluation, (p.id, criterion.id)) for p in proposals]
            rows.append([head, *cells])
            column += 1
    by_option = words.option_rows(evaluation)
    shares = [by_option[i][0] for i in options]
    rows.append(["Weight on judgement alone", *shares])
    return table(
        ["Criterion", *(option_head(p, question.looks[p.id]) for p in proposals)],
        rows,
        caption="What each score rests on, and the confidence in it; open one for its reasons",
        class_="pinned even map",
    )


def _map_cell(evaluation: Evaluation, cell: Cell) -> Markup:
    score = evaluation.question.proposal(cell[0]).scores[cell[1]]
    ground = ground_of(score)
    said = joined(
        [
            element(
                "span",
                words.GROUND_WORDS[ground],
                class_="cw-alone" if ground == "judgement" else None,
            ),
            element("span", f"{score.confidence} confidence", class_="cw-band"),
        ]
    )
    return score_link(cell, said, class_="cw-cell", title=cell_words(evaluation.question, cell))


def use_table(use: EvidenceUse, most: int | None = None) -> Markup:
    """Sources and paragraphs, what would take most with it first."""
    question = use.evaluation.question
    rows = [
        [_evidence_link(words.evidence_name(question, evidence), evidence), *row]
        for evidence, row in words.use_rows(use)[:most]
    ]
    return table(
        ["Source or paragraph", "Scores that name it", "Weight", "With no other ground", "Weight"],
        rows,
        caption="What rests on each, and what would be left with judgement alone without it",
        numeric=range(1, 5),
        class_="fit",
    )


def _evidence_link(name: str, evidence: str) -> Markup:
    key = words.evidence_key(evidence)
    return entry_link(key, name, class_="cw-go") if key else element("span", name)


# ----------------------------------------------------------------------------------- entries


def entries_html(entries: Sequence[Entry]) -> Markup:
    return element("ul", joined(_entry(entry) for entry in entries), class_="cw-list")


def _entry(entry: Entry) -> Markup:
    return element("li", entry_link(entry.key, entry.title, class_="cw-go"), entry_body(entry))


def entry_body(entry: Entry) -> Markup:
    """The lines of an entry and its addresses."""
    lines = joined(element("span", line, class_="cw-meta") for line in entry.lines)
    links = joined((address_link(address) for address in entry.addresses), " · ")
    return joined([lines, element("span", links, class_="cw-meta") if links else ""])


def cells_table(use: EvidenceUse, cells: Sequence[Cell], evidence: str, caption: str) -> Markup:
    """The scores that name a piece of evidence; each leads to its reasons."""
    evaluation, question = use.evaluation, use.evaluation.question
    columns = {criterion.id: j for j, criterion in enumerate(question.criteria)}
    rows = []
    for cell in cells:
        proposal = question.proposal(cell[0])
        value = evaluation.values[evaluation.index(proposal.id), columns[cell[1]]]
        score = proposal.scores[cell[1]]
        alone = "nothing but judgement" if is_sole(question, cell, evidence) else "another ground"
        about = f"value {number(float(value))}; {score.confidence} confidence"
        head = joined(
            [
                score_link(cell, cell_words(question, cell), class_="cw-go"),
                element("span", about, class_="cw-band"),
            ]
        )
        rows.append(
            [
                head,
                weight_percent(use.weight([cell])),
                "judgement alone as it is" if score.judgement_only else alone,
            ]
        )
    return table(
        ["Score", "Weight on it", "Without this it keeps"],
        rows,
        caption=caption,
        numeric=[1],
        class_="fit scores",
    )


# ------------------------------------------------------------------------------------ a score


def score_html(evaluation: Evaluation, cell: Cell) -> Markup:
    """One score: band, reason, working, and everything that it names."""
    question = evaluation.question
    proposal, criterion = question.proposal(cell[0]), question.criterion(cell[1])
    score = proposal.scores[criterion.id]
    i, j = evaluation.index(proposal.id), question.criteria.index(criterion)
    sides = (evaluation.values_least, evaluation.values, evaluation.values_most)
    least, value, most = (float(side[i, j]) for side in sides)
    about = (
        f"Value {with_band(*map(number, (least, value, most)))} on a scale {swing(criterion)}; "
        "right is better."
    )
    held = question.overridden(*cell)
    changed = (
        element(
            "p",
            f"Overridden by the reader: {was_words(question, held)} in the files. "
            f"{reason_sentence(held)} What follows is what the files say of their own number.",
            class_="cw-changed cw-said",
        )
        if held
        else ""
    )
    reasons = element(
        "div",
        range_bar(least, value, most, question.looks[proposal.id]),
        element("p", about, class_="cw-meta"),
        changed,
        element("p", with_names(question, score.rationale)),
        element("p", with_names(question, score.working), class_="cw-meta")
        if score.working
        else "",
        class_="cw-reasons",
    )
    grounds = element(
        "ul",
        joined(_ground(evaluation, evidence) for evidence in score.evidence),
        class_="cw-grounds",
    )
    return joined([reasons, element("h2", "What it names", class_="cw-h2"), grounds])


def _ground(evaluation: Evaluation, evidence: str) -> Markup:
    """A source with its fact and addresses, or a paragraph with all its claims."""
    question = evaluation.question
    name = _evidence_link(words.evidence_name(question, evidence), evidence)
    if evidence.startswith(words.PARAGRAPH):
        claims = question.claims_of(int(evidence.removeprefix(words.PARAGRAPH)))
        said = joined(
            element("p", entry_link(f"claim.{claim.id}", claim.text, class_="cw-go"))
            for claim in claims
        )
        none = element("span", "No claim was drawn from it.", class_="cw-meta")
        return element("li", name, said or none)
    source = next((s for s in question.sources if s.id == evidence), None)
    if source is None:
        return element("li", name)
    links = joined((address_link(address) for address in source.addresses), " · ")
    return element(
        "li",
        name,
        element("span", source.fact, class_="cw-meta") if source.short_name else "",
        element("span", f"{source.kind}. ", links, class_="cw-meta"),
    )
