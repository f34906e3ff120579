"""By which ways people are invited: those that are set up, and all where the screen's own process knows no secret."""

import io
from datetime import UTC, datetime

import pytest
from docx import Document

from app import ways
from app.office_settings import office_of
from app.settings import Settings, read, without_secrets
from plan.people import Role
from progress.inviting import Link
from reports.word import invite_pages

TELEGRAM = {"telegram_bot_token": "1234567:a-token-of-nobody-at-all-0000000000"}
ZALO = {"zalo_bot_token": "1459:nobody"}
ONE_WAY = {"smtp_url": "smtps://nhacviec:x@mail.gov.vn", "mail_from": "nhacviec@noivu.gov.vn"}
LETTERS = {**ONE_WAY, "imap_url": "imaps://nhacviec:x@mail.gov.vn"}
SERVER = {"database_url": "postgresql+psycopg://u@h/d"}


def chosen(**given: str) -> Settings:
    return read(_env_file=None, **given)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (TELEGRAM, ["telegram"]),
        (ZALO, ["zalo"]),
        (TELEGRAM | ZALO, ["telegram", "zalo"]),
        (LETTERS, ["mail"]),
        (ONE_WAY, []),
        (TELEGRAM | ONE_WAY, ["telegram"]),
        ({}, ["telegram", "zalo", "mail"]),
    ],
)
def test_what_is_set_up_is_offered(given: dict[str, str], found: list[str]) -> None:
    assert list(ways.of(chosen(**given))) == found
    # What a platform gives in a month is counted by the same processes: by the screen's too.
    assert list(office_of(chosen(**given)).months) == [each for each in found if each == "zalo"]


def test_without_the_key_beside_the_database_no_code_is_made() -> None:
    every = TELEGRAM | ZALO | LETTERS
    assert list(ways.of(chosen(**every, **SERVER))) == ["telegram", "zalo", "mail"]
    assert list(ways.of(without_secrets(chosen(**every, **SERVER)))) == ["telegram"]
    assert list(ways.of(without_secrets(chosen(**every)))) == ["telegram", "zalo", "mail"]


def test_a_page_says_how_a_letter_is_written() -> None:
    office, way = office_of(read(_env_file=None)), ways.of(chosen(**LETTERS))["mail"]
    until = datetime(2020, 1, 28, 2, tzinfo=UTC)
    link = Link("Lan", Role.OFFICER, "4827 1936", "", until)
    made = Document(io.BytesIO(invite_pages.made(office, {"sondung": [link]}, way)))
    said = "\n".join(each.text for each in made.paragraphs)
    assert "1. Viết thư điện tử gửi đến " in said
    assert "2. Ghi vào thư tám chữ số" in said
    assert "điện thoại" not in said
    assert "4827 1936" in made.tables[0].rows[0].cells[1].text
    assert not made.inline_shapes
