"""The queue of updates: kept until a later offset confirms them, for 24 hours at most."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta

from sandbox.telegram_api.values import Json

LIFETIME = timedelta(hours=24)
FIRST_UPDATE_ID = 100_000_001
# Bot API documentation, getUpdates: without a list, everything but these.
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


class Updates:
    """Updates that wait for the bot (Bot API documentation, getUpdates)."""

    def __init__(self) -> None:
        self.allowed: list[str] = []
        self._next_id = FIRST_UPDATE_ID
        self._waiting: list[tuple[datetime, Json]] = []

    def push(self, kind: str, content: Json, at: datetime) -> Json | None:
        """Queue one update with a copy of `content`; None when the bot has not asked for this kind."""
        if kind not in self.allowed if self.allowed else kind in NOT_BY_DEFAULT:
            return None
        update = {"update_id": self._next_id, kind: deepcopy(content)}
        self._next_id += 1
        self._waiting.append((at, update))
        return update

    def forget_before(self, offset: int) -> None:
        """Confirm every update below `offset`; a negative one keeps only the last -offset updates."""
        if offset < 0:
            self._waiting = self._waiting[offset:]
        elif offset > 0:
            self._waiting = [(at, update) for at, update in self._waiting if update["update_id"] >= offset]

    def would_forget(self, offset: int) -> bool:
        """Whether `forget_before` would change anything, so that idle polls are not journalled."""
        if offset < 0:
            return len(self._waiting) > -offset
        return any(update["update_id"] < offset for _, update in self._waiting)

    def pending(self, at: datetime) -> list[Json]:
        """The unconfirmed updates, oldest first; those over 24 hours old at the moment `at` are gone for good."""
        self._waiting = [(queued, update) for queued, update in self._waiting if at - queued <= LIFETIME]
        return [update for _, update in self._waiting]
