"""Thiết lập: what holds, in words; no secret's value; how it stands; and sessions that an admin ends."""

from dataclasses import replace
from datetime import datetime

import pytest

from app import checks, settings, shown_settings, withheld
from desk.installation import Setting, Shown
from plan.people import Role
from sandbox.phone import text_of
from sandbox.world import TOKEN, World
from store import audit
from store import settings as kept
from tests.conftest import MakeWorld
from tests.desk.computer import Computer
from tests.desk.people import seated

PASSWORD = "rat-bi-mat-2020"


def so_far(world: World) -> None:
    """An admin, a leader and an officer."""
    world.admin("Hương")
    world.officer("Sếp", "noivu", role=Role.LEADER)
    world.officer("Lan", "sondung")


@pytest.fixture
def town(make_world: MakeWorld) -> World:
    """They are there."""
    return make_world(2020, 1, 14, 9, 0).begins(so_far)


def by_name(chosen: settings.Settings) -> dict[str, Setting]:
    """What a page is told of each setting."""
    return {each.name: each for each in shown_settings.shown(chosen)}


def read(**given: object) -> settings.Settings:
    """Settings as an office writes them."""
    return settings.read(_env_file=None, **given)


def test_the_page_says_what_holds_and_where_it_comes_from(make_world: MakeWorld) -> None:
    town = make_world(2020, 1, 14, 9, 0, remind_days=(10, 5), review="all").begins(so_far)
    page = seated(town, "Hương").opens("/thiet-lap")
    page.shows(
        "Nhắc trước hạn số ngày làm việc REMIND_DAYS 10, 5 môi trường hoặc .env",
        "Giờ gửi tin nhắc trong ngày làm việc SEND_WINDOWS 07:30-10:30, 13:30-16:30 mặc định",
        "Thủ trưởng đơn vị xác nhận trước HEAD_CONFIRMS không mặc định",
        "REVIEW all môi trường hoặc .env",
        "TELEGRAM_BOT_TOKEN đã đặt",
        "PING_URL chưa đặt",
    )
    assert TOKEN not in page.page


def test_no_secret_stands_on_the_page(town: World) -> None:
    service = town.service
    chosen = service.settings.model_copy(
        update={
            "database_url": f"postgresql+psycopg://nhacviec:{PASSWORD}@db.example/nhacviec",
            "telegram_api_url": f"https://bot:{PASSWORD}@api.example",
            "ping_url": read(ping_url=f"https://ping.example/{PASSWORD}").ping_url,
            "telegram_proxy": read(telegram_proxy=f"socks5://ai:{PASSWORD}@10.0.0.1:1080").telegram_proxy,
            "desk_url": f"smtp://hop-thu:{PASSWORD}@mail.example",
        }
    )
    town.service = replace(service, settings=chosen)
    page = seated(town, "Hương").opens("/thiet-lap").shows("DATABASE_URL đã đặt")
    assert PASSWORD not in page.page
    assert TOKEN.partition(":")[2] not in page.page
    town.service = service


@pytest.mark.parametrize(
    ("name", "given", "shown"),
    [
        ("telegram_bot_token", {"telegram_bot_token": TOKEN}, Shown.SECRET_SET),
        ("telegram_bot_token", {}, Shown.WITHHELD),
        ("telegram_proxy", {"telegram_bot_token": TOKEN}, Shown.SECRET_UNSET),
        ("database_url", {"database_url": f"postgresql://a:{PASSWORD}@h/b"}, Shown.SECRET_SET),
        ("database_url", {"database_url": "postgresql://h/b"}, Shown.SECRET_SET),
        ("database_url", {"database_url": "sqlite:///var/x.db"}, Shown.PLAIN),
        ("telegram_api_url", {"telegram_api_url": f"https://a:{PASSWORD}@h"}, Shown.SECRET_SET),
        ("telegram_api_url", {"telegram_api_url": f"https://h/?api_key={PASSWORD}"}, Shown.SECRET_SET),
        ("telegram_api_url", {"telegram_api_url": "http://10.0.0.1:8081"}, Shown.PLAIN),
        ("telegram_admin_ids", {"telegram_admin_ids": (70100201,)}, Shown.PEOPLE),
        ("backup_dir", {}, Shown.NOTHING),
        ("head_confirms", {"head_confirms": True}, Shown.YES),
    ],
)
def test_what_each_kind_of_value_is_to_a_page(name: str, given: dict[str, object], shown: Shown) -> None:
    found = by_name(read(**given))[name]
    assert found.shown == shown
    assert PASSWORD not in found.value
    assert "70100201" not in found.value


