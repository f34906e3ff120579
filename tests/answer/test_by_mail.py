"""A letter's digest brings links too, and what is sent by one is confirmed by a letter."""

from __future__ import annotations

from tests.answer.reader import SITE, Reader, links_in
from tests.channels.on_mail import on_mail
from tests.conftest import MakeWorld


def test_who_is_on_mail_alone_answers_by_the_link_of_a_letter(make_world: MakeWorld) -> None:
    with on_mail() as mail:
        mail.world = make_world(2020, 1, 2, 7, 0, beside=(mail.channel,), public_url=SITE, **mail.settings)
        mail.world.settle()
        lan = mail.linked("Lan", "lan@sondung.example.vn", "sondung")
        mail.world.at(2020, 1, 14, 7, 30)
        path = links_in(str(lan.unread[-1]))[0]
        lan.forgets()
        Reader(mail.world).sends(path, [("kh.pdf", b"%PDF-1.4 plan")], answer="done").shows("Đã ghi nhận", status=200)
        lan.expects("Đã ghi nhận", "2b", "1 tệp", "Báo qua đường dẫn").is_silent()
