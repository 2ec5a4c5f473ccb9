"""The second page: disagreement, what would change it, what comes first, confidence."""

from __future__ import annotations

import re

import pytest

from dashboard.methods.second_opinions import Opinion
from dashboard.model.combination import Scenario, ScenarioChange, ScenariosFile
from dashboard.model.question import Question
from dashboard.model.weighting import SettingsFile
from dashboard.model.wording import CONFIDENCE_KEY, LIKELIHOOD_KEY
from dashboard.report.briefing import second_page, words
from dashboard.report.briefing.brief import Findings
from dashboard.report.briefing.document import Columns, Heading, Items, Paragraph, Section
from dashboard.robustness.scenarios import scenario_analysis
from dashboard.robustness.statement import statement
from tests.report.briefing.briefs import found, pages, plain, tables_of
from tests.report.briefing.test_front_page import PERSPECTIVES
from tests.report.questions import make_question


@pytest.fixture(scope="module", params=PERSPECTIVES)
def under(request: pytest.FixtureRequest, shipped: Question) -> Findings:
    return found(shipped, request.param)


def parts(section: Section) -> dict[str, str]:
    """What stands under each heading of a section whose blocks are side by side."""
    (columns, *_) = [block for block in section.blocks if isinstance(block, Columns)]
    said = {}
    for heading, body in columns.parts:
        assert isinstance(heading, Heading)
        lines = body.items if isinstance(body, Items) else (body.runs,)  # type: ignore[union-attr]
        said[heading.text] = " ".join(run.text for line in lines for run in line)
    return said


def sentences(made: Findings) -> list[str]:
    """All sentences of the two pages, as they are written."""
    from dashboard.report.briefing.content import document_of  # noqa: PLC0415

    texts = [
        "".join(run.text for run in block.runs)
        for block in document_of(made).blocks()
        if isinstance(block, Paragraph)
    ]
    return [sentence for text in texts for sentence in re.split(r"(?<=[.!?]) ", text)]


def test_begins_a_page_of_its_own(under: Findings) -> None:
    first, second = pages(under)
    assert second.startswith("Who disagrees: ")
    assert "Who disagrees" not in first


def test_never_likelihood_with_confidence_in_one_sentence(under: Findings) -> None:
    words_ = [word for word, _ in LIKELIHOOD_KEY]
    for sentence in sentences(under):
        likely = any(re.search(rf"\b{word}\b", sentence) for word in words_)
        assert not (likely and "onfidence" in sentence), sentence


def test_prints_the_keys_of_likelihood_and_confidence(under: Findings) -> None:
    second = pages(under)[1]
    assert "; ".join(f"{word}: {meaning}" for word, meaning in CONFIDENCE_KEY.items()) in second
    assert "; ".join(f"{word} {share}" for word, share in LIKELIHOOD_KEY) in second


def test_the_disclosure_is_printed_whole(under: Findings) -> None:
    disclosure = under.question.disclosure.disclosure
    assert disclosure is not None
    assert f"Disclosure. {plain(disclosure)}" in pages(under)[1]


def test_a_disclosure_of_any_length_is_printed_whole() -> None:
    disclosure = " ".join(f"Sentence {k} says what was changed and why." for k in range(300))
    question = make_question({"a": [5.0], "b": [3.0]}).replace(
        disclosure=SettingsFile(disclosure=disclosure)
    )
    everything = " ".join(pages(found(question)))
    assert everything.count("Sentence ") == 300
    assert "Sentence 299 says what was changed and why." in everything


