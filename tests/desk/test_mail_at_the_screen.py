"""Mail at the screen: letters that are nobody's looked at and placed, an invite and a further way that go by mail."""

import re
from collections.abc import Iterator

import pytest

from plan.people import Role
from sandbox.world import World
from tests.channels.on_mail import OnMail, on_mail
from tests.conftest import MakeWorld
from tests.desk.computer import Computer
from tests.desk.people import seated
from tests.journeys.test_zalo import kept

LAN, QUEUE = "lan@sondung.example.vn", "/cho-xu-ly"
HOSTILE = "2b đã xong <script>alert(1)</script>"


@pytest.fixture
def mail(make_world: MakeWorld) -> Iterator[OnMail]:
    """A service on Telegram and with mail; an admin, a leader, and Lan of sondung on mail alone."""
    with on_mail() as found:
        found.world = make_world(2020, 1, 14, 9, 0, beside=(found.channel,), **found.settings)
        found.world.settle()
        found.world.admin("Hương")
        found.world.officer("Sếp", "noivu", role=Role.LEADER)
        yield found


def places(screen: Computer, number: int, agency: str) -> dict[str, str]:
    """The form that places a letter, with the agency's 2b chosen."""
    screen.opens(f"{QUEUE}/thu/{number}?don-vi={agency}")
    [work] = re.findall(r'<option value="(\d+)">2b – ', screen.page)
    return screen.form("/lam/place-letter") | {"obligation": work}


def sends(screen: Computer, form: dict[str, str], name: str = "", data: bytes = b"") -> Computer:
    """Presses its button, with a file or none."""
    return screen.posts("/lam/place-letter", form, files={"file": (name, data)})


def came(world: World) -> list[tuple[object, ...]]:
    """Whose answers are recorded, and how they came."""
    return kept(world, "SELECT o.agency_id, s.on_behalf FROM submission s JOIN obligation o ON o.id = s.obligation_id")


def test_letters_that_are_nobodys_are_looked_at_and_placed(mail: OnMail) -> None:
    world = mail.world
    lan, mai = mail.linked("Lan", LAN, "sondung"), world.officer("Mai", "sonlong")
    stranger = mail.person("Văn thư", "vanthu@example.vn")
    lan.writes(HOSTILE, subject="Báo cáo", files=[("kh.pdf", b"%PDF-1.4 x")])
    stranger.writes("Gửi anh chị lịch công tác", subject="Lịch")
    stranger.writes("Xã Sơn Long đã xong 2b", subject="Kết quả")
    world.at(2020, 1, 15, 10, 0)
    leader = seated(world, "Sếp").opens(QUEUE).shows_no("Thư chưa rõ", "Văn thư")
    forged = {"csrf": leader.form("/ra")["csrf"], "back": "/", "letter": "1", "obligation": "1"}
    assert leader.opens(f"{QUEUE}/thu/1").status == 404
    for act in ("settle-letter", "place-letter"):
        leader.posts(f"/lam/{act}", forged | {"nonce": act[0] * 22}).shows("dành cho đầu mối tổng hợp")
    screen = seated(world, "Hương").opens(QUEUE)
    screen.shows(
        "Thư chưa rõ của ai 3",
        "ghi địa chỉ của Lan",
        "chưa chắc là người đó viết",
        "Kèm 1 tệp",
        HOSTILE,
        "Mở thư để xem toàn văn",
    )
    assert "<script>alert" not in screen.page
    # The address is Lan's: what her agency owes is offered at once.
    form = places(screen, 1, "")
    assert form["letter"] == "1"
    screen.shows("UBND xã Sơn Dung", "tính từ lúc thư đến (09:00 ngày 14/01/2020)")
    lan.forgets()
    for _ in range(2):
        sends(screen, form, "kh.pdf", b"%PDF-1.4 x").shows("qua thư điện tử", "09:00 ngày 14/01/2020", "Đã ghi T1 vào")
    assert came(world) == [("sondung", 1)]
    assert kept(world, "SELECT name FROM evidence WHERE submission_id IS NOT NULL") == [("kh.pdf",)]
    [(note,)] = kept(world, "SELECT note FROM submission")
    assert HOSTILE in str(note)
    # Nothing of the work's record says who wrote it.
    assert LAN not in str(note)
    world.settle()
    lan.expects("đã ghi kết quả nộp qua thư điện tử").is_silent()
    # What was looked at is looked at by nobody again; what is answered stays as it is.
    assert screen.opens(f"{QUEUE}/thu/1").status == 404
    sends(screen, form | {"nonce": "A" * 22}).shows("đã có người xem")
    sends(screen, form | {"nonce": "B" * 22, "letter": "2"}).shows_no("Đã ghi T2")
    screen.opens(QUEUE).shows("Thư chưa rõ của ai 2")
    ticked = {**screen.form("/lam-nhieu/settle-letter"), "ticked": ["2"]}
    screen.posts("/lam-nhieu/settle-letter", ticked).shows("Đã đưa T2 ra khỏi danh sách")
    # The same in the chat: an agency is named, and a leader has no such list.
    boss = world.phone("Hương")
    boss.forgets().says("/hopthu T3").expects("địa chỉ chưa gắn với ai", "/hopthu T3 2b")
    boss.says("/hopthu T3 2b").expects("kèm mã việc và đơn vị")
    boss.says("/hopthu T3 2b sonlong").expects("Đã ghi nhận").expects("Đã ghi T3 vào việc 2b – UBND xã Sơn Long")
    mai.expects("đã ghi kết quả nộp qua thư điện tử")
    assert came(world) == [("sondung", 1), ("sonlong", 1)]
    boss.says("/choxuly").expects("Không có gì đang chờ")
    entries = kept(world, "SELECT subject, detail FROM audit WHERE action = 'letter.settled' ORDER BY id")
    assert [subject for subject, _ in entries] == ["letter:1", "letter:2", "letter:3"]
    assert ['"obligation"' in str(detail) for _, detail in entries] == [True, False, True]