def test_the_screens_own_process_is_told_less_and_says_so() -> None:
    apart = settings.without_secrets(read(telegram_bot_token=TOKEN, telegram_proxy="socks5://10.0.0.1:1080"))
    found = by_name(apart)
    assert {found[each].shown for each in withheld.NAMES} == {Shown.WITHHELD}


def test_a_default_is_no_choice_of_the_office() -> None:
    found = by_name(read(telegram_bot_token=TOKEN, remind_days=(9,), clock_start=""))
    assert found["remind_days"].given
    assert not found["send_windows"].given
    assert not found["database_url"].given
    assert not found["clock_start"].given


def test_it_says_how_the_installation_stands(town: World) -> None:
    page = seated(town, "Sếp").opens("/thiet-lap")
    page.shows("lỗi – 22 đơn vị chưa có cán bộ nhận được tin", "5 mẫu văn bản dùng được", "chưa có bản nào")
    page.shows("không kiểm tra ở trang này: mã của bot, đường đến nền tảng")
    with town.service.store.unit() as session:
        kept.put(session, kept.BACKUP_MADE, (town.now.replace(day=11)).isoformat())
    page.opens("/thiet-lap").shows("lưu ý – Bản sao lưu gần nhất là của", "cách đây 3 ngày")


def test_each_finding_has_its_sentence_in_both_languages(town: World) -> None:
    service = town.service
    for found in checks.at_hand(service):
        for language in ("vi", "en"):
            assert found.said(service.office.text.speaking(language)), found


def test_an_error_is_named_by_its_kind_alone(town: World) -> None:
    def stopped() -> datetime:
        raise RuntimeError("postgresql://office:opensesame@db")

    said = [each.said(town.service.office.text) for each in checks.at_hand(replace(town.service, clock=stopped))]
    assert any("RuntimeError" in each for each in said)
    assert not any("opensesame" in each for each in said)


def ended(world: World) -> list[int | None]:
    """Who ended sessions, as the audit says."""
    with world.service.store.look() as session:
        return [each.actor for each in audit.entries(session) if each.action == "desk.session_ended"]


def test_an_admin_ends_a_session_of_somebody(town: World) -> None:
    lan, boss = seated(town, "Lan"), seated(town, "Hương")
    assert lan.opens("/").status == 200
    boss.opens("/thiet-lap").shows("Đang đăng nhập trang theo dõi: 2", "Lan , từ 09:00 ngày 14/01/2020", "(máy này)")
    fields = boss.form("/lam/end-session")
    boss.sends("/lam/end-session").shows("Đã kết thúc một phiên trang theo dõi của Lan", "theo dõi: 1")
    assert len(ended(town)) == 1
    assert lan.opens("/", follow=False).status == 303
    town.settle()
    assert "đã đăng xuất đồng chí khỏi một máy" in text_of(town.phone("Lan").unread[-1])
    # Pressed again it ends nothing, and a form of before says so.
    boss.posts("/lam/end-session", fields)
    boss.posts("/lam/end-session", fields | {"nonce": "A" * 22}).shows("Phiên này đã kết thúc từ trước.")
    assert len(ended(town)) == 1


def test_only_an_admin_sees_and_ends_sessions(town: World) -> None:
    boss, leader = seated(town, "Hương"), seated(town, "Sếp")
    number = seated(town, "Hương").opens("/thiet-lap").form("/lam/end-session")["session"]
    for one in (leader.opens("/thiet-lap"), seated(town, "Lan").opens("/")):
        one.shows_no("Đang đăng nhập")
        _presses(one, number)
    assert ended(town) == []
    assert boss.opens("/").status == 200


def _presses(one: Computer, number: str) -> None:
    fields = {"csrf": one.form("/ra")["csrf"], "back": "/", "nonce": "B" * 22, "session": number}
    one.posts("/lam/end-session", fields)
