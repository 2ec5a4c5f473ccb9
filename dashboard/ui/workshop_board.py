"""The facilitator's board: how people join, who has voted, and what comes next."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

import streamlit as st

from dashboard.model.typed_number import Limits, Unread
from dashboard.model.wording import hash_groups
from dashboard.ui import sections, workshop_after, workshop_desk, workshop_join, workshop_marks
from dashboard.ui.html import element, joined
from dashboard.ui.keys import PROJECTOR_PARAMETER, WORKSHOP_PARAMETER, Key
from dashboard.ui.number_field import NumberField
from dashboard.ui.workshop_desk import Desk
from dashboard.workshop import words
from dashboard.workshop.codes import shown_code
from dashboard.workshop.facilitator import MOST_MINUTES, Facilitator
from dashboard.workshop.records import Pulse, Round
from dashboard.workshop.rehearsal import MOST_AT_ONCE, simulate

POLL_SECONDS = 0.8
"""A little under a second: what others do shows within two, as it is read once a second."""

_DOUBLE_CLICK = 0.6
"""Seconds in which a second press of the main button, which has changed its meaning, is none."""

Act = Callable[[Facilitator], object]

_MINUTES = NumberField(Key.WORKSHOP_MINUTES, Limits(1, MOST_MINUTES))
_PEOPLE = NumberField(Key.WORKSHOP_PEOPLE, Limits(1, MOST_AT_ONCE, whole=True), 12)


def draw(desk: Desk) -> None:
    """The whole board; what changes by itself is in a fragment of its own."""
    pulse = desk.pulse()
    st.session_state[Key.WORKSHOP_SEEN] = workshop_desk.seen(pulse.workshop)
    plan = pulse.workshop.plan
    _bar(desk)
    title = workshop_marks.heading(plan.title, words.finding(pulse), words.next_step(pulse))
    st.html(joined([workshop_marks.rehearsal_line(plan), title]))
    said = workshop_desk.take_said()
    if said:
        st.html(workshop_marks.refused(said))
    if _shows_results(pulse):
        # What the room said comes before what it took to ask it.
        _controls(desk, pulse)
        _live(desk)
        _rest(desk, pulse)
        workshop_after.results(desk, plan)
        if pulse.workshop.state == "open":
            sections.section("Let more people join")
            workshop_join.draw(desk)
    else:
        left, right = st.columns([3, 2], gap="large")
        with left:
            _controls(desk, pulse)
            _live(desk)
            _rest(desk, pulse)
        with right:
            workshop_join.draw(desk)
        workshop_after.results(desk, plan)
    workshop_after.draw(desk, plan)
    st.html(sections.small(words.PRIVACY))


def _shows_results(pulse: Pulse) -> bool:
    """Whether the last thing that happened is that the room saw what it said, or that it ended."""
    current = pulse.workshop.round
    return pulse.workshop.state == "closed" or (current is not None and current.is_revealed)


def _rest(desk: Desk, pulse: Pulse) -> None:
    """What belongs to rehearsals, and to the end."""
    if pulse.workshop.plan.rehearsal and pulse.workshop.state == "open":
        _rehearsal(desk, pulse)
    _ended(pulse)


def _bar(desk: Desk) -> None:
    """Where one can go from here."""
    query = f"{WORKSHOP_PARAMETER}={shown_code(desk.workshop.code)}&{PROJECTOR_PARAMETER}=1"
    link = element("a", "Projector", href=f"workshop?{query}", target="_blank", class_="cw-ws-link")
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.button(
            "All workshops", key=Key.WORKSHOP_ALL, type="tertiary", on_click=workshop_desk.leave
        )
        st.html(element("p", link, " (a tab of its own, for the room)", class_="cw-ws-facts"))


@st.fragment(run_every=POLL_SECONDS)
def _live(desk: Desk) -> None:
    """Counts and countdown. Where the workshop itself moved on, the whole page follows."""
    pulse = desk.pulse()
    if workshop_desk.seen(pulse.workshop) != st.session_state.get(Key.WORKSHOP_SEEN):
        st.rerun()
    workshop_marks.countdown(pulse)
    said = sections.sentence(words.counts_sentence(pulse))
    st.html(said if _shows_results(pulse) else joined([said, workshop_marks.counts(pulse)]))


# ------------------------------------------------------------------------- controls


def _controls(desk: Desk, pulse: Pulse) -> None:
    """One button for what comes next, always in the same place; beside it what else can be done."""
    current = pulse.workshop.round
    with st.container(
        key=f"{Key.WORKSHOP_MAIN}_row",
        horizontal=True,
        vertical_alignment="bottom",
        gap="small",
        wrap=True,
    ):
        if pulse.workshop.state == "closed":
            _main("Open the workshop again", desk, lambda facilitator: facilitator.reopen())
            return
        if current is None or current.is_revealed:
            _opening(desk, 1 if current is None else current.number + 1)
        elif current.is_open:
            _while_open(desk, current)
        else:
            _while_closed(desk, current)
        st.button(
            "End workshop", key=Key.WORKSHOP_END, on_click=desk.act, args=(_end,), type="tertiary"
        )


def _opening(desk: Desk, number: int) -> None:
    def begin(facilitator: Facilitator, minutes: float | None) -> None:
        facilitator.open_round(number, minutes)

    _main(f"Open round {number}", desk, _in_time(begin))
    _minutes()


def _while_open(desk: Desk, current: Round) -> None:
    number, limited = current.number, current.closes_at is not None
    _main(f"Close round {number}", desk, lambda facilitator: facilitator.close_round(number))
    st.button(
        "+2 minutes" if limited else "Close in 2 minutes",
        key=Key.WORKSHOP_LONGER,
        on_click=_give_longer,
        args=(desk, number),
    )
    if limited:
        st.button(
            "No limit",
            key=Key.WORKSHOP_NO_LIMIT,
            on_click=desk.act,
            args=(lambda facilitator: facilitator.set_time(number, None),),
        )


def _while_closed(desk: Desk, current: Round) -> None:
    number = current.number
    # Not by what the button returns: it is the one that closed the round, and in that same run
    # it would still count as pressed.
    st.button(
        f"Reveal round {number}",
        key=Key.WORKSHOP_MAIN,
        type="primary",
        on_click=_ask_reveal,
        args=(number,),
    )
    if st.session_state.pop(Key.WORKSHOP_ASKED, None) == number:
        _confirm_reveal(desk, number)
    st.button(
        f"Reopen round {number}",
        key=Key.WORKSHOP_REOPEN,
        on_click=desk.act,
        args=(_in_time(lambda facilitator, minutes: facilitator.reopen_round(number, minutes)),),
    )
    _minutes()


def _minutes() -> None:
    _MINUTES.draw("Minutes (optional)", 150, placeholder="No limit")


def _in_time(begin: Callable[[Facilitator, float | None], object]) -> Act:
    """Begins something for as long as was typed; where that cannot be read, nothing is done.

    What is wrong with it stands beside the field.
    """

    def act(facilitator: Facilitator) -> None:
        minutes = _MINUTES.read()
        if not isinstance(minutes, Unread):
            begin(facilitator, minutes)

    return act


def _main(label: str, desk: Desk, act: Act) -> None:
    st.button(label, key=Key.WORKSHOP_MAIN, type="primary", on_click=_once, args=(desk, act))


def _once(desk: Desk, act: Act) -> None:
    if _is_meant():
        desk.act(act)


def _ask_reveal(number: int) -> None:
    if _is_meant():
        st.session_state[Key.WORKSHOP_ASKED] = number


def _is_meant() -> bool:
    """The second half of a double click is no answer to what the first one brought."""
    last = cast(float, st.session_state.get(Key.WORKSHOP_PRESSED, float("-inf")))
    now = time.monotonic()
    st.session_state[Key.WORKSHOP_PRESSED] = now
    return now - last >= _DOUBLE_CLICK


def _give_longer(desk: Desk, number: int) -> None:
    desk.act(lambda facilitator: facilitator.set_time(number, workshop_desk.longer(desk.pulse())))


def _end(facilitator: Facilitator) -> None:
    facilitator.close()


@st.dialog("Reveal to everybody?", width="small")
def _confirm_reveal(desk: Desk, number: int) -> None:
    st.html(
        sections.sentence(
            f"Everybody sees what the room said in round {number}, on their phones and here. "
            "The round cannot be reopened after that."
        )
    )
    with st.container(horizontal=True, gap="small"):
        if st.button(
            "Reveal now",
            key=Key.WORKSHOP_REVEAL,
            type="primary",
            on_click=desk.act,
            args=(lambda facilitator: facilitator.reveal(number),),
        ):
            # The dialog runs by itself; the page under it has to follow.
            st.rerun()
        if st.button("Not yet", key=Key.WORKSHOP_NOT_YET):
            st.rerun()


# ------------------------------------------------------------------------- rehearsal and end


def _rehearsal(desk: Desk, pulse: Pulse) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", wrap=True):
        _PEOPLE.draw("Simulated people", 150)
        st.button(
            "Add them",
            key=Key.WORKSHOP_SIMULATE,
            on_click=_add_people,
            args=(desk,),
            help="They vote at once where a round is open.",
        )
        st.button(
            "Let them vote",
            key=Key.WORKSHOP_LET_VOTE,
            disabled=not pulse.workshop.takes_ballots,
            on_click=_simulate,
            args=(desk, 0),
        )


def _add_people(desk: Desk) -> None:
    people = _PEOPLE.read()
    if isinstance(people, float | int):
        _simulate(desk, int(people))


def _simulate(desk: Desk, people: int) -> None:
    # Another seed each time, so that those added later do not say what the first ones said.
    seed = desk.store.workshop(desk.id).events
    desk.act(lambda facilitator: simulate(facilitator, people, seed))


def _ended(pulse: Pulse) -> None:
    workshop = pulse.workshop
    if workshop.state != "closed":
        return
    st.html(
        joined(
            [
                element("h2", "The head of the log", class_="cw-h2"),
                element("p", hash_groups(workshop.head), class_="cw-ws-hash"),
                sections.small(words.HEAD_PURPOSE),
            ]
        )
    )
