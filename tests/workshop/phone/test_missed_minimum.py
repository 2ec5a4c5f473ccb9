"""What a phone says of a leader that misses a minimum."""

from __future__ import annotations

from tests.report.questions import CAUTION, tender
from tests.workshop.phone.conftest import MakeRoom


def test_phones_say_it_of_ones_own_leader_and_of_the_rooms(
    make_room: MakeRoom,
) -> None:
    room = make_room(tender())
    room.open_round(1)
    phone, other = room.phone(), room.phone()
    for one, points in ((phone, (100, 30)), (other, (10, 100))):
        one.join("", group="north")
        one.vote(*points)
    assert phone.look().text.count(CAUTION) == 1
    assert CAUTION not in other.look().text
    room.close_round(1)
    room.reveal(1)
    # One ballot puts it first and one another: both stand first in the room.
    assert phone.look().text.count(CAUTION) == 2
    assert other.look().text.count(CAUTION) == 1
