"""Urgings and reminders that were put off carry the address to answer at, as the digest does."""

from __future__ import annotations

from tests.answer.people import with_a_page
from tests.answer.reader import links_in
from tests.conftest import MakeWorld


def test_an_urging_and_a_snoozed_reminder_bring_a_link_each(make_world: MakeWorld) -> None:
    zalo = with_a_page(make_world)
    world, lan = zalo.world, zalo.linked("Lan", "sondung")
    hoa, mai = world.admin("Hoa"), world.officer("Mai", "sondung")
    world.at(2020, 1, 14, 9, 0)
    for each in (lan, hoa, mai):
        each.forgets()
    hoa.says("/nhac gui 2b")
    assert len(links_in(lan.last)) == 1
    # Whoever can press has no need of one.
    assert "Báo, gửi tệp" not in mai.last
    lan.forgets().says("/nhaclai 2b 16/1")
    world.at(2020, 1, 16, 9, 0)
    found = [each for each in lan.unread if "nhắc lại" in each.casefold()]
    assert any(links_in(each) for each in found), lan.unread
