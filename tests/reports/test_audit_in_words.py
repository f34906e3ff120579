"""What the audit says, in words: every action has them in both languages, and every decision has its action."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.office_settings import office_of
from app.settings import read
from plan.status import EventKind
from reports.story.audit_in_words import action_of, told, way_of
from store import decisions
from store.audit_actions import Action, Matter
from store.engine import Store
from store.tables import AuditEntry
from words.office import Office

NOON = datetime(2020, 1, 14, 5, tzinfo=UTC)
# What entries of many kinds hold; none of it is there.
DETAIL = {
    "agency": "sondung", "role": "officer", "roles": ["sondung:head"], "agencies": ["sonlong"], "stand_in": 99,
    "first": "2020-01-14", "last": "2020-01-20", "due": "2020-01-30", "day": "2020-01-13", "was": "1", "becomes": "2",
    "kind": "extension", "verdict": "in_time", "basis": "QĐ 12", "why": "gone",
}  # fmt: skip


@pytest.fixture(scope="module")
def office() -> Office:
    return office_of(read(_env_file=None))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_action_has_words_and_no_words_are_of_none(office: Office, language: str) -> None:
    spoken = office.speaking(language)
    for action in Action:
        assert action_of(spoken, action) != action, action
        assert isinstance(action.matter, Matter)
    assert action_of(spoken, "older.word") == "older.word"
    text = Path(__file__).parents[2] / "data" / f"texts_{language}.toml"
    section = text.read_text("utf-8").partition("\n[audit_action]\n")[2].partition("\n[")[0]
    assert {line.partition(" = ")[0] for line in section.split("\n") if line} == {
        each.replace(".", "_") for each in Action
    }


def test_what_somebody_decided_about_work_has_its_action() -> None:
    decided = decisions.DECIDED | decisions.DECIDED_BY_SOMEBODY | decisions.ABOUT_ANSWERS
    named = {EventKind(each.partition(".")[2]) for each in Action if each.startswith(decisions.ACTION)}
    assert named == decided


@pytest.mark.parametrize(
    ("subject", "about"),
    [("plan:cchc-2020", "CCHC 2020"), ("plan:gone", "gone"), ("day:2020-01-14", "ngày 14/01/2020"), ("database", ""),
     ("request:12", "R12"), ("task:gv-2020:gv1", "gv1"), ("evidence:7", "tệp số 7"), ("person:99", "99"), ("z", "")],
)  # fmt: skip
def test_what_it_is_about_is_said_where_that_is_gone_too(
    office: Office, store: Store, subject: str, about: str
) -> None:
    with store.look() as session:
        assert told(session, office, _entry("plan.begin", subject)).about == about


def test_every_action_is_told_whatever_it_is_about(office: Office, store: Store) -> None:
    with store.look() as session:
        for action in (*Action, "older.word"):
            for subject in ("person:99", "obligation:99", "obligations:98,99", "group:9", "invite:9", "x:y", "z"):
                found = told(session, office, _entry(action, subject))
                assert (found.what != "", found.by) == (True, "")


def test_the_details_of_an_entry_are_said(office: Office, store: Store) -> None:
    with store.look() as session:
        judged = told(
            session, office, _entry("lateness.judged", "obligations:1,2", verdict="in_time", basis="mất điện")
        )
        moved: dict[str, Any] = {"from": "sondung", "to": "tuphap", "roles": ["sondung:officer"]}
        gone = told(session, office, _entry("member.moved", "person:1", **moved))
    assert judged.details == ("Tính đúng hạn", "«mất điện»")
    assert gone.details == ("từ Xã Sơn Dung sang P. Tư pháp", "cán bộ đầu mối")


@pytest.mark.parametrize(
    ("via", "words"),
    [("desk:form", "trang theo dõi"), ("cli", "máy chủ"), ("plan", "hệ thống"), ("zalo:text", "Zalo"),
     ("telegram", "Telegram")],
)  # fmt: skip
def test_the_way_is_said_as_people_call_it(office: Office, via: str, words: str) -> None:
    assert way_of(office, via) == words


def _entry(action: str, subject: str, **detail: Any) -> AuditEntry:
    return AuditEntry(id=1, at=NOON, actor=None, via="cli", action=action, subject=subject, detail=detail or DETAIL,
                      previous="", hash="")  # fmt: skip
