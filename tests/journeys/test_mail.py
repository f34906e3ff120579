"""Officers on mail: linked by a code, reminded by a letter, heard by an answer to it and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from plan.people import Role
from sandbox.mailbox.person import Correspondent, Program, said
from sandbox.mailbox.post import PASSWORD
from sandbox.phone import PNG, text_of
from tests.attacks.test_what_erasing_leaves import holding
from tests.channels.on_mail import OnMail, on_mail
from tests.conftest import MakeWorld
from tests.journeys.test_zalo import kept

LAN = "lan@sondung.example.vn"


@pytest.fixture
def mail(make_world: MakeWorld) -> Iterator[OnMail]:
    """A service on Telegram and with mail, on the morning of 2 January 2020."""
    with on_mail() as found:
        found.world = make_world(2020, 1, 2, 7, 0, beside=(found.channel,), **found.settings)
        found.world.settle()
        yield found


def test_an_officer_on_mail_alone_is_reminded_and_heard(mail: OnMail) -> None:
    world = mail.world
    lan = mail.linked("Lan", LAN, "sondung")
    hoa = world.admin("Hoa")
    world.at(2020, 1, 14, 7, 30)
    lan.expects(
        "Việc cần thực hiện, ngày 14/01/2020 [NV-", "phía trên dòng này", "2b", "trước ngày 31/01/2020", "2b xong",
        "Ngừng nhận nhắc: trả lời «/tamdung»",
    ).is_silent()  # fmt: skip
    reminder = lan.last
    world.at(2020, 1, 15, 8, 0)
    lan.answers("2b đã ban hành kế hoạch", files=[("ke-hoach.pdf", b"%PDF-1.4 plan"), ("anh.png", PNG)])
    lan.expects("Về kết quả đồng chí đã báo, việc 2b", "Đã ghi nhận", "2b", "08:00 ngày 15/01/2020").is_silent()
    assert kept(world, "SELECT state, name FROM evidence ORDER BY id") == [
        ("stored", "ke-hoach.pdf"), ("stored", "anh.png"),
    ]  # fmt: skip
    # The words alone were read: nothing of the letter that it quotes.
    assert kept(world, "SELECT note FROM submission") == [("đã ban hành kế hoạch",)]
    # Read again in any program, and from a second device: it is the same letter.
    mail.post.write(mail.post.own.letters[-1].data)
    world.settle()
    lan.is_silent()
    # A new numbering of the mailbox brings nothing twice, and what comes then is read.
    mail.post.own.number_anew()
    lan.answers("/tamdung", to=reminder, program=Program.OUTLOOK).expects("Tạm dừng tin nhắc trong bao lâu?")
    lan.is_silent()
    hoa.forgets()
    assert mail.tried == []


@pytest.mark.parametrize("program", list(Program))
def test_each_program_quotes_in_its_own_way(mail: OnMail, program: Program) -> None:
    world = mail.world
    lan = mail.linked("Lan", LAN, "sondung")
    world.at(2020, 1, 14, 7, 30)
    lan.forgets().answers("2b đang làm 60%", program=program).expects("2b").is_silent()
    ((note,),) = kept(world, "SELECT progress FROM obligation WHERE progress <> ''")
    assert note == "đang làm 60%"


def test_who_only_claims_to_be_somebody_is_not_believed(mail: OnMail) -> None:
    world = mail.world
    lan, hoa = mail.linked("Lan", LAN, "sondung"), world.admin("Hoa")
    world.at(2020, 1, 14, 7, 30)
    lan.forgets()
    hoa.forgets()
    thief = mail.person("Kẻ lạ", "la@example.com")
    # With the token of Lan's letter, from another address; and with Lan's address, and no token.
    thief.answers("2b xong", to=lan.last)
    thief.writes("2b xong", subject="Báo cáo", From=f"Lan <{LAN}>")
    assert kept(world, "SELECT count(*) FROM submission") == [(0,)]
    thief.is_silent()
    lan.expects("chưa ghi nhận", "2b xong").is_silent()
    hoa.expects("1 thư điện tử chưa rõ của ai", "/hopthu")
    hoa.says("/choxuly").expects("Thư chưa rõ của ai, hoặc bị trả lại: 2")
    hoa.says("/hopthu").expects("T1", "la@example.com", "T2", LAN)
    hoa.says("/hopthu T2").expects("Từ: Lan", "chưa chắc là người đó viết", "2b xong")
    hoa.taps("Đã xem").expects("Đã đưa T2 ra khỏi")
    # Lan wrote it after all, and says so by answering the letter that asked.
    lan.answers("2b xong, có kế hoạch").expects("2b")
    assert kept(world, "SELECT count(*) FROM submission") == [(1,)]


def test_programs_are_not_answered_and_a_bounce_closes_the_way(mail: OnMail) -> None:
    world = mail.world
    lan, hoa = mail.linked("Lan", LAN, "sondung"), world.admin("Hoa")
    world.at(2020, 1, 14, 7, 30)
    hoa.forgets()
    lan.forgets()
    lan.answers("Tôi đi công tác đến 20/01", Auto_Submitted="auto-replied").is_silent()
    lan.answers("Tôi vắng mặt", Precedence="bulk").is_silent()
    lan.answers("").expects("chưa có lời nào phía trên phần trích").answers("").is_silent()
    mail.post.write(bounce(lan.last["Message-ID"], "5.1.1", "550 5.1.1 User unknown"))
    world.settle()
    assert kept(world, "SELECT unreachable_since IS NOT NULL FROM address WHERE channel = 'mail'") == [(1,)]
    # A full mailbox is emptied some day; the admin hears of it.
    mail.post.write(bounce(lan.last["Message-ID"], "5.2.2", "552 5.2.2 Mailbox full"))
    mail.post.write(bounce("<nv-1-aaaaaaaa@noivu.example.vn>", "5.1.1", "550 made up"))
    world.settle()
    hoa.expects("Tin không gửi được", "Lan (Xã Sơn Dung)").expects("1 thư điện tử").says("/hopthu T1").expects(
        "bị máy chủ trả lại", "Mailbox full"
    )
    hoa.says("/hopthu T2").expects("Không có T2")


def bounce(message_id: str, status: str, said: str) -> bytes:
    """What a server says of a letter that it did not bring."""
    return f"""From: MAILER-DAEMON@mail.example.vn
