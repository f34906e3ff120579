"""What words are about: rows by their mark, codes, plans, agencies, and what is left of the words."""

from dataclasses import asdict
from typing import Any

import pytest

from app.settings import ROOT
from bot.reference import Reference, read
from plan.loader import load
from plan.workdays import load_calendar
from words import catalogue
from words.office import Office

DATA = ROOT / "data"


@pytest.fixture(scope="module")
def office() -> Office:
    plan = load(DATA / "plan_2020.json")
    return Office({plan.id: plan}, load_calendar(DATA / "days_vn.toml"), catalogue.load(DATA / "texts_vi.toml"))


def told(meant: Reference) -> dict[str, Any]:
    """What was found, without what was not."""
    return {name: value for name, value in asdict(meant).items() if value and name != "text"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#57 60 lấy ý kiến", {"obligation": 57, "words": "60 lấy ý kiến", "rest": "60 lấy ý kiến"}),
        ("s12: thiếu dấu", {"submission": 12, "words": "thiếu dấu", "rest": "thiếu dấu"}),
        ("R 3", {"request": 3}),
        ("R3a", {"words": "R3a", "rest": "R3a"}),
        ("2B.2 đã nộp", {"code": "2b", "milestone": 2, "words": "đã nộp", "rest": "đã nộp"}),
        ("9z đã nộp", {"wanted": "9z", "words": "đã nộp", "rest": "đã nộp"}),
        (
            "2b Sơn Dung: thiếu dấu",
            {"code": "2b", "agencies": ("sondung",), "words": "Sơn Dung: thiếu dấu", "rest": "thiếu dấu"},
        ),
        # One agency is named, and a group is not one.
        ("2b sondung, yte đã xem", {"code": "2b", "agencies": ("sondung",), "rest": "yte đã xem"}),
        ("2b xa đã xem", {"code": "2b", "rest": "xa đã xem"}),
        # A plan's name counts wherever it stands, and stays one of the words that were said.
        ("2b @cchc-2020 xong", {"code": "2b", "plan": "cchc-2020", "words": "@cchc-2020 xong", "rest": "xong"}),
        ("@cchc-2020 2b", {"code": "2b", "plan": "cchc-2020"}),
        ("2b gửi @lan", {"code": "2b", "words": "gửi @lan", "rest": "gửi @lan"}),
    ],
)
def test_what_words_are_about(office: Office, text: str, found: dict[str, Any]) -> None:
    meant = told(read(office, text))
    assert {name: meant.get(name) for name in found} == found
    assert set(meant) - {"words"} == set(found) - {"words"}


def test_an_admin_names_several_agencies_and_groups(office: Office) -> None:
    meant = read(office, "2b sondung, Y tế, sondung 30/06/2020 KH 1", several=True)
    assert (meant.agencies, meant.agency, meant.rest) == (("sondung", "yte"), None, "30/06/2020 KH 1")
    assert len(read(office, "2b xa lý do", several=True).agencies) == 9
    assert meant.label == "2b"
    assert read(office, "2b.2").label == "2b.2"
