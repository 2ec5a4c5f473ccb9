"""What a room sees, drawn through Streamlit's own test runner."""

from __future__ import annotations

import html
import re
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.methods.evaluate import values_of
from dashboard.model.question import Question
from dashboard.robustness.room import Room
from dashboard.robustness.room import room as room_of
from dashboard.robustness.room_ballots import Group, RoundBallots
from dashboard.ui.html import Markup
from dashboard.ui.keys import Key
from dashboard.ui.room_parts import groups_table, shares_table, sides_table
from dashboard.ui.room_results import draw
from dashboard.ui.room_tables import firsts_table, moved_table, ranks_table, standing_table
from tests.report.questions import make_question
from tests.report.rooms import COOKS, GUESTS, ballots, latest, made

TWO = make_question({"soup": (10.0, 0.0), "bread": (0.0, 10.0)})
FOR_SOUP, FOR_BREAD, LEVEL = (0.8, 0.2), (0.3, 0.7), (0.5, 0.5)
SPLIT = [(FOR_SOUP, 6), (FOR_BREAD, 4)]
OPENED = (
    Key.ROOM_RANKS,
    Key.ROOM_SHARES,
    Key.ROOM_GROUPS,
    Key.ROOM_WEIGHTS,
    Key.ROOM_CHANGES,
    Key.ROOM_ROUNDS,
)


def page() -> None:
    given = st.session_state["given"]
    draw(given["room"], given["question"], **given["how"])


def drawn(room: Room, question: Question, *, opened: bool = False, **how: Any) -> AppTest:
    app = AppTest.from_string(f"from {__name__} import page\npage()")
    app.session_state["given"] = {"room": room, "question": question, "how": how}
    for key in OPENED if opened else ():
        app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