To: nhacviec@noivu.example.vn
Subject: Undelivered Mail Returned to Sender
Message-ID: <{status}-{message_id.strip("<>")}>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.vn

Final-Recipient: rfc822; {LAN}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {said}

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
To: {LAN}

--b--
""".replace("\n", "\r\n").encode()


def test_an_address_is_named_proven_and_used_by_nobody_else(mail: OnMail) -> None:
    world = mail.world
    lan, hoa = world.officer("Lan", "sondung"), world.admin("Hoa")
    box = mail.person("Lan", LAN)
    lan.says("/kenh lan@sondung.example.vn").expects("mã xác nhận gồm tám chữ số đến lan@sondung.example.vn")
    code = digits_of(box, "Mã xác nhận: ")
    wrong = f"{(int(code) + 1) % 10**8:08}"
    lan.says(wrong).expects("Mã không đúng")
    lan.says(f"{code[:4]} {code[4:]}").expects("Đã xác nhận địa chỉ thư lan@sondung.example.vn")
    lan.says("/kenh").expects("Telegram", "tin nhắc gửi vào đây", "Email")
    lan.says("/kenh email").expects("gửi qua Email trước")
    # Named by the admin for somebody, and proven by an answer to the letter.
    minh, other = world.officer("Minh", "sonlong"), mail.person("Minh", "minh@sonlong.example.vn")
    ((number,),) = kept(world, "SELECT id FROM person WHERE name = 'Minh'")
    hoa.forgets().says(f"/kenh P{number} lan@sondung.example.vn").expects("mỗi địa chỉ chỉ gắn với một người")
    hoa.says(f"/kenh P{number} Minh@SonLong.example.vn").expects("Minh gửi mã đó")
    minh.expects("Hoa", "vừa tạo mã để gắn Email").is_silent()
    assert "Nơi lưu" in other.unread[0] or "dữ liệu" in other.unread[0]
    other.answers(digits_of(other, "Mã xác nhận: ")).expects("Đã xác nhận địa chỉ thư minh@sonlong")
    minh.expects("Đã gắn thêm Email").is_silent()
    assert kept(world, "SELECT count(*) FROM address WHERE channel = 'mail'") == [(2,)]


def test_a_code_goes_nowhere_but_to_the_address(mail: OnMail) -> None:
    world = mail.world
    lan = world.officer("Lan", "sondung")
    # Nobody has this address: the server refuses it.
    lan.says("/kenh ai-do@noivu.example.vn").expects("Đã gửi mã xác nhận")
    world.later(hours=3)
    assert "Mã xác nhận: " not in "".join(text_of(each) for each in lan.unread)
    assert kept(world, "SELECT channel, state, chat FROM delivery WHERE occasion = 'address-code'") == [
        ("mail", "failed", ""),
    ]  # fmt: skip


def test_five_wrong_codes_make_the_right_one_worthless(mail: OnMail) -> None:
    world = mail.world
    lan, box = world.officer("Lan", "sondung"), mail.person("Lan", LAN)
    lan.says("/kenh lan@sondung.example.vn").forgets()
    code = digits_of(box, "Mã xác nhận: ")
    for step in range(1, 6):
        lan.says(f"{(int(code) + step) % 10**8:08}").forgets()
        world.later(minutes=30)
    lan.says(code).expects("không đúng, đã được dùng")
    assert kept(world, "SELECT count(*) FROM address WHERE channel = 'mail'") == [(0,)]


def test_an_invite_goes_to_an_address_and_is_taken_up_there(mail: OnMail) -> None:
    world = mail.world
    hoa = world.admin("Hoa")
    lan = mail.person("Lan", LAN)
    hoa.says(f"/moi sondung email {LAN}").expects(f"Đã gửi mã đến {LAN}")
    code = digits_of(lan, "Mã mời: ")
    lan.answers(code, program=Program.OUTLOOK).expects("Thông báo")
    lan.answers("đồng ý", program=Program.PHONE).expects("UBND xã Sơn Dung")


def digits_of(box: Correspondent, before: str) -> str:
    """The eight digits in the letter that came last, which is read with that."""
    found = box.unread[-1].split(before)[1][:9].replace(" ", "")
    box.forgets()
    return found


def test_a_lost_line_brings_the_same_letter_again_and_a_refused_password_is_told_elsewhere(mail: OnMail) -> None:
    world = mail.world
    lan, hoa = mail.linked("Lan", LAN, "sondung"), world.admin("Hoa")
    mail.post.cuts = 1
    world.at(2020, 1, 14, 7, 30)
    first, again = (each.message for each in lan.box.letters[-2:])
    assert first["Message-ID"] == again["Message-ID"]
    assert "có thể trùng" in lan.unread[1].lower() or "gửi lại" in lan.unread[1].lower()
    lan.forgets()
    hoa.forgets()
    mail.post.password = "another"
    world.at(2020, 1, 20, 7, 30)
    lan.is_silent()
    hoa.expects("Email: tài khoản của hệ thống không được nhận", "nhacviec doctor")
    mail.post.password = PASSWORD
    world.later(minutes=20)
    lan.expects("Việc cần thực hiện, ngày 20/01/2020")


def test_an_address_that_is_refused_closes_the_way_and_a_later_letter_opens_it(mail: OnMail) -> None:
    world = mail.world
    lan = mail.linked("Lan", LAN, "sondung")
    mail.post.refuses[LAN] = "550 5.1.1 User unknown"
    world.at(2020, 1, 14, 7, 30)
    assert kept(world, "SELECT unreachable_why FROM address WHERE channel = 'mail'") == [("closed",)]
    mail.post.refuses.clear()
    lan.answers("2b đang làm 60%").expects("2b")
    assert kept(world, "SELECT unreachable_since FROM address WHERE channel = 'mail'") == [(None,)]


def test_a_file_too_big_for_a_letter_leaves_its_words(mail: OnMail) -> None:
    mail.channel.abilities = replace(mail.channel.abilities, send=10)
    world = mail.world
    boss = mail.linked("Hoa", "hoa@noivu.example.vn", "noivu", Role.ADMIN)
    world.at(2020, 3, 16, 8, 0)
    boss.forgets().answers("/baocao quý 1").forgets()
    boss.answers("/congvan taichinh")
    assert any("lớn hơn mức gửi được" in each for each in map(said, (each.message for each in boss.box.letters)))


def test_nothing_of_an_erased_person_is_left(mail: OnMail) -> None:
    world = mail.world
    lan, other = mail.linked("Mèo Rất Riêng", LAN, "sondung"), world.officer("Minh", "sonlong")
    lan.answers("2b xong", files=[("rieng.pdf", b"%PDF-1.4")])
    lan.writes("thư không mã", subject="riêng tư")
    lan.answers("/xoadulieu").answers("/xoadulieu co")
    world.later(days=1)
    left = holding(world, LAN, "Mèo Rất Riêng", "thư không mã", "riêng tư")
    assert left == set(), left
    other.is_silent()


def test_what_a_server_gives_back_goes_by_the_next_way(mail: OnMail) -> None:
    world = mail.world
    lan, box = world.officer("Lan", "sondung"), mail.person("Lan", LAN)
    lan.says(f"/kenh {LAN}")
    box.answers(digits_of(box, "Mã xác nhận: "))
    lan.says("/kenh email")
    lan.forgets()
    box.forgets()
    world.at(2020, 1, 14, 7, 30)
    box.expects("Việc cần thực hiện", "2b")
    lan.is_silent()
    world.later(minutes=5)
    mail.post.write(bounce(box.last["Message-ID"], "5.1.1", "550 5.1.1 User unknown"))
    world.settle()
    lan.expects("2b", "trước ngày 31/01/2020", "Email").is_silent()
    assert kept(world, "SELECT channel, moved_from, state FROM delivery WHERE kind = 'digest'") == [
        ("telegram", "mail", "sent"),
    ]  # fmt: skip


def test_where_an_address_is_public_each_task_has_one_to_answer_at(make_world: MakeWorld) -> None:
    with on_mail() as mail:
        given = mail.settings | {"public_url": "https://tra-loi.example.vn"}
        mail.world = make_world(2020, 1, 2, 7, 0, beside=(mail.channel,), **given)
        mail.world.settle()
        lan = mail.linked("Lan", LAN, "sondung")
        mail.world.at(2020, 1, 14, 7, 30)
        lan.expects("2b", "https://tra-loi.example.vn/b/")
        page = lan.last.get_body(("html",))
        assert page is not None
        assert '<a href="https://tra-loi.example.vn/b/' in page.get_content()
