"""What other methods say of the leader, in words."""

from __future__ import annotations

from dashboard.methods.evaluate import Evaluation, are_equal
from dashboard.methods.second_opinions import Opinion, agreement
from dashboard.model.wording import names_or_count


def opinions_finding(evaluation: Evaluation, opinions: tuple[Opinion, ...]) -> str:
    """How many methods put the leader first; with several, how many put them first together."""
    leaders, everyone = evaluation.leaders, len(evaluation.question.proposals)
    if are_equal(evaluation, range(everyone)):
        return "The options are equal on every criterion, so no method can part them"
    if len(leaders) == 1:
        count = agreement(evaluation, opinions)
        return f"{count.leading} of {count.ran} methods put {leaders[0].label} first"
    rows = [evaluation.index(leader.id) for leader in leaders]
    ran = [opinion for opinion in opinions if opinion.ranks is not None]
    together = sum(all(map(opinion.leads, rows)) for opinion in ran)
    names = names_or_count([p.label for p in leaders], "option")
    equal = ", which are equal," if are_equal(evaluation, rows) else ""
    return f"{together} of {len(ran)} methods put {names}{equal} level in first place"
