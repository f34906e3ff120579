"""What really arrived: every message that the platform accepted, by which process, and what became of its answer."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from channels.telegram import buttons
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.values import Chat, Json

# Plain text of mark.perhaps_twice in data/texts_vi.toml; a run refuses to start when the catalogue says otherwise.
MARK = "(Tin này có thể trùng với tin đã gửi.)"
BEGINNING = re.compile(rf"^{re.escape(MARK)}\s*")


# An update's number, or the key under which it is kept where it has none.
Update = int | str


@dataclass(slots=True)
class Arrival:
    """One accepted message, of the outbox row `row` or, where that is not sure, of one of `perhaps`; `cause` is why its
    receipt was never written down.

    `life` counts the starts of the process `who`; `begun` and `at` are monotonic seconds.
    """

    chat: str
    message_id: str
    text: str
    marked: bool
    row: int | None
    labels: tuple[tuple[str, str], ...]
    who: str
    life: int
    begun: float
    at: float
    cause: str = ""
    perhaps: tuple[int, ...] = ()


@dataclass(slots=True)
class Call:
    """One request on its way through the platform."""

    who: str
    life: int
    begun: float
    fault: str = ""
    arrivals: list[Arrival] = field(default_factory=list)


CALL: ContextVar[Call | None] = ContextVar("CALL", default=None)


class Ledger:
    """What a platform accepted from the bot, and what it told the bot of people.

    `sending` gives the rows of the outbox that are being sent to a chat, for messages whose buttons do not name theirs.
    """

    def __init__(self, sending: Callable[[str], tuple[int, ...]]) -> None:
        self.sending = sending
        self.arrivals: list[Arrival] = []
        self.by_chat: dict[str, list[Arrival]] = defaultdict(list)
        self.told: dict[Update, str] = {}
        self.told_at: dict[Update, datetime] = {}
        self.told_of: dict[tuple[str, str], Update] = {}
        self.refused: Counter[str] = Counter()
        self.forbidden: set[str] = set()

    def note(self, chat: str, message_id: str, text: str, labels: tuple[tuple[str, str], ...] = ()) -> None:
        """Keeps a message that the bot sent; `labels` are its buttons with what stands under them."""
        call = CALL.get()
        assert call is not None
        bare = BEGINNING.sub("", text)
        named = buttons.unpack(labels[0][1])[0] if labels else None
        perhaps = self.sending(chat) if named is None else ()
        arrival = Arrival(
            chat=chat,
            message_id=message_id,
            text=bare.strip(),
            marked=bare != text,
            row=perhaps[0] if len(perhaps) == 1 else named,
            labels=labels,
            who=call.who,
            life=call.life,
            begun=call.begun,
            at=time.monotonic(),
            cause="the answer was lost" if call.fault.startswith("accepted") else "",
            perhaps=perhaps,
        )
        call.arrivals.append(arrival)
        self.arrivals.append(arrival)
        self.by_chat[arrival.chat].append(arrival)


class Watched(Platform, Ledger):
    """The strict platform of the sandbox, with a ledger."""

    def __init__(self, token: str, now: Any, sending: Callable[[str], tuple[int, ...]]) -> None:
        Platform.__init__(self, token, now)
        Ledger.__init__(self, sending)

    def post(self, chat: Chat, sender: int, content: Json) -> Json:
        """Keeps in the ledger what the bot wrote."""
        message = super().post(chat, sender, content)
        if sender == self.bot["id"]:
            labels = tuple(
                (button["text"], button.get("callback_data", ""))
                for row in message.get("reply_markup", {}).get("inline_keyboard", [])
                for button in row
            )
            text = str(message.get("text") or message.get("caption") or "")
            self.note(str(message["chat"]["id"]), str(message["message_id"]), text, labels)
        return message

    def tell_bot(self, kind: str, content: Json) -> Json | None:
        """Keeps which updates the platform took from people."""
        update = super().tell_bot(kind, content)
        if update is not None:
            number = int(update["update_id"])
            self.told[number] = kind
            self.told_at[number] = self.now()
            if kind == "message":
                self.told_of[str(content["chat"]["id"]), str(content["message_id"])] = number
            elif kind == "callback_query":
                self.told_of["press", str(content["id"])] = number
        return update

    def record(self, method: str, raw: Json, status: int, error: str = "") -> None:
        """Keeps which chats refused a message, and for which of the two reasons that are final."""
        super().record(method, raw, status, error)
        chat = str(raw.get("chat_id", ""))
        if status == 400:
            self.refused[chat] += 1
        elif status == 403:
            self.forbidden.add(chat)
