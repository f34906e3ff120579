"""By which ways people are invited: those whose token is known, and all where the screen's own process knows none."""

import pytest

from app import ways
from app.settings import Settings, read, without_secrets

TELEGRAM, ZALO = (
    {"telegram_bot_token": "1234567:a-token-of-nobody-at-all-0000000000"},
    {"zalo_bot_token": "1459:nobody"},
)


def chosen(**given: str) -> Settings:
    return read(_env_file=None, **given)


@pytest.mark.parametrize(
    ("given", "found"),
    [(TELEGRAM, ["telegram"]), (ZALO, ["zalo"]), (TELEGRAM | ZALO, ["telegram", "zalo"]), ({}, ["telegram", "zalo"])],
)
def test_what_is_set_up_is_offered(given: dict[str, str], found: list[str]) -> None:
    assert list(ways.of(chosen(**given))) == found


def test_without_the_key_beside_the_database_no_code_is_made() -> None:
    server = {"database_url": "postgresql+psycopg://u@h/d"}
    assert list(ways.of(chosen(**TELEGRAM, **ZALO, **server))) == ["telegram", "zalo"]
    assert list(ways.of(without_secrets(chosen(**TELEGRAM, **ZALO, **server)))) == ["telegram"]
    assert list(ways.of(without_secrets(chosen(**TELEGRAM, **ZALO)))) == ["telegram", "zalo"]
