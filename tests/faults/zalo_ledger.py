"""The fake Zalo with a ledger: what it took from people, to which poll it gave it, and what it let go."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from channels.zalo.updates import keyed
from sandbox.zalo_api.assumptions import Assumptions
from sandbox.zalo_api.platform import Platform
from sandbox.zalo_api.values import Fault, Json, Person
from tests.faults.ledger import CALL, Call, Ledger
from tests.faults.line import Faults

# How often an update that was given comes once more: one source saw replays.
REPLAYS = 0.1
# By how much less than a second two polls of one bot may be apart on their way.
POLL_EVERY_S = 0.9
# For how long what is written between two polls waits for the next: with no moment a second's pause loses most of it.
KEPT_S = 2.0


@dataclass(frozen=True)
class Said:
    """What somebody wrote: `at` is the platform's clock, `moment` the machine's."""

    user: str
    at: datetime
    moment: float


class WatchedZalo(Platform, Ledger):
    """The platform as nasty as it is known to be, but for its limits of a month and the pause between two polls."""

    def __init__(
        self,
        token: str,
        now: Callable[[], datetime],
        sending: Callable[[str], tuple[int, ...]],
        faults: Faults,
        random: Random,
    ) -> None:
        assumes = Assumptions(KEPT_S, POLL_EVERY_S, most_messages=10**9, cut_polls_take=False)
        Platform.__init__(self, token, now, assumes)
        Ledger.__init__(self, sending)
        self.source, self.random = faults, random
        self.said: dict[str, Said] = {}
        self.handed: dict[str, list[tuple[Call, float]]] = defaultdict(list)
        self.replayed = 0
        self._given: list[Json] = []

    # -- what people do --------------------------------------------------------------------------------------------

    def _push(self, update: Json) -> None:
        key, _ = keyed(update)
        sender, place = update["message"]["from"]["id"], update["message"]["chat"]["id"]
        self.told[key], self.told_at[key] = "message", self.now()
        self.told_of[place, update["message"]["message_id"]] = key
        self.said[key] = Said(sender, self.now(), time.monotonic())
        super()._push(update)

    # -- what the bot hears ----------------------------------------------------------------------------------------

    def take(self) -> Json | None:
        """Gives the next update to a poll, and now and then one more that was given before."""
        with self.lock:
            if not self._waiting:
                return None
            replays = bool(self._given) and self.random.random() < REPLAYS
            self.replayed += replays
            found = self.random.choice(self._given) if replays else super().take()
            call = CALL.get()
            if found is not None and call is not None:
                self.handed[keyed(found)[0]].append((call, time.monotonic()))
                self._given.append(found)
            return found

    def pending_updates(self) -> list[Json]:
        """What waits for a poll, oldest first, by the key of each."""
        with self.lock:
            return [{"update_id": keyed(update)[0]} for _, update in self._waiting]

    def dropped_keys(self) -> set[str]:
        """The updates that were let go because nobody polled."""
        with self.lock:
            return {keyed(update)[0] for update in self.dropped}

    # -- what the bot does -----------------------------------------------------------------------------------------

    def next_fault(self, method: str, chat_id: Any = None) -> Fault | None:
        """Draws it."""
        number = int(chat_id) if isinstance(chat_id, str) and chat_id.isdecimal() else None
        kind = self.source.draw(method, number)
        return Fault(int(kind) if kind.isdecimal() else kind) if kind else None  # type: ignore[arg-type]  # by the scale

    def record(self, method: str, params: Json, code: int) -> None:
        """Keeps which chats refused a message, and for which of the two reasons that are final."""
        super().record(method, params, code)
        chat = str(params.get("chat_id", ""))
        if code == 400:
            self.refused[chat] += 1
        elif code == 410:
            self.forbidden.add(chat)

    def post(self, person: Person, content: Json) -> Json:
        """Keeps in the ledger what the bot wrote."""
        receipt = super().post(person, content)
        self.note(person.id, receipt["message_id"], str(content.get("text") or content.get("caption") or ""))
        return receipt
