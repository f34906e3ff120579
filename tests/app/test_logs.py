"""Logs: no token, whatever brought it there, and one line a record."""

import logging

from app.logs import Redacting

TOKEN = "123456789:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi"


def record(message: str, error: BaseException | None = None) -> logging.LogRecord:
    """A record as a library would make it."""
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("httpx", logging.INFO, __file__, 1, message, (), info)


def test_a_token_is_taken_out_of_messages_and_tracebacks() -> None:
    formatter = Redacting("%(message)s")
    address = f"https://api.telegram.org/bot{TOKEN}/getMe"
    try:
        raise ValueError(address)
    except ValueError as error:
        text = formatter.format(record(f"GET {address}", error))
    assert TOKEN not in text
    assert text.count("<token>") == 2


def test_control_characters_of_people_do_not_reach_the_terminal() -> None:
    assert Redacting("%(message)s").format(record("a\x1b[2Jb\rc")) == "a?[2Jb?c"
