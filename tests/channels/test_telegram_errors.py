"""Every error that python-telegram-bot can raise has a decision."""

from typing import Any

import httpx
import pytest
from telegram import error as telegram_error
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from channels.base import ChannelError, FileGoneError, Sent
from channels.telegram_errors import classify, classify_fetch

KNOWN = {
    "BadRequest", "ChatMigrated", "Conflict", "EndPointNotFound", "Forbidden", "InvalidToken", "NetworkError",
    "PassportDecryptionError", "RetryAfter", "TelegramError", "TimedOut",
}  # fmt: skip
KNOWN_TRANSPORT = {
    "CloseError", "ConnectError", "ConnectTimeout", "LocalProtocolError", "NetworkError", "PoolTimeout",
    "ProtocolError", "ProxyError", "ReadError", "ReadTimeout", "RemoteProtocolError", "TimeoutException",
    "UnsupportedProtocol", "WriteError", "WriteTimeout",
}  # fmt: skip


def subclasses(kind: type[Any]) -> set[type[Any]]:
    """A class's whole tree."""
    found: set[type[Any]] = {kind}
    for each in kind.__subclasses__():
        found |= subclasses(each)
    return found


def test_no_error_of_the_library_is_without_a_decision() -> None:
    ours = {each.__name__ for each in subclasses(TelegramError) if each.__module__ == telegram_error.__name__}
    assert ours == KNOWN, "python-telegram-bot has new errors: decide about them in channels/telegram_errors.py"
    transport = {each.__name__ for each in subclasses(httpx.TransportError) if each.__module__.startswith("httpx")}
    assert transport - {"TransportError"} == KNOWN_TRANSPORT, "httpx has new errors: decide in telegram_errors.py"


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    """An error with the httpx error behind it, as PTB raises it."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "sent"),
    [
        (caused(TimedOut(), httpx.PoolTimeout("")), Sent.NO),
        (caused(TimedOut(), httpx.ConnectTimeout("")), Sent.NO),
        (caused(NetworkError(""), httpx.ConnectError("")), Sent.NO),
        (caused(NetworkError(""), httpx.ProxyError("")), Sent.NO),
        (caused(TimedOut(), httpx.ReadTimeout("")), Sent.UNKNOWN),
        (caused(TimedOut(), httpx.WriteTimeout("")), Sent.UNKNOWN),
        (caused(NetworkError(""), httpx.ReadError("")), Sent.UNKNOWN),
        (caused(NetworkError(""), httpx.RemoteProtocolError("")), Sent.UNKNOWN),
        (NetworkError("Bad Gateway"), Sent.UNKNOWN),
    ],
)
def test_whether_it_was_sent_is_known_by_the_cause(error: TelegramError, sent: Sent) -> None:
    found = classify(error)
    assert (found.sent, found.permanent, found.stop) == (sent, False, False)


def test_what_is_final_and_what_stops_everything() -> None:
    assert classify(Forbidden("bot was blocked by the user")).gone
    assert classify(BadRequest("Chat not found")).gone
    text = classify(BadRequest("Message text is empty"))
    assert (text.permanent, text.gone) == (True, False)
    assert classify(InvalidToken()).stop
    assert classify(Conflict("terminated by other getUpdates request")).stop
    assert isinstance(classify_fetch(BadRequest("file is too big")), FileGoneError)


@pytest.mark.filterwarnings("ignore")
def test_a_wait_is_kept_in_seconds() -> None:
    found: ChannelError = classify(RetryAfter(10_072))
    assert (found.retry_after, found.permanent) == (10_072.0, False)
