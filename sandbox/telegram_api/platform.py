"""The fake Telegram as a whole: the people's side, the bot's methods, faults, the list of calls and the journal."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.telegram_api import asking, hooking, sending
from sandbox.telegram_api.acts import act
from sandbox.telegram_api.groups import Groups
from sandbox.telegram_api.journal import Journal
from sandbox.telegram_api.limits import Rates
from sandbox.telegram_api.methods import METHODS
from sandbox.telegram_api.params import Params, summary
from sandbox.telegram_api.values import ApiError, Call, Fault, Json

__all__ = ["Platform", "asking", "hooking", "sending"]  # the modules fill METHODS

KEPT_CALLS = 2000
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Platform(Groups):
    """One bot's Telegram, in memory, thread-safe; with `journal` it survives a restart.

    `now` gives aware UTC times and dates everything; rates run by `rate_clock` (seconds, monotonic).
    With `loopback_webhooks` a webhook may be http://127.0.0.1 with any port.
    """

    def __init__(
        self,
        token: str,
        now: Callable[[], datetime],
        journal: Path | None = None,
        *,
        enforce_rates: bool = False,
        rate_clock: Callable[[], float] = time.monotonic,
        username: str = "NhacViecBot",
        name: str = "Nhắc Việc",
        loopback_webhooks: bool = False,
    ) -> None:
        number = token.partition(":")[0]
        super().__init__(int(number) if number.isdigit() else 1, now, username, name)
        self.token = token
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self.faults: list[Fault] = []
        self.hand_out: Callable[[list[Json]], list[Json]] = lambda updates: updates
        self.fault_source: Callable[[str, int | None], Fault | None] = lambda _method, _chat_id: None
        self._rates = Rates(rate_clock) if enforce_rates else None
        self._poll = 0
        self.loopback_webhooks = loopback_webhooks
        if journal:
            self.replay(Journal(journal))

    def call(self, method: str, raw: Json) -> Any:
        """Do one API method (any case) but getUpdates and give its result; raises ApiError.

        A method that is not implemented gives 501 and is written down in `failures`.
        """
        known, params = METHODS.get(method.lower()), Params({})
        try:
            params = Params(raw)
            if known is None:
                raise ApiError(501, f"sandbox: method {method} is not implemented")
            if self._rates and known.counted:
                with self.lock:
                    self._rates.spend(params.number("chat_id") or 0)
            if known.changes:
                return self._perform(known.name, raw)
            with self.lock:
                return deepcopy(known.run(self, params))
        except ApiError as error:
            if error.code == 501:
                self.failures.append(error.description)
            raise

    @act
    def _perform(self, method: str, raw: Json) -> Any:
        return METHODS[method.lower()].run(self, Params(raw))

    def record(self, method: str, raw: Json, status: int, error: str = "") -> None:
        """Add one call to the list; `status` is the HTTP status, 0 for a dropped connection."""
        known = METHODS.get(method.lower())
        self.calls.append(Call(self.now(), known.name if known else method, summary(raw), status, not error, error))
        self.changed()

    def next_fault(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault to inject into this call: the first of `faults` that matches (used up), else `fault_source`'s."""
        with self.lock:
            for fault in self.faults:
                if fault.matches(method, chat_id):
                    fault.times -= 1
                    return fault
        return self.fault_source(method, chat_id)

    def open_poll(self) -> int:
        """Begin a getUpdates; gives its ticket and ends the poll before it. ApiError 409 with a webhook set."""
        with self.lock:
            if self.webhook["url"]:
                raise ApiError(409, WEBHOOK_ACTIVE)
            self._poll += 1
            self.wake()
            return self._poll

    def take_updates(self, ticket: int, offset: int, limit: int, allowed: list[str] | None) -> list[Json]:
        """Confirm what is below `offset` and give the updates that wait, at most `limit` (1-100), as `hand_out` says.

        Raises ApiError 409 when another getUpdates or a webhook took over (Bot API documentation, getUpdates).
        """
        with self.lock:
            if self.webhook["url"]:
                raise ApiError(409, WEBHOOK_ACTIVE)
            if ticket != self._poll:
                raise ApiError(409, TERMINATED)
            if self.updates.would_forget(offset) or (allowed is not None and allowed != self.updates.allowed):
                self._confirm(offset, allowed)
            found = self.updates.pending(self.now())[:limit]
            return deepcopy(self.hand_out(found)) if found else []

    @act
    def _confirm(self, offset: int, allowed: list[str] | None) -> None:
        self.updates.forget_before(offset)
        if allowed is not None:
            self.updates.allowed = allowed

    def to_bring(self) -> tuple[str, str, Json] | None:
        """The webhook's address, its secret and the oldest update that waits; None without a webhook or an update."""
        with self.lock:
            waiting = self.updates.pending(self.now())
            if not self.webhook["url"] or not waiting:
                return None
            return self.webhook["url"], self.webhook["secret_token"], deepcopy(waiting[0])

    def brought(self, update_id: int) -> None:
        """Forget an update that the webhook took."""
        with self.lock:
            if self.updates.would_forget(update_id + 1):
                self._confirm(update_id + 1, None)

    def not_brought(self, url: str, words: str) -> None:
        """Note the error that getWebhookInfo tells, unless the webhook is another one by now."""
        with self.lock:
            if self.webhook["url"] == url:
                self.webhook |= {"last_error_date": self.seconds(), "last_error_message": words}

    def messages(self, chat_id: int) -> list[Json]:
        """All messages of a chat in order, as Bot API Message objects; empty when there is no such chat."""
        with self.lock:
            return deepcopy(list(self.chats[chat_id].messages.values())) if chat_id in self.chats else []

    def keyboard(self, chat_id: int) -> Json | None:
        """The reply keyboard under the text field of a chat, if the bot has shown one."""
        with self.lock:
            return deepcopy(self.chats[chat_id].keyboard) if chat_id in self.chats else None

    def pending_updates(self) -> list[Json]:
        """The updates that the bot has not confirmed, oldest first."""
        with self.lock:
            return deepcopy(self.updates.pending(self.now()))

    def answers_to(self, query_id: str) -> Json | None:
        """The answer to a tap: text and show_alert; None while the phone still shows the waiting circle."""
        with self.lock:
            return deepcopy(self.queries[query_id].answer)

    def commands(self, scope: Json | None = None, language_code: str = "") -> list[Json]:
        """The commands that the bot set for exactly this BotCommandScope and language."""
        with self.lock:
            return deepcopy(self.command_lists.get((asking.scope_key(scope), language_code), []))

    def file_bytes(self, file_id: str) -> bytes:
        """The bytes of a file; ValueError when there is none of that id."""
        with self.lock:
            if file_id not in self.files.by_id:
                raise ValueError(f"there is no file {file_id}")
            return self.files.bytes_of(file_id)
