"""The door: two things, what waits for a second admin, locks, what is done with a code twice, sessions that end."""

from datetime import UTC, timedelta

import pyotp
import pytest

from app import checks, screen_key
from app.key_files import KeyFile
from desk.door import sealed
from sandbox.phone import Phone, text_of
from sandbox.world import World
from store import audit, desk_keys, desk_sessions, people
from store.desk_tables import DeskAuthenticator
from tests.cli.command import nhacviec
from tests.conftest import MakeWorld
from tests.desk.computer import PASSPHRASE, Computer
from tests.desk.people import CODE, asks_for_code, sets_passphrase, signs_in


@pytest.fixture
def town(make_world: MakeWorld) -> tuple[World, Phone, Phone]:
    """A world with two admins."""
    world = make_world(2020, 1, 14, 9, 0, review="all")
    return world, world.admin("Hương"), world.admin("Phó")


Town = tuple[World, Phone, Phone]


def test_the_chat_alone_opens_nothing(town: Town) -> None:
    world, boss, other = town
    other.forgets()
    name, code = asks_for_code(boss)
    screen = Computer(world)
    # A look uses nothing up, nor does a passphrase that will not do.
    screen.opens("/vao/lan-dau").opens("/vao/lan-dau")
    screen.sends("/vao/lan-dau", name=name, code=code, passphrase="ngắn", again="ngắn").shows("ít nhất 8 ký tự")
    screen.sends("/vao/lan-dau", name=name, code=code, passphrase=PASSPHRASE, again=PASSPHRASE).shows("Phó")
    screen.sends("/vao", name=name, passphrase=PASSPHRASE).shows("chưa được xác nhận")
    # The code was used up by the passphrase.
    screen.opens("/vao/lan-dau").sends("/vao/lan-dau", name=name, code=code, passphrase=PASSPHRASE, again=PASSPHRASE)
    screen.shows("Mã không đúng")
    world.settle()
    boss.forgets().says("/duyet K1").expects("cần người khác xác nhận", "Phó")
    other.expects("Xác nhận mật khẩu trang theo dõi", "Hương").taps("Không đồng ý").expects("Đã từ chối")
    boss.expects("không xác nhận mật khẩu")
    screen.opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE).shows("không đúng")


def test_the_session_of_before_the_sign_in_is_none_after(town: Town) -> None:
    world, boss, other = town
    name = sets_passphrase(world, boss, other)
    screen = Computer(world)
    boss.forgets()
    screen.opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE)
    half = screen.cookies["desk"]
    screen.opens("/cho-xu-ly").shows("Đăng nhập")
    screen.opens("/vao/ma")
    world.settle()
    [code] = CODE.findall(text_of(boss.unread[-1]))
    screen.sends("/vao/ma", code=code).shows("Danh sách nhiệm vụ")
    whole = screen.cookies["desk"]
    assert whole != half
    thief = Computer(world)
    thief.cookies.set("desk", half)
    thief.opens("/nhiem-vu").shows("Đăng nhập").shows_no("Danh sách nhiệm vụ")
    # Nor is one that somebody else made up taken over.
    thief.cookies.clear()
    thief.cookies.set("desk", "A" * 22)
    thief.opens("/nhiem-vu").shows_no("Danh sách nhiệm vụ")
    screen.sends("/ra")
    thief.cookies.clear()
    thief.cookies.set("desk", whole)
    thief.opens("/nhiem-vu").shows_no("Danh sách nhiệm vụ")


