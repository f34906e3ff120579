"""The small values that the fake Bot API passes around: people, chats, files, calls, faults and its one error."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
BotStanding = Literal["never", "member", "left", "kicked"]


class ApiError(Exception):
    """An answer with ok:false: the HTTP status, Telegram's words and its ResponseParameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}


def bad_request(words: str) -> ApiError:
    """The 400 answer in Telegram's form, "Bad Request: " before the words."""
    return ApiError(400, f"Bad Request: {words}")


@dataclass
class Person:
    """A Telegram account of a human being."""

    id: int
    first_name: str
    username: str | None = None
    active: bool = True

    def as_json(self) -> Json:
        """The Bot API's User object."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name, "language_code": "vi"}
        return user | ({"username": self.username} if self.username else {})


@dataclass
class Chat:
    """A private chat, group or supergroup with all its messages, and how the bot stands in it.

    `denied` are the kinds of messages that a group does not let the bot send, as Telegram's refusal names them:
    "text messages", "photos", "documents".
    """

    id: int
    type: Literal["private", "group", "supergroup"]
    title: str
    members: list[int] = field(default_factory=list)
    bot: BotStanding = "never"
    messages: dict[int, Json] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    last_writer: int = 0
    migrated_to: int | None = None
    keyboard: Json | None = None
    # Privacy mode is off, or the bot is an admin: it reads everything.
    heard_whole: bool = False
    next_message_id: int = 1
    topics: dict[int, str] = field(default_factory=dict)
    denied: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Upload:
    """A file that came in a multipart request."""

    file_name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class StoredFile:
    """A file on the fake servers; `path` is the file_path that getFile gives."""

    file_id: str
    unique_id: str
    kind: Literal["photo", "document"]
    digest: str
    size: int
    name: str
    mime: str
    path: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Call:
    """One API call as the sandbox's page lists it; `status` is the HTTP status, 0 when the connection was dropped."""

    at: datetime
    method: str
    params: Json
    status: int
    ok: bool
    error: str = ""


@dataclass
class Query:
    """A pressed inline button that waits for answerCallbackQuery."""

    id: str
    at: datetime
    answer: Json | None = None


FaultKind = Literal[
    "400", "401", "403", "429", "500", "502html", "slow", "drop", "accepted_but_lost", "accepted_but_500"
]


@dataclass
class Fault:
    """A failure to inject into the next `times` calls that match.

    `method` None matches every method but getUpdates; `chat_id` None matches every chat. `seconds` is how long
    "slow" waits before the call is done; `retry_after` (seconds) goes with "429"; `words` replaces the description.
    "drop" closes the connection before anything is done, "accepted_but_lost" after it was done.
    """

    kind: FaultKind
    method: str | None = None
    chat_id: int | None = None
    times: int = 1
    retry_after: int = 5
    seconds: float = 0.0
    words: str = ""

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Whether this fault is for a call of `method` (any case) that names `chat_id`."""
        if self.times < 1 or (self.chat_id is not None and self.chat_id != chat_id):
            return False
        return method.lower() != "getupdates" if self.method is None else method.lower() == self.method.lower()
