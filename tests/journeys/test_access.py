"""The door: every command by every kind of person in every kind of chat, removal, revoked and forwarded links."""

from collections.abc import Iterable, Iterator, Sequence

import pytest

from bot.commands import COMMANDS
from plan.people import Role
from sandbox.phone import Phone, text_of
from sandbox.world import GROUP, World
from store import audit, people
from store.people_tables import Invite
from tests.bot.access_matrix import ACTORS, MATRIX, PLACES, of_leader
from tests.conftest import MakeWorld

OTHER_GROUP = -4002
EVERYBODY = (*ACTORS, "leader")
REFUSALS = (
    "chưa gắn với đơn vị nào",
    "Lệnh này dành cho",
    "Lệnh này dùng trong nhóm",
    "Lệnh này dùng trong tin nhắn riêng",
    "Nhóm này chưa được gắn",
    # Consent that nobody asked for.
    "Hệ thống chưa hiểu tin này",
)


def test_every_command_is_in_the_matrix() -> None:
    assert set(MATRIX) == {command.verb for command in COMMANDS}


def answers_to(world: World, phones: Iterable[Phone], chat: int | None, text: str) -> list[str]:
    """The bot's first answer to each of several people who say the same, one after the other, in their own chat with
    the bot or in a group; empty for silence."""
    asked = []
    for phone in phones:
        where = phone.user if chat is None else chat
        message = world.platform.say(phone.user, where, text)
        asked.append((where, message["message_id"]))
    world.settle()
    return [next(_answers(world, where, number), "") for where, number in asked]


def _answers(world: World, chat: int, asked: int) -> Iterator[str]:
    """What the bot said to one message: in a group it replies to it."""
    for message in world.platform.messages(chat):
        replied = message.get("reply_to_message", {}).get("message_id", asked if chat > 0 else None)
        if message["from"]["id"] == world.platform.bot["id"] and message["message_id"] > asked and replied == asked:
            yield text_of(message)


def allowed(answer: str) -> bool:
    """Whether an answer shows that the command was carried out, or at least begun."""
    return bool(answer) and not any(refusal in answer for refusal in REFUSALS)


class Town:
    """One person of each kind, for each verb a stranger of its own, an office's group and a group of nobody."""

    def __init__(self, world: World) -> None:
        self.world = world
        boss = world.admin("Hoa")
        self.strangers = {verb: world.phone(f"Người lạ {verb}") for verb in MATRIX}
        removed = world.officer("Mai", "sonlong")
        officer, head = world.officer("Lan", "sondung"), world.officer("Bình", "sondung", role=Role.HEAD)
        # The leader stands last, so that an admin's /link has its effect before.
        self.known = {"removed": removed, "officer": officer, "head": head, "admin": boss}
        self.known["leader"] = world.officer("Thu", "noivu", role=Role.LEADER)
        everybody = [*self.strangers.values(), removed, officer, head, self.known["leader"]]
        linked = world.group(boss, *everybody).chat
        world.platform.add_group(OTHER_GROUP, "Nhóm khác", [boss.user, *(each.user for each in everybody)])
        world.platform.add_bot_to_group(OTHER_GROUP, boss.user)
        boss.says(f"/revoke P{number_of(world, removed)} co")
        self.places = dict(zip(PLACES, (None, linked, OTHER_GROUP), strict=True))

    def rights(self, verb: str, place: str, actors: Sequence[str]) -> str:
        """A letter for each actor who says the command in a place, one after the other: y or -."""
        phones = {"stranger": self.strangers[verb], **self.known}
        text = f"/{verb}" if place == "private" else f"/{verb}@NhacViecBot"
        answers = answers_to(self.world, [phones[actor] for actor in actors], self.places[place], text)
        return "".join("y" if allowed(answer) else "-" for answer in answers)


def in_order() -> list[str]:
    """The commands; the other group is bound by /link in the end."""
    return sorted(MATRIX, key=lambda verb: verb == "link")


def expected(verb: str, place: str) -> str:
    """A letter for each actor, the leader's the last."""
    number = PLACES.index(place)
    return MATRIX[verb][number] + of_leader(verb)[number]


@pytest.mark.long
def test_who_may_say_what_and_where(make_world: MakeWorld) -> None:
    town = Town(make_world(2020, 1, 2, 7, 0))
    found = {(verb, place): town.rights(verb, place, EVERYBODY) for verb in in_order() for place in PLACES}
    assert found == {(verb, place): expected(verb, place) for verb in in_order() for place in PLACES}


def test_each_command_by_one_kind_of_person_in_one_place(make_world: MakeWorld) -> None:
    """A sample of the whole table, over which `make test-long` goes: each pair of person and place some three times."""
    pairs = [(actor, place) for actor in EVERYBODY for place in PLACES]
    # Seven shares no factor with the number of pairs: neighbours in the table are asked by different people.
    asked = {verb: pairs[7 * number % len(pairs)] for number, verb in enumerate(in_order())}
    town = Town(make_world(2020, 1, 2, 7, 0))
    wanted = {verb: expected(verb, place)[EVERYBODY.index(actor)] for verb, (actor, place) in asked.items()}
    assert {verb: town.rights(verb, place, [actor]) for verb, (actor, place) in asked.items()} == wanted
    assert set(wanted.values()) == {"y", "-"}


