"""The state of the fake Zalo: who is there, what the bot gets to hear, and what it may say."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sandbox.zalo_api.assumptions import Assumptions
from sandbox.zalo_api.kept import Kept
from sandbox.zalo_api.values import ApiError, Call, Fault, Json, Person

BOT: Json = {"id": "1459232241454765289", "account_name": "bot.NhacViec", "account_type": "BASIC"}
NAME = "Nhắc Việc (thử)"


class Platform:
    """One bot's Zalo, in memory, thread-safe; `now` gives aware UTC times, with `journal` it survives a restart.

    `dropped` is what people wrote while nobody polled: the platform keeps nothing, and nobody is told. `changed` is
    called, from any thread, whenever a chat shows something new.
    """

    def __init__(
        self,
        token: str,
        now: Callable[[], datetime],
        assumptions: Assumptions | None = None,
        *,
        journal: Path | None = None,
        changed: Callable[[], object] = lambda: None,
    ) -> None:
        self.token, self.now, self.assumes = token, now, assumptions or Assumptions()
        self.people: dict[str, Person] = {}
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.dropped: list[Json] = []
        self.photos: dict[str, tuple[datetime, bytes]] = {}
        self.webhook: Json | None = None
        self.to_bring: list[Json] = []
        self.address = "http://127.0.0.1"
        self.lock = threading.RLock()
        self._waiting: list[tuple[datetime, Json]] = []
        self._open_polls = 0
        self._listeners: list[Callable[[], None]] = []
        self._count = 0
        # How many messages of the bot left in which month.
        self._sent: Counter[str] = Counter()
        self._polled_until: datetime | None = None
        self._changed = changed
        self._kept = Kept(journal)
        self._kept.bring_back(self)

    # -- people ----------------------------------------------------------------------------------------------------

    def person(self, name: str) -> Person:
        """The account of somebody; the same name is the same person."""
        with self.lock:
            known = next((each for each in self.people.values() if each.name == name), None)
            if known is None:
                known = Person(f"{0xA3F5 + len(self.people):016x}", name)
                self.people[known.id] = known
                self._kept.person(known, self.now())
            return known

    def opens(self, person: Person) -> None:
        """Somebody has written to the bot at some time: from now on it can write to them."""
        if not person.knows:
            person.knows = True
            self._kept.person(person, self.now())

    def group(self, number: int) -> Person:
        """A group that the bot was added to by a link: of that it hears nothing, nor what the group is called."""
        with self.lock:
            place = f"zgr-{number:020x}"
            if place not in self.people:
                self.people[place] = Person(place, f"nhóm {number}", knows=True)
                self._kept.person(self.people[place], self.now())
            return self.people[place]

    def say_in(self, group: Person, person: Person, text: str) -> None:
        """Somebody writes in a group; the bot gets what begins with its whole name."""
        if text.startswith(f"@{NAME} "):
            self._from(person, "message.text.received", {"text": text, "message_type": "TEXT"}, group)

    def say(self, person: Person, text: str) -> None:
        """Somebody types a text to the bot."""
        self._from(person, "message.text.received", {"text": text, "message_type": "TEXT"})

    def send_photo(self, person: Person, data: bytes, caption: str = "") -> None:
        """Somebody sends a photo: the bot gets an address that serves for a minute, to whoever has it."""
        with self.lock:
            path = f"/photos/{len(self.photos) + 1}.jpg"
            self.photos[path] = (self.now(), data)
            self._kept.photo(path, data, self.now())
        said = {self.assumes.photo_field: f"{self.address}{path}", "message_type": "CHAT_PHOTO"}
        self._from(person, "message.image.received", said | ({"caption": caption} if caption else {}))

    def send_voice(self, person: Person) -> None:
        """Somebody speaks."""
        self._from(person, "message.voice.received", {"voice_url": "https://voice.zdn.vn/1.aac"})

    def send_sticker(self, person: Person) -> None:
        """Somebody sends a sticker."""
        self._from(person, "message.sticker.received", {"sticker": "b36ab0", "url": "https://zalo-api.zadn.vn/1"})

    def send_document(self, person: Person, name: str = "tep.pdf") -> None:
        """Somebody sends a PDF, of which nothing arrives."""
        content: Json | None = {} if self.assumes.unsupported_is_named else None
        self._from(person, "message.unsupported.received", content, own={"document": name})

    def photo(self, path: str) -> bytes | None:
        """The bytes at a photo's address; None once it does not serve any more."""
        with self.lock:
            sent_at, data = self.photos.get(path, (None, b""))
            lives = timedelta(seconds=self.assumes.photo_lives_s)
            return data if sent_at is not None and self.now() - sent_at <= lives else None

    def _from(
        self,
        person: Person,
        event: str,
        content: Json | None,
        group: Person | None = None,
        *,
        own: Json | None = None,
    ) -> None:
        """Somebody sends what the bot gets as `content`, None for no message at all; their phone shows `own` too."""
        with self.lock:
            # Who writes in a group has not opened a chat of their own.
            if group is None:
                self.opens(person)
            update: Json = {"event_name": event}
            place = group or person
            message = self._message(place, {"id": person.id, "is_bot": False, "display_name": person.name})
            if content is not None:
                update["message"] = message | content
            self._say(place, message | (content or {}) | (own or {}))
            for _ in range(1 + self.assumes.again):
                self._push(update)
            listeners = list(self._listeners)
        for tell in listeners:
            tell()
        self._changed()

    def _say(self, place: Person, message: Json) -> None:
        self.put(place, message, self.now())
        self._kept.message(place, message, self.now())

    def put(self, place: Person, message: Json, at: datetime) -> None:
        """A message stands in a chat since a moment."""
        place.messages.append(message)
        self._count += 1
        self._sent[_month(at)] += message["from"]["is_bot"]

    def _message(self, person: Person, sender: Json) -> Json:
        return {
            "message_id": f"{0x2D758CB5E222 + self._count + 1:020x}",
            "date": int(self.now().timestamp() * 1000),
            "chat": {"id": person.id, "chat_type": "GROUP" if person.id.startswith("zgr-") else "PRIVATE"},
            "from": sender,
        }

    # -- what the bot hears ----------------------------------------------------------------------------------------

    def _push(self, update: Json) -> None:
        if self.webhook is not None:
            self.to_bring.append(update)
        elif self._open_polls or self._is_kept(self._polled_until):
            self._waiting.append((self.now(), update))
        else:
            self.dropped.append(update)

    def _is_kept(self, since: datetime | None) -> bool:
        return since is not None and self.now() - since <= timedelta(seconds=self.assumes.kept_s)

    def begin_poll(self) -> None:
        """A poll is open from now on; what waited for it too long is gone. Raises ApiError(400) with a webhook."""
        with self.lock:
            if self.webhook is not None:
                raise ApiError(400, "Bad Request: can't use getUpdates method while webhook is active")
            self.dropped += [update for at, update in self._waiting if not self._is_kept(at) and not self._open_polls]
            self._waiting = [each for each in self._waiting if self._is_kept(each[0]) or self._open_polls]
            self._open_polls += 1

    def end_poll(self) -> None:
        """A poll is over, however it ended."""
        with self.lock:
            self._open_polls -= 1
            self._polled_until = self.now()

    @property
    def is_polled(self) -> bool:
        """Whether a poll is open."""
        return self._open_polls > 0

    def pending_updates(self) -> list[Json]:
        """What waits for a poll."""
        with self.lock:
            return [update for _, update in self._waiting]

    def take(self) -> Json | None:
        """The next update, which is forgotten with that: of two polls one gets it."""
        with self.lock:
            return self._waiting.pop(0)[1] if self._waiting else None

    def on_news(self, tell: Callable[[], None]) -> Callable[[], None]:
        """Calls `tell` whenever somebody did something, from any thread; the result ends that."""
        self._listeners.append(tell)
        return lambda: self._listeners.remove(tell)

    def hook_body(self, update: Json) -> Json:
        """An update as a webhook is brought it."""
        return {"ok": True, "result": update} if self.assumes.wrapped_hooks else update

    # -- what the bot does -----------------------------------------------------------------------------------------

    def fail(self, kind: Any, method: str | None = None, times: int = 1) -> None:
        """Lets the next calls fail: by a kind of fault, or with an error code."""
        self.faults.append(Fault(kind, method, times))

    def next_fault(self, method: str, chat_id: Any = None) -> Fault | None:  # noqa: ARG002 - who watches it asks
        """The fault for a call, used up by it."""
        with self.lock:
            found = next((each for each in self.faults if each.matches(method)), None)
            if found is not None:
                found.times -= 1
            return found

    def record(self, method: str, params: Json, code: int) -> None:
        """Notes a call."""
        with self.lock:
            self.calls.append(Call(self.now(), method, params, code))

    def open_chat(self, chat_id: Any) -> Person:
        """The person of a chat that takes messages; raises ApiError."""
        person = self.people.get(chat_id) if isinstance(chat_id, str) else None
        if person is None or not person.knows:
            raise ApiError(410, "The chat_id is invaild")
        if person.has_closed:
            raise ApiError(self.assumes.closed, "Forbidden")
        return person

    def post(self, person: Person, content: Json) -> Json:
        """Puts a message of the bot into a chat; raises ApiError(429) where the month is spent."""
        if self._sent[_month(self.now())] >= self.assumes.most_messages:
            raise ApiError(429, "Quota exceeded")
        message = self._message(person, {"id": BOT["id"], "is_bot": True, "display_name": NAME}) | content
        self._say(person, message)
        self._changed()
        return {"message_id": message["message_id"], "date": message["date"]}


def _month(moment: datetime) -> str:
    return f"{moment:%Y-%m}"
