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

from channels.errors import ChannelError, FileGoneError, Sent
from channels.telegram.errors import classify, classify_fetch
from words.faults import Fault

KNOWN = {
    "BadRequest", "ChatMigrated", "Conflict", "EndPointNotFound", "Forbidden", "InvalidToken", "NetworkError",
    "PassportDecryptionError", "RetryAfter", "TelegramError", "TimedOut",
}  # fmt: skip
# Raised before the request left this machine: nothing was sent.
NOT_LEFT = {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"}
# Raised while it was on its way or the answer was awaited: nobody knows.
MAY_HAVE_ARRIVED = {
    "CloseError", "DecodingError", "HTTPError", "HTTPStatusError", "LocalProtocolError", "NetworkError",
    "ProtocolError", "ReadError", "ReadTimeout", "RemoteProtocolError", "RequestError", "TimeoutException",
    "TooManyRedirects", "TransportError", "WriteError", "WriteTimeout",
}  # fmt: skip


def subclasses(kind: type[Any]) -> set[type[Any]]:
    """A class's whole tree."""
    found: set[type[Any]] = {kind}
    for each in kind.__subclasses__():
        found |= subclasses(each)
    return found


TRANSPORT = sorted(
    (each for each in subclasses(httpx.HTTPError) if each.__module__.startswith("httpx")),
    key=lambda each: each.__name__,
)


def test_no_error_of_the_library_is_without_a_decision() -> None:
    ours = {each.__name__ for each in subclasses(TelegramError) if each.__module__ == telegram_error.__name__}
    assert ours == KNOWN, "python-telegram-bot has new errors: decide about them in channels/telegram_errors.py"
    transport = {each.__name__ for each in TRANSPORT}
    assert transport == NOT_LEFT | MAY_HAVE_ARRIVED, "httpx has new errors: decide in channels/telegram_errors.py"


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    """An error with the httpx error behind it, as PTB raises it."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize("kind", TRANSPORT, ids=lambda kind: kind.__name__)
def test_whether_it_was_sent_is_known_by_the_cause(kind: type[Exception]) -> None:
    wrapped = TimedOut() if issubclass(kind, httpx.TimeoutException) else NetworkError("")
    found = classify(caused(wrapped, kind.__new__(kind)))
    expected = Sent.NO if kind.__name__ in NOT_LEFT else Sent.UNKNOWN
    assert (found.sent, found.permanent, found.stop) == (expected, False, False)


def test_an_answer_that_is_no_answer_leaves_it_unknown() -> None:
    found = classify(NetworkError("Bad Gateway"))
    assert (found.sent, found.permanent, found.stop) == (Sent.UNKNOWN, False, False)


def test_what_is_final_and_what_stops_everything() -> None:
    assert classify(Forbidden("bot was blocked by the user")).gone
    assert classify(BadRequest("Chat not found")).gone
    text = classify(BadRequest("Message text is empty"))
    assert (text.permanent, text.gone) == (True, False)
    assert classify(InvalidToken()).stop
    assert classify(Conflict("terminated by other getUpdates request")).stop
    assert isinstance(classify_fetch(BadRequest("file is too big")), FileGoneError)


@pytest.mark.parametrize(
    ("error", "fault", "gone"),
    [
        (BadRequest("Not enough rights to send photos to the chat"), Fault.NO_PICTURES, False),
        (BadRequest("Not enough rights to send documents to the chat"), Fault.NO_FILES, False),
        (BadRequest("Not enough rights to send text messages to the chat"), Fault.NO_WORDS, False),
        (BadRequest("Have no rights to send a message"), Fault.NO_WORDS, False),
        (Forbidden("CHAT_WRITE_FORBIDDEN"), Fault.NO_WORDS, False),
        (BadRequest("Chat_send_docs_forbidden"), Fault.NO_FILES, False),
        (Forbidden("bot was kicked from the supergroup chat"), Fault.REMOVED, True),
        (Forbidden("bot is not a member of the supergroup chat"), Fault.REMOVED, True),
        (Forbidden("the group chat was deleted"), Fault.REMOVED, True),
        (BadRequest("Group chat was deactivated"), Fault.REMOVED, True),
        (Forbidden("bot was blocked by the user"), Fault.CLOSED, True),
        (BadRequest("Chat not found"), Fault.CLOSED, True),
        (BadRequest("Message text is empty"), Fault.REFUSED, False),
        (NetworkError("Bad Gateway"), Fault.PERHAPS, False),
    ],
    ids=str,
)
def test_a_refusal_has_the_right_size(error: TelegramError, fault: Fault, gone: bool) -> None:
    found = classify(error)
    assert (found.fault, found.gone) == (fault, gone)


@pytest.mark.filterwarnings("ignore")
def test_a_wait_is_kept_in_seconds() -> None:
    found: ChannelError = classify(RetryAfter(10_072))
    assert (found.retry_after, found.permanent) == (10_072.0, False)
