"""Logs: no token, whatever brought it there, and one line a record."""

import logging

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from app.logs import Redacting
from store.fence import StaleEpochError

TOKEN = "123456789:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi"


def record(message: str, error: BaseException | None = None) -> logging.LogRecord:
    """A record as a library would make it."""
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("httpx", logging.INFO, __file__, 1, message, (), info)


def test_a_token_is_taken_out_of_messages_and_tracebacks() -> None:
    formatter = Redacting("%(message)s")
    address = f"https://api.telegram.org/bot{TOKEN}/getMe"
    try:
        raise OSError(address)
    except OSError as error:
        text = formatter.format(record(f"GET {address}", error))
    assert TOKEN not in text
    assert text.count("<token>") == 2


def test_a_newline_in_somebodys_text_does_not_begin_another_record() -> None:
    formatter = Redacting("%(asctime)s %(levelname)s: %(message)s")
    assert "\n" not in formatter.format(record("a note\n2020-01-02 07:00:00 ERROR: all is lost\u2028x"))
    try:
        raise OSError("x\n2020-01-02 07:00:00 ERROR: all is lost")
    except OSError as error:
        _, *rest = formatter.format(record("trouble", error)).splitlines()
    assert len(rest) > 3
    assert all(line.startswith("    ") for line in rest)


@pytest.mark.parametrize(("state", "lines"), [(None, 1), ("57P01", 1), ("08006", 1), ("42P01", 3)])
def test_a_server_that_is_away_is_told_of_in_a_line(state: str | None, lines: int) -> None:
    said = psycopg.OperationalError("the connection\nis lost")
    said.sqlstate = state
    try:
        raise OperationalError("SELECT 1", {}, said)
    except OperationalError as error:
        _, *told = Redacting("%(message)s").format(record("trouble", error)).splitlines()
    assert min(len(told), 3) == lines


def test_an_office_that_is_anothers_is_told_of_in_a_line() -> None:
    try:
        raise StaleEpochError("another worker has the office")
    except StaleEpochError as error:
        told = Redacting("%(message)s").format(record("a step failed", error))
    assert told.splitlines() == ["a step failed", "    StaleEpochError: another worker has the office"]


def test_telephone_numbers_are_masked_and_other_numbers_are_not() -> None:
    formatter = Redacting("%(message)s")
    for written in ("0912345678", "+84912345678", "0912 345 678", "0912.345.678", "+84 912-345-678"):
        assert formatter.format(record(f"gọi {written} nhé")) == "gọi 0••••••678 nhé"
    for other in ("update 912345678:0a1b2c", "0.123456789 s", "delivery 10912345678", "chat …678", "20200102070000"):
        assert formatter.format(record(other)) == other


def test_half_of_a_character_can_be_written() -> None:
    Redacting("%(message)s").format(record("a\ud800b")).encode()


def test_control_characters_of_people_do_not_reach_the_terminal() -> None:
    assert Redacting("%(message)s").format(record("a\x1b[2Jb\rc")) == "a?[2Jb?c"
