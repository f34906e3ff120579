"""One person of each kind and the three kinds of chats, on Telegram and on Zalo: asked who may say what, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from plan.people import Role
from sandbox.phone import Phone, text_of
from sandbox.world import World
from sandbox.zalo_api.phone import ZaloPhone
from sandbox.zalo_api.platform import BOT, NAME
from sandbox.zalo_api.values import Person
from store import people
from tests.bot.access_matrix import MATRIX, PLACES
from tests.channels.on_zalo import ADDRESS, TOKEN, OnZalo
from tests.conftest import MakeWorld

OTHER_GROUP = -4002
LINKED_ON_ZALO, OTHER_ON_ZALO = 1, 2
REFUSALS = (
    "chưa gắn với đơn vị nào",
    "Lệnh này dành cho",
    "Lệnh này dùng trong nhóm",
    "Lệnh này dùng trong tin nhắn riêng",
    "Nhóm này chưa được gắn",
    # Consent that nobody asked for.
    "Hệ thống chưa hiểu tin này",
)


class Town(Protocol):
    """One person of each kind, for each verb a stranger of its own, an office's group and a group of nobody."""

    def rights(self, verb: str, place: str, actors: Sequence[str]) -> str:
        """A letter for each actor who says the command in a place, one after the other: y or -."""
        ...


def letters(answers: Iterable[str]) -> str:
    """For each answer whether it shows that the command was carried out, or at least begun."""
    return "".join("y" if answer and not any(refusal in answer for refusal in REFUSALS) else "-" for answer in answers)


class OnTelegram:
    """The town on Telegram; in a group the bot replies to a message, so that several people may speak at once."""

    def __init__(self, make_world: MakeWorld) -> None:
        self.world = world = make_world(2020, 1, 2, 7, 0)
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
        boss.says(f"/revoke P{number_of(world, 'telegram', removed.user)} co")
        self.places = dict(zip(PLACES, (None, linked, OTHER_GROUP), strict=True))

    def rights(self, verb: str, place: str, actors: Sequence[str]) -> str:
        """See Town."""
        phones = {"stranger": self.strangers[verb], **self.known}
        text = f"/{verb}" if place == "private" else f"/{verb}@NhacViecBot"
        return letters(answers_to(self.world, [phones[actor] for actor in actors], self.places[place], text))


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


class OnZaloTown:
    """The town on Zalo, where nothing replies to a message: in a group they speak one by one, by the bot's name."""

    def __init__(self, make_world: MakeWorld) -> None:
        self.zalo = zalo = OnZalo()
        # What is asked here is more than the free plan takes in a month.
        zalo.platform.assumes.most_messages = 100_000
        beside: dict[str, Any] = {"zalo_bot_token": TOKEN, "zalo_api_url": ADDRESS, "zalo_month_messages": 100_000}
        zalo.world = self.world = make_world(2020, 1, 2, 7, 0, beside=(zalo.channel,), **beside)
        self.world.settle()
        self.known: dict[str, ZaloPhone] = {
            "removed": zalo.linked("Mai", "sonlong"),
            "officer": zalo.linked("Lan", "sondung"),
            "head": zalo.linked("Bình", "sondung", Role.HEAD),
            "admin": zalo.linked("Hoa", "noivu", Role.ADMIN),
            "leader": zalo.linked("Thu", "noivu", Role.LEADER),
        }
        boss, removed = self.known["admin"], self.known["removed"]
        boss.says_in(LINKED_ON_ZALO, f"@{NAME} /link")
        boss.says(f"/revoke P{number_of(self.world, 'zalo', removed.person.id)} co")

    def rights(self, verb: str, place: str, actors: Sequence[str]) -> str:
        """See Town."""
        phones = [self.known.get(actor) or self.zalo.phone(f"Người lạ {verb}") for actor in actors]
        if place == "private":
            return letters(self._answer(phone.person, partial(phone.says, f"/{verb}")) for phone in phones)
        number = LINKED_ON_ZALO if place == "linked group" else OTHER_ON_ZALO
        group, text = self.zalo.platform.group(number), f"@{NAME} /{verb}"
        return letters(self._answer(group, partial(phone.says_in, number, text)) for phone in phones)

    def _answer(self, place: Person, speak: Callable[[], object]) -> str:
        """The bot's first answer in a place to what is said there; empty for silence."""
        before = len(place.messages)
        speak()
        said = [each["text"] for each in place.messages[before:] if each["from"]["id"] == BOT["id"]]
        return said[0] if said else ""


TOWNS: Mapping[str, Callable[[MakeWorld], Town]] = {"telegram": OnTelegram, "zalo": OnZaloTown}


def number_of(world: World, channel: str, user: object) -> int:
    """The person's row."""
    with world.service.store.look() as session:
        row = people.by_user(session, channel, str(user))
    assert row is not None
    return row[0].id or 0
