"""The briefing: two pages that say what the evaluation says, for any question there is."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
import pypdf
import pytest

from dashboard.methods.evaluate import Evaluation, evaluate
from dashboard.methods.second_opinions import Opinion
from dashboard.methods.weights import equal_branch_points, perspective_points
from dashboard.model.overrides import Override, with_overrides
from dashboard.model.question import Question
from dashboard.model.weighting import Constraint, Perspective, SettingsFile, Status, Verdict
from dashboard.model.wording import CONFIDENCE_KEY, LIKELIHOOD_KEY, number, whole
from dashboard.report.briefing.pdf import briefing_content, briefing_pdf
from dashboard.report.briefing.tables import constraint_status
from dashboard.report.chart_data import chart_sentence
from dashboard.report.fingerprint import input_fingerprint
from dashboard.report.safe_text import safe_text
from dashboard.robustness.verdict import verdict
from tests.report.questions import make_question

DATE = datetime.date(2026, 3, 4)
PERSPECTIVES = (
    *("ukraine", "interior", "nato-security", "finance"),
    *("human-rights", "emigres", "op-ed-authors", "equal-branches"),
)
HOSTILE = {
    "h0": '#panic("x")',
    "h1": "*b* _i_ `c` $x$ <label> @ref",
    "h2": "<script>alert(1)</script>",
    "h3": "\U0001f600 smile 漢字",
    "h4": "a\u200eb\u202ec\x07d\ue000e",
    "h5": "N" * 300,
    "h6": ("long name " * 30).strip(),
    "h7": '"];#eval("1")//\\',
    "h8": "שלום עולם",
    "h9": "= Heading\n- item",
    "h10": "\u0301\u200d\ufeff\ufffd",
}


def brief(
    evaluation: Evaluation,
    perspective: Perspective | None = None,
    opinions: tuple[Opinion, ...] = (),
) -> bytes:
    return briefing_pdf(
        evaluation,
        weights=perspective.name if perspective else "Own weights",
        perspective=perspective,
        date=DATE,
        version="1.2.3",
        opinions=opinions,
    )


def equally(question: Question) -> Evaluation:
    return evaluate(question, equal_branch_points(question.branches))


def pages(pdf: bytes) -> list[str]:
    """The text of each page in one line, without the spaces that only lay it out."""
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return [_plain(text) for text in texts]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u200b", "")).strip()


def packed(text: str) -> str:
    """Without any space, for names that break over lines."""
    return re.sub(r"\s", "", text.replace("\u200b", ""))


@pytest.fixture(scope="module", params=PERSPECTIVES)
def brief_of(request: pytest.FixtureRequest, shipped: Question) -> tuple[Evaluation, list[str]]:
    perspective = shipped.perspective(request.param)
    evaluation = evaluate(shipped, perspective_points(shipped, perspective))
    return evaluation, pages(brief(evaluation, perspective))


def test_shipped_perspectives_are_those_tested(shipped: Question) -> None:
    assert tuple(p.id for p in shipped.perspectives) == PERSPECTIVES


def test_two_pages_with_date_version_marking_and_fingerprints_on_each(
    brief_of: tuple[Evaluation, list[str]],
) -> None:
    evaluation, texts = brief_of
    assert len(texts) == 2
    identity = (
        f"4 March 2026 · version 1.2.3 · question {evaluation.question.fingerprint[:12]} · "
        f"inputs {input_fingerprint(evaluation)[:12]}"
    )
    for number_, text in enumerate(texts, start=1):
        assert identity in text
        assert "Ways out for Russian officials · Open sources only" in text
        assert f"Page {number_} of 2" in text
        assert "The tool informs and does not decide." in text


def test_says_the_verdict_and_one_row_an_option(brief_of: tuple[Evaluation, list[str]]) -> None:
    evaluation, (first, second) = brief_of
    answer = verdict(evaluation)
    assert _plain(f"{answer.headline}") in first
    assert _plain(f"{answer.margin} {answer.change}") in first
    assert _plain(evaluation.question.context.disclaimer) in first
    for i in evaluation.order:
        name, rank = evaluation.question.proposals[i].label, evaluation.ranks[i]
        assert f"{rank} {name}" in first
        assert re.search(rf"{rank} {name} (rival )?{whole(evaluation.scores[i])} ±\d+ ", first)
        assert name in second


def test_prints_both_keys_and_never_likelihood_with_confidence_in_one_sentence(
    brief_of: tuple[Evaluation, list[str]],
) -> None:
    _, (_, second) = brief_of
    assert "; ".join(f"{word}: {meaning}" for word, meaning in CONFIDENCE_KEY.items()) in second
    assert "; ".join(f"{word} {share}" for word, share in LIKELIHOOD_KEY) in second
    said = second.split("rest on judgement alone.")[0].rsplit("Confidence and caveats", 1)[1]
    assert not any(re.search(rf"\b{word}\b", said) for word, _ in LIKELIHOOD_KEY)


def test_the_disclosure_is_printed_whole(brief_of: tuple[Evaluation, list[str]]) -> None:
    evaluation, (_, second) = brief_of
    disclosure = evaluation.question.disclosure.disclosure
    assert disclosure is not None
    assert f"Disclosure. {_plain(disclosure)} Evidence until" in second


def test_a_disclosure_of_any_length_is_printed_whole() -> None:
    disclosure = " ".join(f"Sentence {k} says what was changed and why." for k in range(300))
    question = make_question({"a": [5.0], "b": [3.0]}).replace(
        disclosure=SettingsFile(disclosure=disclosure)
    )
    content = briefing_content(equally(question), "Own weights", None, DATE, "1")
    assert content["confidence"]["disclosure"] == disclosure
    everything = " ".join(pages(brief(equally(question))))
    assert everything.count("Sentence ") == 300
    assert "Sentence 299 says what was changed and why." in everything


def test_drivers_and_all_other_criteria_add_up_to_the_gap_or_are_said_to_be_rounded(
    brief_of: tuple[Evaluation, list[str]],
) -> None:
    evaluation, (first, _) = brief_of
    why = briefing_content(evaluation, "Own weights", None, DATE, "1")["why"]
    name, rest, note = why["rest"]
    printed = [row["points"] for side in why["sides"] for row in side["rows"]]
    added = sum(int(text.replace("\u2212", "-")) for text in (*printed, rest) if text != "<1")
    gap = re.search(r"is (\d+) points above", why["heading"])
    assert gap is not None
    assert name == "All other criteria"
    assert note == ("" if added == int(gap[1]) else "(rounded)")
    assert abs(added - int(gap[1])) <= 1
    assert f"{name}: {rest} {note}".strip() in first


def test_all_other_criteria_are_one_signed_number() -> None:
    weights = {f"criterion-{j}": 1.0 for j in range(8)}
    question = make_question(
        {
            "a": [10.0, 9.0, 8.0, 7.0, 5.0, 0.0, 0.0, 0.0],
            "b": [0.0, 0.0, 0.0, 0.0, 2.0, 2.0, 1.0, 3.0],
        }
    )
    why = briefing_content(evaluate(question, weights), "Own weights", None, DATE, "1")["why"]
    assert why["heading"] == "Why a is 39 points above b"
    assert [[row["points"] for row in side["rows"]] for side in why["sides"]] == [
        ["+13", "+11", "+10"],
        ["\u22124", "\u22123", "\u22121"],
    ]
    assert why["rest"] == ["All other criteria", "+13", ""]


@pytest.mark.parametrize(
    ("ours", "theirs", "heading", "printed", "rest"),
    [
        (
            *([5.24, 5.24, 5.0, 5.0], [5.0] * 4, "1 point", ["+1", "+1"]),
            ["All other criteria", "0", "(rounded)"],
        ),
        ([5.12, 5.12], [5.0, 5.0], "1 point", ["+1", "+1"], ["", "", "The points are rounded."]),
        ([6.0, 7.0], [5.0, 5.0], "15 points", ["+10", "+5"], ["", "", ""]),
    ],
)
def test_rounding_that_shows_is_said(
    ours: list[float], theirs: list[float], heading: str, printed: list[str], rest: list[str]
) -> None:
    evaluation = equally(make_question({"a": ours, "b": theirs}))
    why = briefing_content(evaluation, "Own weights", None, DATE, "1")["why"]
    assert why["heading"] == f"Why a is {heading} above b"
    assert [row["points"] for row in why["sides"][0]["rows"]] == printed
    assert why["rest"] == rest
    assert ("rounded" in " ".join(pages(brief(evaluation)))) == ("rounded" in " ".join(rest))


def test_sections_come_in_the_order_of_a_decision_brief(
    brief_of: tuple[Evaluation, list[str]],
) -> None:
    _, texts = brief_of
    whole_text = " ".join(texts)
    heads = [
        *("Decision needed", "Options, best first", "For ", "Who disagrees"),
        *("What would change it", "Preconditions and next steps", "Confidence and caveats"),
    ]
    found = [whole_text.index(head) for head in heads]
    assert found == sorted(found)


def test_drivers_carry_points_and_raw_numbers(shipped: Question) -> None:
    perspective = shipped.perspective("human-rights")
    evaluation = evaluate(shipped, perspective_points(shipped, perspective))
    first = pages(brief(evaluation, perspective))[0]
    assert "Why Sanctuary is 6 points above Status quo" in first
    assert "Legal safety: 25 against 6 % of reference pool +7" in first
    assert "Time to effect: 24 against 60 months +3" in first
    assert "Ukraine's consent: 40 against 70 % probability \u22123" in first
    assert "Penetration: level 5.5 against 3 \u22121" in first


def test_no_option_above_the_status_quo_is_said_first(shipped: Question) -> None:
    evaluation = evaluate(shipped, perspective_points(shipped, shipped.perspective("ukraine")))
    first = pages(brief(evaluation))[0]
    headline = _plain(verdict(evaluation).headline)
    assert f"{headline} No option scores above the status quo under these weights." in first
    assert "Weights: Own weights" in first


def test_leader_that_fails_a_hard_constraint_is_cautioned(shipped: Question) -> None:
    points = {c.id: 1.0 if c.id == "wealth-security" else 0.0 for c in shipped.criteria}
    points["time-to-effect"] = 1.0
    evaluation = evaluate(shipped, points)
    caution = verdict(evaluation).caution
    assert evaluation.leaders[0].id == "sanctions-revision"
    assert caution is not None
    texts = pages(brief(evaluation))
    assert f"Caution. {caution}" in texts[0]
    assert len(texts) == 2


def test_table_shows_the_heaviest_criterion_of_each_branch_in_raw_units(shipped: Question) -> None:
    evaluation = evaluate(shipped, perspective_points(shipped, shipped.perspective("ukraine")))
    options = briefing_content(evaluation, "Own weights", None, DATE, "1")["options"]
    criteria = [
        shipped.criterion(identifier)
        for identifier in (
            "legal-safety",
            "intelligence-yield",
            "illicit-finance",
            "ukraine-consent",
            "time-to-effect",
        )
    ]
    assert [column["name"] for column in options["columns"]] == [c.label for c in criteria]
    for row, i in zip(options["rows"], evaluation.order, strict=True):
        scores = [shipped.proposals[i].scores[c.id] for c in criteria]
        assert [cell["best"] for cell in row["cells"]] == [
            number(score.likely, c.decimals) for score, c in zip(scores, criteria, strict=True)
        ]
        assert row["cells"][1]["band"] == "\u2013".join(
            number(bound, 1) for bound in (scores[1].low, scores[1].high)
        )
    status = {row["name"]: row["status"] for row in options["rows"]}
    assert status["Sanctions revision"]["word"] == "Fails"
    assert status["Status quo"] == {
        "word": "",
        "name": "",
        "more": "1 met, 4 not bound, 3 not assessed",
    }
    assert status["Sanctuary"] == {
        "word": "On conditions",
        "name": "Chosen people only",
        "more": "and 2 more",
    }


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (["pass", "pass"], "2 met"),
        (["not-bound", "pass", "not-bound"], "1 met, 2 not bound"),
        ([None, "pass"], "1 met, 1 not assessed"),
        (["not-bound", "not-assessed"], "1 not bound, 1 not assessed"),
        ([None, None], "2 not assessed"),
    ],
)
def test_constraints_without_failure_or_condition_are_counted_by_verdict(
    verdicts: list[Verdict | None], said: str
) -> None:
    constraints = tuple(
        Constraint(
            id=f"constraint-{k}",
            ref=None,
            name=f"Constraint {k}",
            text="made up",
            kind="hard",
            status={} if verdict_ is None else {"a": Status(verdict=verdict_)},
        )
        for k, verdict_ in enumerate(verdicts)
    )
    question = make_question({"a": [5.0], "b": [3.0]}).replace(constraints=constraints)
    assert constraint_status(question, question.proposal("a")) == {
        "word": "",
        "name": "",
        "more": said,
    }
    assert said in pages(brief(equally(question)))[0]


def test_ranks_under_every_perspective(shipped: Question) -> None:
    evaluation = evaluate(shipped, perspective_points(shipped, shipped.perspective("ukraine")))
    disagree = briefing_content(
        evaluation, "Government of Ukraine", shipped.perspective("ukraine"), DATE, "1"
    )["disagree"]
    (table,) = disagree["tables"]
    by_name = {row["name"]: row["ranks"] for row in table["rows"]}
    assert by_name["Status quo"] == ["1", "1", "4", "1", "3", "7", "7", "6"]
    assert by_name["Sanctuary"] == ["3", "2", "2", "2", "1", "1", "1", "1"]
    assert [column["chosen"] for column in table["columns"]] == [True] + [False] * 7
    assert disagree["lead"] == (
        "Status quo leads under Ukraine, Interior and Finance; NATO integration under NATO "
        "security; Sanctuary under Human rights, Émigrés, Op-ed authors and Equal branches."
    )
    assert _plain(disagree["divide"]) == (
        "Between Status quo and Sanctuary, the weight of Legal safety divides most: "
        "2.2 % from Finance, 16 % from Human rights."
    )


def test_methods_that_disagree_are_named() -> None:
    evaluation = equally(make_question({"a": [5.0, 5.0], "b": [6.0, 3.0]}))
    ranks = evaluation.ranks
    opinions = (
        Opinion("Weighted sum", "", ranks),
        Opinion("TOPSIS", "", ranks[::-1]),
        Opinion("VIKOR", "", ranks[::-1]),
        Opinion("Other", "", None, reason="it could not"),
    )
    assert (
        "1 of 3 methods put a first; TOPSIS and VIKOR put b; Other could not run."
        in (pages(brief(evaluation, opinions=opinions))[0])
    )


def test_gates_and_sequence_of_the_leader_are_listed(shipped: Question) -> None:
    perspective = shipped.perspective("human-rights")
    evaluation = evaluate(shipped, perspective_points(shipped, perspective))
    steps = briefing_content(evaluation, perspective.name, perspective, DATE, "1")["next"]
    assert [entry["title"] for entry in steps["lists"]] == [
        *("Preconditions", "Conditions of constraints", "Gates", "Sequence")
    ]
    gates = [g.text for g in shipped.interactions.gates if "sanctuary" in g.proposals]
    assert steps["lists"][2]["items"] == [safe_text(text) for text in gates]


def test_active_settings_are_disclosed(shipped: Question) -> None:
    changed = shipped.replace(active_settings=("earlier-anchors",))
    evaluation = evaluate(changed, perspective_points(changed, changed.perspective("ukraine")))
    assert (
        "Switched on for this briefing: Anchors of the first draft."
        in (pages(brief(evaluation))[0])
    )


def test_same_input_same_bytes_other_date_other_bytes(shipped: Question) -> None:
    evaluation = evaluate(shipped, perspective_points(shipped, shipped.perspective("finance")))
    again = evaluate(shipped, perspective_points(shipped, shipped.perspective("finance")))
    assert brief(evaluation) == brief(again)
    other = briefing_pdf(
        evaluation,
        weights="Own weights",
        perspective=None,
        date=datetime.date(2026, 3, 5),
        version="1.2.3",
    )
    assert other != brief(evaluation)


def test_hostile_names_are_printed_as_they_are_or_as_codes() -> None:
    rows = {key: [float(k), 10.0 - k / 2, 3.0] for k, key in enumerate(HOSTILE)}
    question = make_question(
        rows,
        spread=0.4,
        names=HOSTILE,
        status_quo="h3",
        title=f"{HOSTILE['h0']} \U0001f600 {'T' * 290}",
    )
    texts = pages(brief(equally(question)))
    everything = packed("".join(texts))
    for name in HOSTILE.values():
        assert packed(safe_text(name)) in everything
    assert "[U+1F600]smile[U+6F22][U+5B57]" in everything
    assert "Characters that the fonts of this document lack are printed as codes" in " ".join(texts)
    for text in texts:
        assert "Page" in text


def test_every_covered_character_can_be_printed() -> None:
    from dashboard.report.safe_text import COVERED  # noqa: PLC0415

    every = "".join(chr(c) for first, last in COVERED for c in range(first, last + 1))
    question = make_question({"a": [1.0]}, title=every)
    assert len(pages(brief(equally(question)))) >= 1


@pytest.mark.parametrize("status_quo", ["only", None])
def test_one_option(status_quo: str | None) -> None:
    question = make_question({"only": [5.0]}, status_quo=status_quo)
    (text,) = pages(brief(equally(question)))
    assert "only is the only option, with 50 points" in text
    assert "The question holds no perspectives" in text


def test_no_status_quo_compares_with_the_runner_up() -> None:
    question = make_question({"a": [5.0, 3.0], "b": [4.0, 9.0]})
    (text,) = pages(brief(equally(question)))
    assert "The question holds no status quo to compare with." in text
    assert "Why b is 25 points above a" in text
    assert "Criterion 1: 9 against 3 points +30" in text
    assert "Criterion 0: 4 against 5 points \u22125" in text


def test_ties_are_said_and_compared() -> None:
    question = make_question({"a": [5.0, 3.0], "b": [3.0, 5.0], "c": [1.0, 1.0]})
    (text,) = pages(brief(equally(question)))
    assert "a and b tie for first with 40 points" in text
    assert "Why a and b tie" in text


@pytest.mark.parametrize("branch_sizes", [[60], [6] * 10, [1] * 60])
def test_fifty_options_and_sixty_criteria(branch_sizes: list[int]) -> None:
    rows = {f"option-{i}": [float((i * 7 + j * 3) % 11) for j in range(60)] for i in range(50)}
    perspectives = tuple(
        Perspective(
            id=f"p-{k}",
            ref=None,
            name=f"Perspective {k}",
            points={f"criterion-{j}": float((j * k) % 5 + 1) for j in range(60)},
            justification="made up",
        )
        for k in range(12)
    )
    question = make_question(
        rows,
        spread=1.0,
        branch_sizes=branch_sizes,
        status_quo="option-7",
        perspectives=perspectives,
    )
    evaluation = equally(question)
    texts = pages(brief(evaluation))
    everything = " ".join(texts)
    for i in evaluation.order:
        assert f"{evaluation.ranks[i]} {question.proposals[i].name} " in everything
    for place, text in enumerate(texts, start=1):
        assert f"Page {place} of {len(texts)}" in text
        assert input_fingerprint(evaluation)[:12] in text


def test_is_tagged_pdf_ua_1_and_pdf_a_3a(shipped: Question) -> None:
    perspective = shipped.perspective("ukraine")
    evaluation = evaluate(shipped, perspective_points(shipped, perspective))
    with pikepdf.open(io.BytesIO(brief(evaluation, perspective))) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfaid:conformance"] == "A"
            assert metadata["dc:title"] == (
                f"Ways out for Russian officials: {verdict(evaluation).headline}"
            )
        tags = list(_tags(pdf.Root.StructTreeRoot))
        names = [str(tag.S) for tag in tags]
        headings = [int(name[2:]) for name in names if re.fullmatch(r"/H\d", name)]
        figures = [tag for tag in tags if tag.S == "/Figure"]
        assert headings[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(headings))
        assert names.count("/Table") == names.count("/THead") == 4
        assert [_plain(str(tag.Alt)) for tag in figures] == [_plain(chart_sentence(evaluation))]


def _tags(node: Any) -> Iterator[Any]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _tags(kid)


def test_all_fonts_are_the_bundled_ones(shipped: Question) -> None:
    evaluation = evaluate(shipped, perspective_points(shipped, shipped.perspective("ukraine")))
    found: set[str] = set()
    reader: Any = pypdf.PdfReader(io.BytesIO(brief(evaluation)))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(str(font.get_object()["/BaseFont"]).split("+")[1])
    assert found == {"IBMPlexSans", "IBMPlexSans-Italic", "IBMPlexSans-SmBld"}


def test_importing_the_module_does_not_import_what_is_slow() -> None:
    code = (
        "import sys, dashboard.report.briefing.pdf;"
        "slow = {'altair', 'typst', 'vl_convert', 'skcriteria', 'pandas'};"
        "sys.exit(bool(slow & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


REASON = "<script>alert(1)</script> #panic() *b* \u202e\U0001f600 says the court report"


def test_overridden_scores_are_listed_with_their_reasons(shipped: Question) -> None:
    overrides = [
        Override("sanctuary", "accountability", 0.5, 1.0, 7.5, REASON),
        Override("capital-amnesty", "recovery-money", 400.0, 1800.0, 2500.0, None),
    ]
    texts = pages(brief(equally(with_overrides(shipped, overrides))))
    assert (
        "What if: 2 scores are overridden: Sanctuary on Accountability and Capital amnesty on "
        "Recovery money. The last section has the reasons."
    ) in texts[0]
    section = packed(texts[-1].split("Scores changed by the reader")[1])
    assert (
        packed(
            "Sanctuary Accountability level 6 (4.5 to 7.5) level 1 (0.5 to 7.5) "
            "<script>alert(1)</script> #panic() *b* [U+202E][U+1F600] says the court report"
        )
        in section
    )
    assert packed("1,800 (400 to 2,500) EUR m, 5 yr The reason is not in the link.") in section
    assert len(texts) == 3


def test_without_overrides_the_briefing_does_not_speak_of_them(shipped: Question) -> None:
    text = " ".join(pages(brief(equally(shipped))))
    assert "overridden" not in text
    assert "Scores changed by the reader" not in text


def test_a_hundred_overrides_with_long_reasons_can_be_printed() -> None:
    rows = {f"o{i}": [float((i + j) % 11) for j in range(10)] for i in range(10)}
    overrides = [
        Override(f"o{i}", f"criterion-{j}", 1.0, 2.0, 3.0, "N" * 500)
        for i in range(10)
        for j in range(10)
    ]
    texts = pages(brief(equally(with_overrides(make_question(rows), overrides))))
    assert "100 scores are overridden: " in texts[0]
    assert sum(text.count("N") for text in texts) >= 100 * 500
