"""Where an office is fed: the channel by which updates come, and what its platform takes of the answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app import zalo_webhook
from bot.door.receive import Receiver
from channels.abilities import Abilities
from channels.base import Channel
from channels.telegram import buttons
from channels.telegram.abilities import ABILITIES as TELEGRAM
from channels.zalo.abilities import ABILITIES as ZALO
from sandbox.telegram_api import contents, limits
from sandbox.telegram_api.values import ApiError
from sandbox.world import World
from store import inbox
from store.tables import Delivery
from tests.fuzz import updates, zalo_updates
from tests.fuzz.updates import Case
from words.message import Message, plain

# No sentence speaks of a button where there is none.
BUTTONS = re.compile(r"\b(bấm|nút)\b", re.IGNORECASE)
FOUND_BY_TELEGRAM = ("bot_command", "url")
Shown = tuple[str, Sequence[dict[str, Any]]]


class RefusedError(Exception):
    """The platform would not take a message, or nobody could do what it says."""


@dataclass(frozen=True)
class People:
    """Whose account is which, and the office's group."""

    strangers: tuple[str, ...]
    officer: str
    jurist: str
    head: str
    admin: str
    removed: str
    bound: str


class OnTelegram:
    """Updates of the Bot API, one at a time; messages have markup and buttons."""

    name: str = "telegram"
    abilities: Abilities = TELEGRAM
    only_by_name = False
    people = People(
        tuple(map(str, updates.STRANGERS)),
        *map(str, (updates.OFFICER, updates.JURIST, updates.HEAD, updates.ADMIN, updates.REMOVED, updates.BOUND)),
    )
    case = staticmethod(updates.case)

    def __init__(self, world: World) -> None:
        self.world, self._number = world, 0

    @property
    def receiver(self) -> Receiver:
        """The office's ear."""
        return self.world.receiver

    @property
    def channel(self) -> Channel:
        """How updates are read."""
        return self.world.channel

    def keep(self, case: Case) -> list[tuple[str, str]]:
        """Puts what a case brings into the inbox; gives it as (key, raw)."""
        self._number += 1
        brought = [(f"{self._number}:fuzz", json.dumps(case.update, sort_keys=True))]
        with self.world.service.store.unit() as session:
            inbox.keep(session, self.name, brought, self.world.now)
        return brought

    def is_group(self, chat: str) -> bool:
        """Whether a chat is no person's."""
        return not chat.isdigit()

    def shown(self, row: Delivery, message: Message) -> Shown:
        """The text that a phone shows, and its markup; raises RefusedError for what the platform does not take."""
        try:
            text, entities = contents.formatted(message.markup, "HTML", [])
            (limits.check_caption if message.picture else limits.check_text)(text)
            rows = [
                [{"text": b.label, "callback_data": buttons.pack(row.id or 0, b.command)} for b in each]
                for each in message.buttons
            ]
            limits.inline_keyboard({"inline_keyboard": rows})
        except (ApiError, buttons.ButtonError) as error:
            raise RefusedError(str(error)) from error
        return text, entities


class OnZalo:
    """Bodies as they come to the webhook, through the office's own door; messages are plain words of 1,900 bytes."""

    name: str = "zalo"
    abilities: Abilities = ZALO
    # Of a group the platform hands over what is said to us, and nothing else.
    only_by_name = True
    people = People(
        zalo_updates.STRANGERS,
        zalo_updates.OFFICER,
        zalo_updates.JURIST,
        zalo_updates.HEAD,
        zalo_updates.ADMIN,
        zalo_updates.REMOVED,
        zalo_updates.BOUND,
    )
    case = staticmethod(zalo_updates.case)

    def __init__(self, world: World) -> None:
        self.world = world
        self.mark = world.service.office.text("mark.perhaps_twice")

    @property
    def receiver(self) -> Receiver:
        """The office's ear."""
        return self.world.receivers[1]

    @property
    def channel(self) -> Channel:
        """How updates are read."""
        return self.receiver.channel

    def keep(self, case: Case) -> list[tuple[str, str]]:
        """Keeps what a body brings; gives what it brought as (key, raw), each once."""
        brought = zalo_webhook.HOOK.read(case.update["body"].encode("latin-1")) or []
        self.receiver.keep(brought)
        return list(dict(brought).items())

    def is_group(self, chat: str) -> bool:
        """Whether a chat is no person's."""
        return chat.startswith("zgr-")

    def shown(self, row: Delivery, message: Message) -> Shown:
        """The text, which nothing of is markup; raises RefusedError."""
        text = message.plain
        size = ZALO.measure(text) + ZALO.measure(plain(self.mark)) + 2
        if not text.strip() or size > ZALO.text:
            raise RefusedError(f"{size} bytes with the mark of a repeat")
        if message.buttons:
            raise RefusedError(f"delivery {row.id} has buttons")
        if BUTTONS.search(text):
            raise RefusedError("it speaks of a button")
        return text, []


Ground = OnTelegram | OnZalo
GROUNDS: dict[str, Callable[[World], Ground]] = {"telegram": OnTelegram, "zalo": OnZalo}


def contents_of(text: str, entity: dict[str, Any]) -> str:
    """The words that an entity covers."""
    units = text.encode("utf-16-le")
    return units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le", "replace")