def test_an_invite_and_a_further_way_go_by_mail(mail: OnMail) -> None:
    world = mail.world
    mai, nga = mail.person("Mai", "mai@sonlong.example.vn"), mail.person("Nga", "nga@sondung.example.vn")
    world.officer("Nga", "sondung").forgets()
    screen = seated(world, "Hương").opens("/can-bo").shows("Gửi thư mời đến")
    asked = {"agency": "sonlong", "role": "officer", "name": "Mai", "way": "mail"}
    screen.posts("/can-bo/moi", screen.form("/can-bo/moi") | asked | {"address": "không có"}).shows(
        "Địa chỉ thư chưa đúng"
    )
    assert kept(world, "SELECT count(*) FROM invite WHERE label = 'Mai'") == [(0,)]
    screen.sends("/can-bo/moi", address=mai.address).shows(f"Thư mời đang được gửi đến {mai.address}")
    world.settle()
    mai.expects("mời đồng chí nhận tin nhắc việc", "UBND xã Sơn Long", "Mã mời")
    [code] = re.findall(r"\d{4} \d{4}", screen.text)
    mai.answers(code).answers("Đồng ý ạ").forgets()
    screen.opens("/can-bo").shows("Mai (P")
    # Somebody on Telegram: a code goes to the address, and nothing else does before it came back.
    [(number,)] = kept(world, "SELECT id FROM person WHERE name = 'Nga'")
    screen.opens(f"/can-bo/kenh?nguoi={number}")
    screen.sends("/can-bo/kenh", 1, address="nga@").shows("Địa chỉ thư chưa đúng")
    screen.sends("/can-bo/kenh", 1, address=nga.address).shows(f"Đã gửi mã xác nhận gồm tám chữ số đến {nga.address}")
    world.settle()
    world.phone("Nga").expects("Hương", "vừa tạo mã để gắn Email")
    nga.expects("Mã xác nhận")
    assert kept(world, "SELECT count(*) FROM address WHERE channel = 'mail'") == [(1,)]
    nga.answers(re.findall(r"\d{4} \d{4}", str(nga.last))[0]).expects("Đã xác nhận địa chỉ thư")
    assert kept(world, "SELECT count(*) FROM address WHERE channel = 'mail'") == [(2,)]