def test_five_wrong_ones_hold_that_pair_up_and_nobody_else(town: Town) -> None:
    world, boss, other = town
    name = sets_passphrase(world, boss, other)
    boss.forgets()
    guess = Computer(world, "10.9.9.9").opens("/vao")
    for _ in range(4):
        guess.sends("/vao", name=name, passphrase="sai mật khẩu").shows("không đúng")
    guess.sends("/vao", name=name, passphrase="sai mật khẩu").shows("Đã sai nhiều lần")
    # The right one is not even looked at, and nobody learns that it was right.
    guess.sends("/vao", name=name, passphrase=PASSPHRASE).shows("Đã sai nhiều lần", "09:15")
    world.settle()
    boss.expects("nhập sai nhiều lần").is_silent()
    signs_in(world, boss, name).shows("Danh sách nhiệm vụ")
    world.later(minutes=16)
    boss.forgets()
    guess.sends("/vao", name=name, passphrase=PASSPHRASE).shows("Bước 2")
    guess.opens("/vao/ma")
    for _ in range(5):
        guess.sends("/vao/ma", code="000000")
    guess.shows("Đã sai nhiều lần")
    world.settle()
    # Told once a day.
    assert not [each for each in boss.unread if "nhập sai nhiều lần" in text_of(each)]


def test_a_right_passphrase_gives_no_more_attempts_at_the_code(town: Town) -> None:
    world, boss, other = town
    name = sets_passphrase(world, boss, other)
    thief = Computer(world)
    for _ in range(2):
        thief.opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE)
        for _ in range(2):
            thief.sends("/vao/ma", code="000000")
    thief.opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE).sends("/vao/ma", code="000000")
    assert thief.status == 403
    thief.opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE)
    assert thief.status == 403


def test_it_locks_and_nothing_that_was_typed_is_lost(town: Town) -> None:
    world, boss, other = town
    lan = world.officer("Lan", "sondung")
    name = sets_passphrase(world, boss, other)
    lan.says("/done 2b").forgets()
    screen = signs_in(world, boss, name).opens("/cho-xu-ly")
    form = screen.form("/lam/return") | {"note": "Thiếu số văn bản"}
    world.later(minutes=6)
    screen.opens("/cho-xu-ly").shows("Trang đã khóa").shows_no("Lan", "Kết quả chờ")
    screen.posts("/lam/return", form).shows("Trang đã khóa", "nội dung vừa nhập vẫn còn")
    form_of_lock = screen.form("/ra")
    screen.sends("/mo-khoa", passphrase="sai mật khẩu").shows("không đúng")
    screen.sends("/mo-khoa", passphrase=PASSPHRASE).shows("Đã mở khóa")
    lan.is_silent()
    screen.sends("/lam/return").shows("Đã trả lại việc 2b")
    world.settle()
    lan.expects("Thiếu số văn bản")
    world.later(minutes=6)
    screen.posts("/ra", form_of_lock).shows("Đăng nhập")
    screen.opens("/cho-xu-ly").shows("Đăng nhập")


def test_the_second_thing_is_asked_once_a_day_and_on_each_device(town: Town) -> None:
    world, boss, other = town
    name = sets_passphrase(world, boss, other)
    screen = signs_in(world, boss, name)
    screen.sends("/ra").sends("/vao", name=name, passphrase=PASSPHRASE).shows("Danh sách nhiệm vụ")
    Computer(world).opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE).shows("Bước 2")
    world.at(2020, 1, 15, 8, 0)
    boss.forgets()
    screen.opens("/tai-khoan").shows("mã của ngày hôm nay")
    screen.sends("/mo-khoa", passphrase=PASSPHRASE).shows("Đã gửi mã")
    world.settle()
    [code] = CODE.findall(text_of(boss.unread[-1]))
    screen.sends("/mo-khoa", passphrase=PASSPHRASE, code=code).shows("Tên đăng nhập của đồng chí")