def markup(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def words(app: AppTest) -> str:
    bare = re.sub(r"<style>.*?</style>", "", markup(app), flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", " ", bare)).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", text)


def test_the_finding_comes_first_with_its_bars() -> None:
    app = drawn(made(TWO, SPLIT), TWO)
    shown = words(app)
    assert shown.strip().startswith("Round 1 · 10 ballots soup comes first on 6 of 10 ballots")
    assert "Rehearsal" not in shown
    assert re.findall(r"<h2[^>]*>([^<]+)", markup(app))[0].startswith("soup comes first")
    bars = re.findall(r'cw-room-bar"[^>]*><i style="width:([\d.]+)%', markup(app))
    assert bars[:2] == ["60.00", "40.00"]
    # Nothing of rounds and groups where there are none.
    assert "Round 2" not in shown
    assert "Groups side by side" not in shown


def test_a_rehearsal_says_so_in_its_line_of_title() -> None:
    for projector in (False, True):
        app = drawn(made(TWO, SPLIT), TWO, rehearsal=True, projector=projector, heading="h1")
        assert words(app).strip().startswith("Rehearsal: simulated people · Round 1 · 10 ballots")
        assert re.findall(r"<h1[^>]*>([^<]+)", markup(app)) == [
            "soup comes first on 6 of 10 ballots, bread on 4"
        ]


def test_two_rounds_show_the_movement() -> None:
    room = made(TWO, SPLIT, [(FOR_SOUP, 4), (FOR_BREAD, 6)])
    shown = words(drawn(room, TWO))
    assert "From round 1 to round 2, 2 of 10 changed their first choice" in shown
    assert "First choices changed: 2 from soup to bread." in shown
    assert "First places: of 10 ballots in round 1 (striped) and of 10 in round 2" in shown


def test_tables_are_made_when_they_are_opened() -> None:
    question = make_question(
        {"soup": (10.0, 0.0, 3.0, 1.0, 5.0, 2.0), "bread": (0.0, 10.0, 1.0, 4.0, 2.0, 5.0)}
    )
    one, other = (0.5, 0.1, 0.1, 0.1, 0.1, 0.1), (0.1, 0.5, 0.1, 0.1, 0.1, 0.1)
    votes = {"cooks": [(one, 6)], "guests": [(other, 5)]}
    room = made(question, votes, votes, groups=[COOKS, GUESTS])
    closed, opened = words(drawn(room, question)), words(drawn(room, question, opened=True))
    for title in (
        "those that put an option at each rank",
        "Rank under mean weights, and beneath it",
        "Mean weight of each criterion",
        "Every round",
    ):
        assert title not in closed
        assert title in opened
    assert "Criterion 5" not in closed
    assert "Criterion 5 0 %" in opened


def test_the_projector_has_one_idea_a_block_and_nothing_to_open() -> None:
    room = made(
        TWO,
        {"cooks": [(FOR_SOUP, 6)], "guests": [(FOR_BREAD, 5)]},
        {"cooks": [(FOR_SOUP, 5), (FOR_BREAD, 1)], "guests": [(FOR_BREAD, 5)]},
        groups=[COOKS, GUESTS],
    )
    app = drawn(room, TWO, projector=True)
    assert len(app.expander) == 0
    blocks = markup(app).split('<section class="cw-projected">')[1:]
    assert [block.count("<h2") for block in blocks] == [1] * 7
    assert "Mean weight of Criterion 0" in words(app)


def test_every_size_of_type_of_the_projector_is_large() -> None:
    css = markup(drawn(made(TWO, SPLIT), TWO, projector=True))
    sizes = [
        float(size)
        for rule in re.findall(r"\.cw-projected[^{]*\{[^}]*\}", css)
        for size in re.findall(r"font-size: ([\d.]+)px", rule)
    ]
    assert len(sizes) > 5
    assert min(sizes) >= 24
    assert max(sizes) == 44


def test_a_round_without_a_ballot_says_so_and_still_shows_the_others() -> None:
    rounds = [ballots(1, {"": SPLIT}), RoundBallots(2, np.empty((0, 2)), (), ())]
    found = room_of(values_of(TWO), rounds, [], small_groups=False)
    shown = words(drawn(found, TWO, opened=True))
    assert "Nobody voted in round 2" in shown
    assert "Every round" in shown
    assert "Nobody voted in round 2" in words(drawn(found, TWO, projector=True))


def test_hidden_groups_are_not_in_the_page() -> None:
    votes = {"cooks": [(FOR_SOUP, 9)], "guests": [(FOR_BREAD, 3)]}
    room = made(TWO, votes, groups=[COOKS, GUESTS])
    shown = words(drawn(room, TWO, opened=True))
    assert "No group is shown by itself" in shown
    assert "Groups side by side" not in shown
    assert "Guests has fewer than 5 ballots. Cooks is hidden too" in shown


def test_stripes_stand_for_what_is_too_close_to_call() -> None:
    wide = make_question({"soup": (8.0, 2.0), "bread": (2.0, 8.0)}, spread=2.0)
    near = standing_table(latest(made(wide, [((0.55, 0.45), 2)])), wide)
    assert near.count("striped") == 2
    assert "6 points behind, too close to call" in near
    clear = standing_table(latest(made(TWO, [(FOR_SOUP, 2)])), TWO)
    assert "striped" not in clear
    assert ">leads<" in clear


ODD: dict[str, tuple[Question, list[Any]]] = {
    "one option": (make_question({"a": (1.0, 2.0)}), [[(LEVEL, 3)]]),
    "one criterion": (make_question({"a": (1.0,), "b": (2.0,)}), [[((1.0,), 3)]]),
    "one ballot": (TWO, [[(FOR_SOUP, 1)], [(FOR_BREAD, 1)]]),
    "all equal": (
        make_question({"a": (5.0, 5.0), "b": (5.0, 5.0)}),
        [[(FOR_SOUP, 7)], [(FOR_BREAD, 7)]],
    ),
    "a status quo": (
        make_question({"a": (5.0, 1.0), "b": (1.0, 5.0)}, status_quo="b"),
        [[(FOR_SOUP, 7)], [(FOR_BREAD, 9)]],
    ),
    "large, with long names": (
        make_question(
            {f"o{i}": [float((i * (j + 3)) % 11) for j in range(60)] for i in range(50)},
            names={f"o{i}": f"<script>{i}" + "N" * 290 for i in range(50)},
            spread=1.0,
        ),
        [[([1 / 60] * 60, 5), ([0.5, 0.5] + [0.0] * 58, 6)]] * 2,
    ),
}


@pytest.mark.parametrize("case", ODD.values(), ids=ODD)
@pytest.mark.parametrize("projector", [False, True])
def test_every_room_has_a_page(case: tuple[Question, list[Any]], projector: bool) -> None:
    question, rounds = case
    hostile = Group("g", "<script>\u202e😀" + "V" * 290)
    room = made(question, *({"g": votes} for votes in rounds), groups=[hostile])
    app = drawn(room, question, opened=not projector, projector=projector, rehearsal=True)
    assert "<script" not in markup(app)
    assert not {"nan", "inf", "none."} & set(words(app).lower().split())


def test_names_are_escaped_in_every_table() -> None:
    hostile = "<script>alert(1)</script>"
    question = make_question({"a": (9.0, 1.0), "b": (1.0, 9.0)}, names={"a": hostile})
    groups = [Group("g", hostile)]
    room = made(question, {"g": SPLIT}, {"g": SPLIT}, groups=groups, small_groups=True)
    found, moved = latest(room), room.movement
    assert moved is not None
    tables: list[Markup | str] = [
        firsts_table(found, question),
        ranks_table(found, question),
        standing_table(found, question),
        shares_table(found, question),
        sides_table(found, question),
        groups_table(found, question),
        moved_table(found, moved, question),
    ]
    for table in tables:
        assert "&lt;script&gt;" in table
        assert "<script" not in table
