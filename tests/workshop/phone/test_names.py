"""What the names mean is one tap away on a phone, without any script."""

from __future__ import annotations

import html

from tests.workshop.phone.conftest import MakeRoom, points


def test_every_page_with_a_ranking_says_what_the_names_mean(make_room: MakeRoom) -> None:
    room = make_room()
    room.open_round(1)
    phone = room.phone()
    phone.join()
    phone.vote(*points(room))
    room.close_round(1)
    room.reveal(1)
    page = html.unescape(phone.look().text)
    assert page.count("<summary>What the names mean</summary>") == 1
    for option in room.question.proposals:
        assert option.summary in page
    for criterion in room.question.criteria:
        assert criterion.definition in page
