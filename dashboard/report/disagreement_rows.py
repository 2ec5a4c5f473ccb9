"""The rows of the page Who disagrees: plain data that its tables and drawings show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.methods.ranks import TIE_TOLERANCE
from dashboard.model.wording import points, signed, weight_percent
from dashboard.report.disagreement_words import opened, option_labels
from dashboard.report.division_words import gives_too_little
from dashboard.report.how_sure import moved_weights
from dashboard.report.robustness_rows import outdone_by
from dashboard.robustness.combined_flip import CombinedFlip, NoFlip
from dashboard.robustness.perspectives import Concession, Panel
from dashboard.robustness.shapley import Division


@dataclass(frozen=True)
class AgreementCell:
    """Kendall's tau of two voices; None where undefined, and on the diagonal.

    ``strength`` runs from 0 (the reverse order) to 1 (the same order).
    """

    words: str
    strength: float | None


def agreement_rows(panel: Panel) -> list[list[AgreementCell]]:
    """The matrix in the order in which voices that agree stand together."""
    tau = panel.found.tau.tau
    return [
        [_agreement(None if a == b else tau[a][b], same=a == b) for b in panel.order]
        for a in panel.order
    ]


def _agreement(tau: float | None, *, same: bool) -> AgreementCell:
    if tau is None:
        return AgreementCell("\u2013" if same else "undefined", None)
    text = f"{tau:.2f}".replace("-", "\u2212")
    return AgreementCell("0.00" if text == "\u22120.00" else text, (tau + 1) / 2)


def rank_rows(panel: Panel) -> list[tuple[int, list[tuple[int, str]]]]:
    """For each option its rank and score in each column; by best rank, then by mean rank."""
    ranks, scores = panel.found.ranks, panel.found.scores
    order = np.lexsort((ranks.mean(axis=0), ranks.min(axis=0)))
    return [
        (int(i), [(int(ranks[k, i]), f"{scores[k, i]:.1f}") for k in panel.order]) for i in order
    ]


@dataclass(frozen=True)
class PartRow:
    """What one criterion (a row of the question) adds to the difference between two gaps.

    ``part`` : in points, above 0 where the second's weights favour the first option.
    """

    criterion: int
    weights: tuple[str, str]
    part: float
    points: str


def part_rows(panel: Panel, a: int, b: int, found: Division) -> list[PartRow]:
    """Criteria by the size of their part, those without one last."""
    return [
        PartRow(
            int(j),
            (weight_percent(panel.weights[a][j]), weight_percent(panel.weights[b][j])),
            float(found.parts[j]),
            signed(abs(float(found.parts[j]))).lstrip("+"),
        )
        for j in np.argsort(-np.abs(found.parts), kind="stable")
    ]


@dataclass(frozen=True)
class ConcessionRow:
    """What the compromise asks of one voice.

    ``within`` : what it gives up is within the uncertainty of the difference. ``moved`` : share of
    all weight, 0 where the compromise leads already, None where no weights make it lead or rounding
    decides.
    """

    voice: int
    favourites: tuple[int, ...]
    regret: str
    within: bool
    moved: float | None
    words: str
    change: str


def concession_rows(panel: Panel) -> list[ConcessionRow]:
    """Every voice, the one that gives up most first."""
    return [_concession(panel, asked) for asked in panel.concessions]


def _concession(panel: Panel, asked: Concession) -> ConcessionRow:
    k, regret = asked.move.perspective, asked.move.regret
    nothing = regret <= TIE_TOLERANCE
    moved, words, change = 0.0 if nothing else asked.moved, "", ""
    if nothing:
        words = "nothing to move"
    elif isinstance(asked.flip, CombinedFlip):
        words = weight_percent(asked.flip.least_moved.moved)
        gives, takes = moved_weights(
            panel.evaluation.question, panel.weights[k], asked.flip.least_moved.weights
        )
        change = f"From {gives} to {takes}." if gives and takes else ""
    elif isinstance(asked.flip, NoFlip):
        words = "no weights do"
        change = f"{outdone_by(asked.flip, option_labels(panel), 'A mix')}."
    else:
        words, change = "not known", f"{opened(asked.flip.reason)}."
    return ConcessionRow(
        voice=k,
        favourites=asked.move.favourites,
        regret="0 points" if nothing else points(regret),
        within=not nothing and gives_too_little(panel, k),
        moved=moved,
        words=words,
        change=change,
    )