def test_an_app_and_printed_codes_need_no_chat(town: Town) -> None:
    world, boss, other = town
    name = sets_passphrase(world, boss, other)
    screen = signs_in(world, boss, name).opens("/tai-khoan")
    screen.sends("/tai-khoan/ung-dung", passphrase="sai mật khẩu").shows("không đúng")
    screen.sends("/tai-khoan/ung-dung", passphrase=PASSPHRASE)
    secret = next(each for each in screen.text.split() if len(each) == 32 and each.isalnum() and each.isupper())
    assert screen.opens("/tai-khoan/ung-dung.svg").page.startswith("<?xml")
    screen.opens("/tai-khoan")
    now = world.now.astimezone(UTC)
    screen.sends("/tai-khoan/ung-dung-ma", code="000000").shows("Mã không đúng")
    screen.sends("/tai-khoan/ung-dung-ma", code=pyotp.TOTP(secret).at(now)).shows("Đã thêm ứng dụng")
    with world.service.store.look() as session:
        [row] = desk_keys.authenticators(session)
        assert sealed.is_sealed(row)
        assert secret not in row.secret
    screen.sends("/tai-khoan/ma-du-phong", passphrase=PASSPHRASE).shows("Mã dự phòng mới")
    printed = [each for each in screen.text.split() if len(each) == 8 and each.isdigit()]
    assert len(printed) == 10
    boss.forgets()
    new = Computer(world).opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE).shows("ứng dụng xác thực")
    # A code that was taken is not taken twice.
    new.sends("/vao/ma", code=pyotp.TOTP(secret).at(now)).shows("Mã không đúng")
    world.later(seconds=40)
    new.sends("/vao/ma", code=pyotp.TOTP(secret).at(world.now)).shows("Danh sách nhiệm vụ")
    boss.is_silent()
    for status in (200, 403):
        again = Computer(world).opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE)
        assert again.sends("/vao/ma", code=printed[0]).status == status


def test_an_app_of_before_is_encrypted_and_one_whose_key_is_lost_is_added_anew(town: Town) -> None:
    world, boss, other = town
    name = sets_passphrase(world, boss, other)
    store, key, secret = world.service.store, screen_key.of(world.service.settings), pyotp.random_base32()
    with store.unit() as session:
        row = desk_keys.offer_authenticator(session, int(name[1:]), secret, world.now)
        assert desk_keys.take_step(session, row, 1, world.now)
    assert [each.key for each in checks.at_hand(world.service) if each.name == "app key"] == ["app_key_none"]
    assert [sealed.carry_over(store, key) for _ in range(2)] == [1, 0]
    assert [each.key for each in checks.at_hand(world.service) if each.name == "app key"] == ["app_key"]
    with store.look() as session:
        [row] = desk_keys.authenticators(session)
        assert secret not in row.secret
        assert sealed.opened(key, row) == secret
        moved = DeskAuthenticator(person_id=row.person_id + 1, secret=row.secret, made_at=world.now)
        assert sealed.opened(key, moved) is None
    at = world.now.astimezone(UTC)
    screen = Computer(world).opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE).shows("ứng dụng xác thực")
    screen.sends("/vao/ma", code=pyotp.TOTP(secret).at(at)).shows("Danh sách nhiệm vụ")
    assert isinstance(key, KeyFile)
    key.path.unlink()
    assert [each.key for each in checks.at_hand(world.service) if each.name == "app key"] == ["app_key_lost"]
    world.later(minutes=1)
    screen = signs_in(world, boss, name).shows("Danh sách nhiệm vụ").opens("/tai-khoan")
    screen.shows("không dùng được nữa, vì máy chủ không còn khóa")
    screen.sends("/tai-khoan/ung-dung", passphrase=PASSPHRASE).shows("Không quét được thì nhập tay")
    assert key.path.stat().st_mode & 0o077 == 0


