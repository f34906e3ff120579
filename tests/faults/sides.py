"""The platform as a part of a run: what differs between the ways by which an office is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from starlette.applications import Starlette

from channels.abilities import Abilities
from plan.people import Role
from sandbox.telegram_api.values import Json
from tests.faults.ledger import Update, Watched
from tests.faults.zalo_ledger import WatchedZalo

# An account's number, whose it becomes: the agency and the role.
Wanted = Mapping[int, tuple[str, Role]]


class Phones(Protocol):
    """What people do: each gives the message as the platform keeps it, with its `message_id`.

    Raises ValueError for what a phone could not do.
    """

    def add_person(self, user_id: int, first_name: str) -> Json:
        """Makes an account."""
        ...

    def press_start(self, user_id: int, payload: str | None = None) -> Json:
        """Opens the chat with the bot, or opens it again."""
        ...

    def say(self, user_id: int, chat_id: int, text: str) -> Json:
        """Types a text in one's own chat with the bot, or in the group."""
        ...

    def send_photo(self, user_id: int, chat_id: int, data: bytes, caption: str | None = None) -> Json:
        """Sends a photo."""
        ...

    def send_album(self, user_id: int, chat_id: int, photos: list[bytes], caption: str | None = None) -> list[Json]:
        """Sends several at once."""
        ...

    def tap(self, user_id: int, chat_id: int, message_id: int, label_or_data: str) -> Json:
        """Presses a button."""
        ...

    def block(self, user_id: int) -> None:
        """Closes the chat to the bot."""
        ...


class Side(Protocol):
    """One platform in a run, with its ledger, its phones and its faults.

    `weights` are how often phones do what, `closed` begins the error of a message whose chat is closed to the bot.
    """

    name: str
    token: str
    abilities: Abilities
    weights: Mapping[str, float]
    closed: str

    @property
    def platform(self) -> Watched | WatchedZalo:
        """The platform with its ledger."""
        ...

    @property
    def phones(self) -> Phones:
        """What people do there."""
        ...

    def app(self) -> Starlette:
        """The platform over HTTP."""
        ...

    def served_at(self, urls: Sequence[str]) -> None:
        """Says where it is served: to the bot, and to the scheduler."""
        ...

    def settings(self, url: str) -> dict[str, str]:
        """What a process is told of it, in the names of the settings."""
        ...

    def update_of(self, key: str) -> Update:
        """How the ledger calls an update that the inbox keeps under a key."""
        ...

    def addressed(self, words: str) -> str:
        """What is said to the bot in a group."""
        ...

    def forget_updates(self) -> None:
        """Lets go of what people did before the processes start."""
        ...

    def settle(self, run: Any, wanted: Wanted) -> None:
        """Links officers and admins, and the group."""
        ...

    def gone(self, run: Any) -> Mapping[Update, str]:
        """The updates that the platform took from people and the service never had, with why."""
        ...

    def rows(self, run: Any) -> Sequence[tuple[str, str]]:
        """Its own lines of the table."""
        ...
