"""What of the fake Zalo outlives a restart of the sandbox: the accounts, what was said in each chat, and the photos."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.telegram_api.journal import Journal
from sandbox.zalo_api.values import Json, Person

if TYPE_CHECKING:
    from sandbox.zalo_api.platform import Platform


class Kept:
    """Writes down what happens in a platform; without a `path` nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self._journal = Journal(path) if path is not None else None

    def bring_back(self, platform: Platform) -> None:
        """Lets everything have happened that was written down, each at its own moment."""
        for at, what, found in self._journal.read() if self._journal is not None else ():
            match what:
                case "person":
                    known = platform.people.setdefault(found["id"], Person(found["id"], found["name"]))
                    known.knows = found["knows"]
                case "photo":
                    platform.photos[found["path"]] = (at, found["data"])
                case _:
                    platform.put(platform.people[found["chat"]], found["message"], at)

    def person(self, person: Person, at: datetime) -> None:
        """Keeps an account, and whether it ever wrote to the bot."""
        self._write(at, "person", {"id": person.id, "name": person.name, "knows": person.knows})

    def photo(self, path: str, data: bytes, at: datetime) -> None:
        """Keeps a photo under its address."""
        self._write(at, "photo", {"path": path, "data": data})

    def message(self, chat: Person, message: Json, at: datetime) -> None:
        """Keeps what was said in a chat."""
        self._write(at, "message", {"chat": chat.id, "message": message})

    def _write(self, at: datetime, what: str, found: Json) -> None:
        if self._journal is not None:
            self._journal.write(at, what, found)