def test_sessions_end_with_the_role_by_the_chat_and_by_the_page(town: Town) -> None:
    world, boss, other = town
    name = sets_passphrase(world, boss, other)
    one, two = signs_in(world, boss, name), signs_in(world, boss, name)
    two.opens("/tai-khoan").sends("/tai-khoan/phien", session="all")
    one.opens("/nhiem-vu").shows("Đăng nhập")
    boss.forgets().says("/theodoi thoat").expects("Đã kết thúc 1 nơi")
    two.opens("/nhiem-vu").shows("Đăng nhập")
    world.later(minutes=4)
    three = signs_in(world, boss, name)
    person = int(name[1:])
    with world.service.store.unit() as session:
        people.leave(session, person, world.now, via="test", actor=None)
    three.opens("/nhiem-vu").shows("Đăng nhập")
    with world.service.store.look() as session:
        said = [each.action for each in audit.about(session, f"person:{person}")]
        assert not desk_sessions.of_token(session, three.cookies["desk"])
    assert {desk_sessions.SIGNED_IN, desk_sessions.SIGNED_OUT, "desk.key_set", "desk.key_confirmed"} <= set(said)


def test_who_was_not_there_for_long_is_let_in_by_nobody_alone(town: Town) -> None:
    world, boss, other = town
    name = sets_passphrase(world, boss, other)
    signs_in(world, boss, name)
    world.now += timedelta(days=46)
    Computer(world).opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE).shows("đã lâu không dùng")


def test_who_has_only_stolen_a_chat_locks_nobody_out(town: Town) -> None:
    world, boss, other = town
    name = sets_passphrase(world, boss, other)
    other.forgets()
    _, code = asks_for_code(boss)
    thief = Computer(world, "10.66.6.6").opens("/vao/lan-dau")
    thief.sends("/vao/lan-dau", name=name, code=code, passphrase="kẻ trộm vào nhà", again="kẻ trộm vào nhà")
    thief.opens("/vao").sends("/vao", name=name, passphrase="kẻ trộm vào nhà").shows_no("Bước 2")
    signs_in(world, boss, name).shows("Danh sách nhiệm vụ")
    other.expects("Xác nhận mật khẩu").taps("Xác nhận")
    # Confirmed, it takes the place of the one before.
    Computer(world).opens("/vao").sends("/vao", name=name, passphrase=PASSPHRASE).shows("không đúng")


def test_the_machine_lets_the_only_admin_in(make_world: MakeWorld) -> None:
    world = make_world(2020, 1, 14, 9, 0)
    boss = world.admin("Hương")
    name, code = asks_for_code(boss)
    screen = Computer(world).opens("/vao/lan-dau")
    screen.sends("/vao/lan-dau", name=name, code=code, passphrase=PASSPHRASE, again=PASSPHRASE)
    screen.shows(f"nhacviec desk code {name}")
    said = nhacviec(world.database.parent, "desk", "code", name.lower(), DATABASE_URL=f"sqlite:///{world.database}")
    given = CODE.findall(said)[-1]
    screen.opens("/vao/lan-dau").sends("/vao/lan-dau", name=name, code=given, passphrase=PASSPHRASE, again=PASSPHRASE)
    screen.shows("Đã đặt mật khẩu")
    signs_in(world, boss, name).shows("Danh sách nhiệm vụ")


def test_an_admin_signs_another_out_of_every_computer(town: Town) -> None:
    world, boss, other = town
    lan = world.officer("Lan", "sondung")
    name = sets_passphrase(world, boss, other)
    screen = signs_in(world, boss, name)
    lan.forgets().says(f"/theodoi thoat {name}").expects("Lệnh này dành cho")
    screen.opens("/nhiem-vu").shows("Danh sách nhiệm vụ")
    boss.forgets()
    other.forgets().says(f"/theodoi thoát {name.lower()}").expects("Đã đăng xuất Hương", "1 nơi")
    world.settle()
    boss.expects("Phó", "đã đăng xuất đồng chí")
    screen.opens("/nhiem-vu").shows("Đăng nhập")
    other.says(f"/theodoi thoat {name}").expects("không đăng nhập")
    other.says("/theodoi thoat P999").expects("P999")
    with world.service.store.look() as session:
        [ended] = [e for e in audit.about(session, f"person:{name[1:]}") if e.action == desk_sessions.ENDED]
        assert ended.actor != int(name[1:])
