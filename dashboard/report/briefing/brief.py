"""What a briefing is made from, as one frozen value: whoever has it can make the briefing again."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.second_opinions import Opinion
from dashboard.methods.weights import equal_perspective
from dashboard.model.overrides import Override, with_overrides
from dashboard.model.question import Question
from dashboard.model.settings import with_settings
from dashboard.model.weighting import Perspective
from dashboard.report.briefing.names import ANNEXES, Annex, Length
from dashboard.report.extra_fonts import FontName
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.assessment import Assessment, assess
from dashboard.robustness.readings import ScoreErrors
from dashboard.robustness.workers import Workers

Origin = Literal["default", "perspective", "own", "room"]

SAMPLES = 20_000
"""As many as the pages draw while somebody waits; so briefing and screen print the same shares."""


@dataclass(frozen=True)
class Weighting:
    """The weights of a briefing, and whose they are.

    ``points`` : by criterion id, of any sum. ``label`` : whose, in words, as printed.
    ``perspective`` : the one they are, or started from. ``name`` : under which a visitor saved
    them. ``locked`` : the ids of the criteria whose weights were locked.
    """

    points: Mapping[str, float]
    label: str
    origin: Origin = "own"
    perspective: str | None = None
    name: str | None = None
    locked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """What is printed of it, and what stands on every page.

    ``annexes`` : of a full briefing those to print, all that apply by default; of a shorter one
    those to add. ``marking`` : in place of the question's own. ``author``, ``assurer`` : who wrote
    and who checked this briefing. ``fonts`` : those beside the bundled ones that it is set in.
    """

    date: datetime.date
    version: str
    length: Length = "two-pages"
    annexes: tuple[Annex, ...] | None = None
    marking: str | None = None
    author: str | None = None
    assurer: str | None = None
    fonts: tuple[FontName, ...] = ()


@dataclass(frozen=True, eq=False)
class Brief:
    """The inputs of a briefing, and what is calculated from them.

    ``question`` : as its files say, with no setting switched on and no score overridden.
    ``workshop`` : the record of a workshop as ``annex_workshop.annex_content`` gives it.
    """

    question: Question
    weighting: Weighting
    layout: Layout
    settings: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    sampling: Sampling = field(default_factory=lambda: Sampling(samples=SAMPLES, seed=0))
    errors: ScoreErrors = field(default_factory=ScoreErrors)
    workshop: Mapping[str, Any] | None = None

    @cached_property
    def evaluation(self) -> Evaluation:
        """Of the question under its settings and overrides."""
        switched = with_overrides(with_settings(self.question, self.settings), self.overrides)
        return evaluate(switched, self.weighting.points)

    @property
    def perspective(self) -> Perspective | None:
        """The perspective whose weights these are as they stand, whoever set them.

        Of equal branches that nobody chose there is none, even where a perspective has them too.
        """
        weighting = self.weighting
        if weighting.origin == "perspective" and weighting.perspective is not None:
            return self.question.perspective(weighting.perspective)
        if weighting.origin == "default":
            return None
        return equal_perspective(self.question, weighting.points)

    @property
    def annexes(self) -> tuple[Annex, ...]:
        """The annexes to print, in their order.

        Scores that a reader changed are always told with their reasons, and what a workshop did is
        always told with its room's result.
        """
        wanted = set(self.layout.annexes or ())
        if self.layout.annexes is None and self.layout.length == "full":
            wanted = set(ANNEXES)
        wanted |= {"overrides", "workshop"}
        has = {"workshop": self.workshop is not None, "overrides": bool(self.overrides)}
        return tuple(name for name in ANNEXES if name in wanted and has.get(name, True))


@dataclass(frozen=True, eq=False)
class Findings:
    """All that a briefing reports of a brief, calculated once."""

    brief: Brief
    assessment: Assessment
    opinions: tuple[Opinion, ...]

    @property
    def evaluation(self) -> Evaluation:
        return self.brief.evaluation

    @property
    def question(self) -> Question:
        """Under the settings and overrides."""
        return self.brief.evaluation.question


def findings(
    brief: Brief, opinions: tuple[Opinion, ...], workers: Workers | None = None
) -> Findings:
    """Calculate a brief.

    Parameters
    ----------
    opinions : what other methods say of its evaluation.
    workers : who is told of the progress, and who may stop it.
    """
    assessment = assess(brief.evaluation, brief.sampling, workers, brief.errors)
    return Findings(brief, assessment, opinions)