def test_ranks_under_every_perspective(shipped: Question) -> None:
    section = second_page.disagree(found(shipped, "ukraine"))
    (table,) = tables_of(section)
    by_name = {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
    assert by_name["Status quo"] == ["1", "1", "4", "1", "3", "7", "7", "6"]
    assert by_name["Sanctuary"] == ["3", "2", "2", "2", "1", "1", "1", "1"]
    assert [column.tint for column in table.columns[1:]] == [True] + [False] * 7
    assert section.title == (
        "Sanctuary leads under 4 of 8 perspectives, Status quo under 3 and NATO integration under 1"
    )
    assert plain(section.blocks[0].runs[0].text) == (  # type: ignore[union-attr]
        "Between Status quo and Sanctuary, the weight of Legal safety divides most: "
        "2.2 % from Finance, 16 % from Human rights."
    )


def test_who_leads_is_told_by_count() -> None:
    a, b = make_question({"a": [5.0], "b": [3.0]}).proposals
    assert words.who_leads({"x": [a]}) == "a leads under the only perspective"
    assert words.who_leads({"x": [a], "y": [a]}) == "a leads under both perspectives"
    assert words.who_leads({"x": [a], "y": [a], "z": [a]}) == "a leads under all 3 perspectives"
    assert words.who_leads({"x": [a, b], "y": [b]}) == (
        "a and b tie for first under 1 of 2 perspectives and b under 1"
    )


def test_what_would_change_it_is_what_the_assessment_found(under: Findings) -> None:
    section, said = second_page.change(under), statement(under.assessment)
    held = parts(section)
    assert held["Chance"] == f"{said.likelihood} (1,000 samples, seed 0.)"
    assert held["One score"] == said.scores
    assert held["Weights"] in said.weights
    moved = re.search(r"Moving (\S+) % of all weight", section.title)
    assert moved is not None
    assert f"Moving {moved[1]} % of all weight, from " in held["Weights"]


def test_nothing_can_change_the_lead_of_an_option_that_is_best_on_everything() -> None:
    section = second_page.change(found(make_question({"a": [9.0, 8.0], "b": [3.0, 4.0]})))
    assert section.title == "On best estimates, no change of weights puts another option before a"


def test_the_worst_scenario_is_the_one_of_largest_regret(shipped: Question) -> None:
    made = found(shipped, "op-ed-authors")
    leader = made.evaluation.order[0]
    analysis = scenario_analysis(shipped, made.evaluation.weights)
    worst = max(range(1, len(analysis.cases)), key=lambda k: analysis.regret[k, leader])
    case = analysis.cases[worst]
    assert isinstance(case, Scenario)
    assert words.worst_scenario(made.assessment).startswith(
        f"Worst for Sanctuary is {case.name}: rank {analysis.ranks[worst, leader]}, "
    )


def test_a_scenario_in_which_the_leader_only_ties_is_not_called_a_lead() -> None:
    question = make_question({"a": [6.0], "b": [5.0]})
    cases = tuple(
        Scenario(
            id=name,
            ref=None,
            name=name,
            changes=(ScenarioChange(criteria=("criterion-0",), proposals=("b",), add=gain),),
        )
        for name, gain in (("level", 1.0), ("passed", 3.0))
    )
    made = found(question.replace(scenarios=ScenariosFile(scenarios=cases)))
    assert words.worst_scenario(made.assessment) == (
        "Worst for a is passed: rank 2, 20 points behind b. It leads or ties in 1 of 2 scenarios."
    )


def test_without_scenarios_that_is_said() -> None:
    made = found(make_question({"a": [5.0], "b": [3.0]}))
    assert parts(second_page.change(made))["Worst scenario"] == "The question holds no scenarios."


def test_methods_that_disagree_are_named() -> None:
    question = make_question({"a": [5.0, 5.0], "b": [6.0, 3.0]})
    ranks = found(question).evaluation.ranks
    opinions = (
        Opinion("Weighted sum", "", ranks),
        Opinion("TOPSIS", "", ranks[::-1]),
        Opinion("VIKOR", "", ranks[::-1]),
        Opinion("Other", "", None, reason="it could not"),
    )
    assert (
        "1 of 3 methods put a first; TOPSIS and VIKOR put b; Other could not run."
        in (pages(found(question, opinions=opinions))[1])
    )


def test_gates_and_sequence_of_the_leader_are_listed(shipped: Question) -> None:
    section = second_page.next_steps(found(shipped, "human-rights"))
    held = parts(section)
    assert list(held) == ["Preconditions", "Conditions of constraints", "Gates", "Sequence"]
    gates = [g.text for g in shipped.interactions.gates if "sanctuary" in g.proposals]
    assert held["Gates"] == " ".join(gates)
    sanctuary = shipped.proposal("sanctuary")
    conditions = sum(c.status_of("sanctuary").verdict == "conditional" for c in shipped.constraints)
    count = len(sanctuary.preconditions) + conditions + len(gates)
    assert section.title == f"Sanctuary needs {count} things in place before it starts"


def test_a_leading_status_quo_needs_nothing_and_the_best_contender_is_told(
    shipped: Question,
) -> None:
    title = second_page.next_steps(found(shipped, "ukraine")).title
    assert title.startswith("Status quo needs nothing to start; NATO integration needs ")


def test_title_of_confidence_is_the_level_of_most_of_the_weight(under: Findings) -> None:
    leader = under.question.proposals[under.evaluation.order[0]]
    shares = {"low": 0.0, "moderate": 0.0, "high": 0.0}
    for criterion, weight in zip(under.question.criteria, under.evaluation.weights, strict=True):
        shares[leader.scores[criterion.id].confidence] += float(weight)
    level = max(shares, key=lambda name: shares[name])
    assert second_page.confidence(under).title == (
        f"Confidence is {level} for {shares[level] * 100:.0f} % of the weight behind {leader.label}"
    )


def test_says_how_it_is_opened_again_and_that_a_fingerprint_is_no_signature(
    under: Findings,
) -> None:
    second = pages(under)[1]
    assert "Drop this PDF on the dashboard, or run “counterweight open” with its name" in second
    assert "they are no signature" in second


def test_without_perspectives_there_is_nobody_to_compare_with() -> None:
    second = pages(found(make_question({"a": [5.0], "b": [3.0]})))[1]
    assert second.startswith("Who disagrees: The question holds no perspectives")
