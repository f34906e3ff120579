"""Brings updates to the webhook as Telegram does: in order, with the secret, again until they are taken."""

from __future__ import annotations

import threading
import time

import httpx

from sandbox.telegram_api.platform import Platform

# As in the Bot API's own server (telegram-bot-api, WebhookActor): again at once, then after longer and longer.
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.05, 60.0
TIMEOUT_S = 30.0


class Bringer:
    """A thread that POSTs what waits, oldest first, one at a time; `start` is harmless when it runs already."""

    def __init__(self, platform: Platform, longest_pause_s: float = LONGEST_PAUSE_S) -> None:
        self._platform, self._longest = platform, longest_pause_s
        self._news, self._closing = threading.Event(), False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to bring; callable from any thread."""
        if self._thread is None and not self._closing:
            self._thread = threading.Thread(target=self._run, name="telegram-webhook", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Bring nothing more, once the request under way is answered."""
        self._closing = True
        self._news.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        end = self._platform.on_change(self._news.set)
        failures, last = 0, None
        try:
            # No proxy of the environment: it brings to this machine.
            with httpx.Client(timeout=TIMEOUT_S, trust_env=False) as client:
                while not self._closing:
                    self._news.clear()
                    found = self._platform.to_bring()
                    if found is None:
                        self._news.wait()
                        continue
                    url, secret, update = found
                    if (url, update["update_id"]) != last:
                        failures, last = 0, (url, update["update_id"])
                    error = _post(client, url, secret, update)
                    if not error:
                        self._platform.brought(update["update_id"])
                        continue
                    self._platform.not_brought(url, error)
                    failures += 1
                    self._pause(failures, url)
        finally:
            end()

    def _pause(self, failures: int, url: str) -> None:
        """Wait after a failure; another webhook ends the pause, other news does not."""
        seconds = min(self._longest, FIRST_PAUSE_S * 2.0 ** min(failures - 1, 20))
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._closing and self._platform.webhook["url"] == url:
            time.sleep(FIRST_PAUSE_S)


def _post(client: httpx.Client, url: str, secret: str, update: dict[str, object]) -> str:
    """The error in Telegram's words; empty when the update was taken."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    try:
        answer = client.post(url, json=update, headers=headers)
    except httpx.ConnectError:
        return "Connection refused"
    except httpx.TimeoutException:
        return "Read timeout expired"
    except httpx.HTTPError:
        return "Webhook connection closed"
    if answer.is_success:
        return ""
    return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
