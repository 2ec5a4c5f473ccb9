"""Links: what goes in comes out, and nothing else gets in."""

from __future__ import annotations

import base64
import json
import random
import zlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.overrides import Override
from dashboard.model.question import Question
from dashboard.ui.choice import Choice, choose_override, choose_perspective, default_choice
from dashboard.ui.copy_link import link_data
from dashboard.ui.link import LinkError, OtherQuestionError, decode, encode, link_query


def packed(content: Any, version: str = "1") -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return version + base64.urlsafe_b64encode(zlib.compress(raw)).decode().rstrip("=")


def test_the_start_values_need_no_link(shipped: Question) -> None:
    assert encode(shipped, default_choice(shipped)) is None


def test_a_link_to_be_sent_names_its_question_whatever_it_holds(shipped: Question) -> None:
    start = default_choice(shipped)
    given = link_query(shipped, start, "ways-out")
    assert given is not None
    assert given["q"] == "ways-out"
    assert decode(shipped, given["s"]) == replace(start, revision=1)
    fewer = shipped.tree.model_copy(update={"branches": shipped.branches[:4]})
    with pytest.raises(OtherQuestionError):
        decode(shipped.replace(tree=fewer), given["s"])


def test_a_copied_link_is_told_apart_from_one_that_cannot_be_made(shipped: Question) -> None:
    start = default_choice(shipped)
    told = link_data(shipped, start, "ways-out")
    assert told["said"] == (
        "It opens this page of this question with these weights, locks and settings."
    )
    override = Override("sanctuary", "penetration", 1.0, 2.0, 3.0, "why")
    told = link_data(shipped, replace(start, overrides=(override,)), "ways-out")
    assert told["said"].endswith(
        "Overridden scores go with it, their reasons do not; the briefing has those."
    )
    digits = random.Random(5)
    many = tuple(
        Override(p.id, c.id, digits.random(), 1 + digits.random(), 2 + digits.random(), "why")
        for p in shipped.proposals
        for c in shipped.criteria
    )
    assert link_data(shipped, replace(start, overrides=many), "ways-out")["query"] is None


def test_a_perspective_makes_a_short_link(shipped: Question) -> None:
    choice = choose_perspective(shipped, default_choice(shipped), "human-rights")
    text = encode(shipped, choice)
    assert text is not None
    assert len(text) < 110
    assert decode(shipped, text) == choice


@given(
    st.lists(st.floats(0, 1000), min_size=14, max_size=14).filter(lambda p: sum(p) > 1),
    st.sets(st.integers(0, 13)),
    st.booleans(),
)
def test_own_weights_locks_and_settings_come_back(
    shipped: Question, points: list[float], locks: set[int], setting: bool
) -> None:
    ids = [criterion.id for criterion in shipped.criteria]
    shares = {i: p / sum(points) * 100 for i, p in zip(ids, points, strict=True)}
    choice = Choice(
        "own",
        "finance",
        shares,
        locked=tuple(ids[i] for i in sorted(locks)),
        settings=("earlier-anchors",) if setting else (),
    )
    text = encode(shipped, choice)
    assert text is not None
    assert len(text) < 1000
    back = decode(shipped, text)
    assert (back.origin, back.perspective) == ("own", "finance")
    assert (back.locked, back.settings) == (choice.locked, choice.settings)
    assert back.points == pytest.approx(shares, abs=1e-6)


def test_another_questions_link_is_told_apart(shipped: Question) -> None:
    choice = choose_perspective(shipped, default_choice(shipped), "ukraine")
    text = encode(shipped, choice)
    fewer = shipped.tree.model_copy(update={"branches": shipped.branches[:4]})
    other = shipped.replace(tree=fewer)
    assert text is not None
    with pytest.raises(LinkError, match="made for another question"):
        decode(other, text)


@pytest.mark.parametrize(
    "content",
    [
        {"o": "own", "p": "nobody"},
        {"o": "own", "w": {"legal-safety": 1}},
        {"o": "own"},
        {"o": "default", "l": ["no-such-criterion"]},
        {"o": "default", "l": "legal-safety"},
        {"o": "default", "s": ["no-such-setting"]},
        {"o": "default", "s": [{}]},
        {"o": "perspective", "p": []},
        {"o": "perspective", "p": {}},
    ],
)
def test_content_that_does_not_fit_is_refused(shipped: Question, content: dict[str, Any]) -> None:
    whole = {"q": shipped.scales_fingerprint[:12]} | content
    with pytest.raises(LinkError, match="This link is damaged"):
        decode(shipped, packed(whole))


@pytest.mark.parametrize(
    "text",
    ["", "1", "2abc", "1!!!!", "1" + "A" * 9000, packed([1, 2]), packed(b"\xff"), packed(b"[" * 9)],
)
def test_damaged_text_is_refused(shipped: Question, text: str) -> None:
    with pytest.raises(LinkError, match="This link is damaged"):
        decode(shipped, text)