def number_of(world: World, phone: Phone) -> int:
    """The person's row."""
    with world.service.store.look() as session:
        row = people.by_user(session, "telegram", str(phone.user))
    assert row is not None
    return row[0].id or 0


def test_a_removed_person_is_out_at_once_and_so_are_their_old_buttons(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.at(2020, 1, 2, 7, 30)
    lan.expects("2b")
    reference = f"P{number_of(world, lan)}"
    boss.forgets().says("/nguoi").expects("Người đã gắn tài khoản: 2", "Hoa", f"{reference} Lan", "UBND xã Sơn Dung")
    boss.forgets().says(f"/thuhoi {reference}").expects("Kết thúc quyền của Lan").expects_buttons("Thu hồi")
    boss.taps("Thu hồi").expects("Đã kết thúc quyền", "Không còn ai nhận tin cho: UBND xã Sơn Dung").is_silent()
    lan.forgets()
    lan.says("/done 2b").expects("chưa gắn với đơn vị nào").is_silent()
    lan.sends_photo("/done 2b").expects("chưa gắn với đơn vị nào").is_silent()
    lan.taps("Đã xong").is_told("chưa gắn với đơn vị nào")
    lan.says("xong 2b", reply_to="2b").expects("chưa gắn").is_silent()
    boss.says("/tonghop 2b").expects("0/23")
    world.at(2020, 1, 14, 7, 30)
    lan.is_silent()
    boss.forgets().says(f"/thuhoi {reference}").expects("quyền này đã hết").is_silent()


def test_what_waits_for_a_removed_person_does_not_leave(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.officer("Lan", "sondung")
    world.stop()
    world.start()
    with world.service.store.unit() as session:
        people.leave(session, number_of(world, lan), world.now, via="test", actor=number_of(world, boss))
    world.at(2020, 1, 2, 7, 30)
    lan.is_silent()


def test_a_button_belongs_to_whom_it_was_shown(world: World) -> None:
    boss, lan, mai = world.admin("Hoa"), world.officer("Lan", "sondung"), world.officer("Mai", "sonlong")
    group = world.group(boss, lan, mai)
    lan.in_chat(GROUP).says("/done@NhacViecBot 2b")
    group.forgets()
    mai.in_chat(GROUP).forgets().taps("Báo nhầm – hủy").is_told("không phải dành cho đồng chí")
    boss.says("/tonghop 2b").expects("1/23")
    group.is_silent()


def test_revoked_links_do_not_work(world: World) -> None:
    boss, lan = world.admin("Hoa"), world.phone("Lan")
    boss.says("/invite sondung").expects("https://t.me/")
    code = boss.last.split("?start=")[1].split()[0]
    lan.starts(code).expects("dữ liệu cá nhân")
    boss.says("/thuhoi M1").expects("Thu hồi đường dẫn mời").taps("Thu hồi").expects("Đã thu hồi").is_silent()
    # Shown before, pressed after: too late.
    lan.taps("Tôi đồng ý").is_told("đã được dùng hoặc đã hết hạn")
    lan.starts(code).expects("đã được dùng hoặc đã hết hạn").is_silent()
    boss.says("/thuhoi M1").expects("quyền này đã hết").says("/thuhoi").expects("kèm mã").is_silent()
    with world.service.store.look() as session:
        assert session.get_one(Invite, 1).used_at is None
        assert audit.verify(session).why == ""


def test_the_head_of_the_audit_is_kept_outside_the_database(world: World) -> None:
    boss = world.admin("Hoa")
    world.at(2020, 1, 31, 7, 30)
    told = next(text_of(message) for message in boss.unread if "Nhật ký quản trị" in text_of(message))
    head = told.split("mã nhật ký ")[1].split()[0]
    boss.says("/invite sondung")
    with world.service.store.look() as session:
        assert audit.verify(session, head).why == ""
        assert audit.verify(session, head[:-1] + ("0" if head[-1] != "0" else "1")).why != ""


@pytest.mark.parametrize("text", ["/thuhoi P1", "/thuhoi P1 co"])
def test_nobody_locks_themselves_out(world: World, text: str) -> None:
    boss = world.admin("Hoa")
    boss.says(text).expects("đầu mối tổng hợp duy nhất", "/moi")
    other = world.admin("Phó")
    boss.forgets().says(text).expects("không tự kết thúc").is_silent()
    other.says(text.replace(" co", "")).expects("Kết thúc quyền của Hoa").is_silent()
    boss.says("/nguoi").expects("Người đã gắn tài khoản: 2")