def test_a_link_that_unpacks_to_far_too_much_is_refused(shipped: Question) -> None:
    with pytest.raises(LinkError, match="This link is damaged"):
        decode(shipped, packed(b" " * 5_000_000))


def test_a_better_wording_breaks_no_link(shipped: Question) -> None:
    choice = choose_perspective(shipped, default_choice(shipped), "ukraine")
    text = encode(shipped, choice)
    context = shipped.context.model_copy(update={"title": "Another title"})
    assert text is not None
    assert decode(shipped.replace(context=context), text) == choice


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from("oplws"), JSON))
def test_no_content_raises_anything_but_a_link_error(
    shipped: Question, content: dict[str, Any]
) -> None:
    try:
        choice = decode(shipped, packed({"q": shipped.scales_fingerprint[:12]} | content))
    except LinkError:
        return
    assert sum(choice.points.values()) == pytest.approx(100)


PRIVATE = "said by a source who must not be named"
HALVED = Override("sanctuary", "penetration", 1.0, 2.0, 3.0, PRIVATE)


def test_overrides_go_with_the_link_and_their_reasons_stay(shipped: Question) -> None:
    choice = choose_override(default_choice(shipped), HALVED)
    text = encode(shipped, choice)
    assert text is not None
    assert text[0] == "2"
    body = zlib.decompress(base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)))
    assert json.loads(body)["x"] == [["sanctuary", "penetration", 1.0, 2.0, 3.0]]
    assert decode(shipped, text).overrides == (replace(HALVED, reason=None),)


def test_a_link_of_the_first_version_still_opens(shipped: Question) -> None:
    written = packed({"q": shipped.scales_fingerprint[:12], "o": "perspective", "p": "ukraine"})
    choice = choose_perspective(shipped, default_choice(shipped), "ukraine")
    assert decode(shipped, written) == choice
    # And so does a new one without overrides, in a program that knows only the first version.
    assert (encode(shipped, choice) or "")[0] == "1"


cells = st.tuples(st.integers(0, 6), st.integers(0, 13))
bands = st.lists(
    st.floats(-1e14, 1e14, allow_nan=False, allow_infinity=False), min_size=3, max_size=3
).map(sorted)


@given(st.dictionaries(cells, bands, max_size=12), st.text(min_size=1, max_size=20))
def test_any_overrides_come_back_to_the_digit(
    shipped: Question, given_: dict[tuple[int, int], list[float]], reason: str
) -> None:
    overrides = tuple(
        Override(shipped.proposals[i].id, shipped.criteria[j].id, low, likely, high, reason)
        for (i, j), (low, likely, high) in given_.items()
    )
    choice = replace(default_choice(shipped), overrides=overrides)
    text = encode(shipped, choice)
    if text is None:
        assert overrides == ()
        return
    assert decode(shipped, text).overrides == tuple(replace(o, reason=None) for o in overrides)


@pytest.mark.parametrize(
    "entries",
    [
        "sanctuary",
        [["sanctuary", "penetration", 1, 2]],
        [["sanctuary", "no-such-criterion", 1, 2, 3]],
        [["sanctuary", "penetration", 3, 2, 1]],
        [["sanctuary", "penetration", 1, 2, float("nan")]],
        [["sanctuary", "penetration", 1, 2, float("inf")]],
        [["sanctuary", "penetration", 1, 2, 10**400]],
        [["sanctuary", "penetration", 1, True, 3]],
        [["sanctuary", "penetration", "1", "2", "3"]],
        [["sanctuary", [], 1, 2, 3]],
        [["sanctuary", "penetration", 1, 2, 3]] * 2,
        [{"proposal": "sanctuary"}],
    ],
)
def test_overrides_that_do_not_fit_are_refused(shipped: Question, entries: Any) -> None:
    whole = {"q": shipped.scales_fingerprint[:12], "o": "default", "x": entries}
    with pytest.raises(LinkError, match="This link is damaged"):
        decode(shipped, packed(whole, "2"))


def test_an_override_of_an_unknown_option_is_of_another_question(shipped: Question) -> None:
    entries = [["amnesty-for-all", "penetration", 1, 2, 3]]
    whole = {"q": shipped.scales_fingerprint[:12], "o": "default", "x": entries}
    with pytest.raises(LinkError, match="made for another question"):
        decode(shipped, packed(whole, "2"))


@given(JSON)
def test_no_entry_of_overrides_raises_anything_but_a_link_error(
    shipped: Question, entries: Any
) -> None:
    whole = {"q": shipped.scales_fingerprint[:12], "o": "default", "x": entries}
    try:
        choice = decode(shipped, packed(whole, "2"))
    except LinkError:
        return
    assert choice.overrides == ()


@given(st.text(max_size=200))
def test_no_text_raises_anything_but_a_link_error(shipped: Question, text: str) -> None:
    with pytest.raises(LinkError):
        decode(shipped, text)
