"""What was asked is read again as it was kept, by earlier versions too; what nobody can read was never asked."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.questions.about_answers import Extension, Target
from bot.questions.base import OpenQuestion
from bot.questions.decisions import Decision, SetDate
from bot.questions.registry import QUESTIONS, load
from bot.questions.wishes import AssignWish, Basis, Covered, SetAsideWish, WhichPlan
from bot.reference import Reference
from progress.submit import Statement

AT = "2020-01-14T00:31:05+00:00"
KEPT = {"at": AT, "source": "telegram:7:12", "via": "telegram:message", "note": "gửi sau", "album": None, "files": [4]}
# As rows of the first versions hold them.
EARLIER: tuple[tuple[str, dict[str, Any]], ...] = (
    ("target", {"verb": "done", **KEPT}),
    ("reason", {"obligation": 57}),
    ("extension", {"obligation": 57, **KEPT, "wanted": "", "reason": "chờ tỉnh"}),
    ("extension", {"obligation": 57, **KEPT, "wanted": "2020-02-15", "reason": ""}),
    ("not_ours", {"obligation": 57, **KEPT}),
    ("withdrawal", {"obligation": 57, **KEPT}),
    ("correction", {"obligation": 57, **KEPT}),
    ("refusal", {"request": 3}),
    ("return", {"submission": 12}),
    ("reply", {"obligation": 57}),
    ("remark", {"obligation": 57}),
    ("remark_words", {"words": "đã đối chiếu"}),
    ("plan", {"verb": "suspend", "rest": "2b sondung căn cứ"}),
    ("basis", {"verb": "setdate", "rest": "3d 30/06/2020 @cchc-2020", "joined": " "}),
    ("decision", {"verb": "end", "token": "3fa2b1", "rows": [1], "basis": "QĐ 9", "code": "4c", "title": "Rà soát"}),
    ("decision", {"verb": "dayoff", "token": "0", "day": "2020-02-10", "kind": "off", "reason": "CV", "undo": False}),
    (
        "decision",
        {"verb": "report", "token": "0", "key": "2020-Q1", "scope": [], "known_at": AT, "corrects": None, "reason": ""},
    ),
)


@pytest.mark.parametrize(("kind", "data"), EARLIER, ids=lambda value: value if isinstance(value, str) else "")
def test_what_earlier_versions_kept_is_read(kind: str, data: dict[str, Any]) -> None:
    found = load(kind, data)
    assert found is not None
    assert found.stored_as == kind
    kept = found.to_json()
    assert all(kept[name] == value or not value or name in ("at", "known_at") for name, value in data.items())


@pytest.mark.parametrize(
    "question",
    [
        Extension.of(
            Statement(7, datetime.fromisoformat(AT), "telegram:7:12", "telegram:message", "x", "7:9", (4, 5)),
            obligation=57,
            wanted=date(2020, 2, 15),
        ),
        Basis(verb="end", wish=SetAsideWish(verb="end", covered=Covered(plan="p", task="1đ", agencies=("yte",)))),
        Basis(verb="assign", wish=AssignWish(agencies=("tuphap",), due=date(2020, 4, 15), title="rà soát")),
        WhichPlan(verb="setdate", meant=Reference("3d 30/06", code="3d", agencies=("yte",), rest="30/06")),
        SetDate(rows=(1, 2), due=date(2020, 6, 30), basis="KH 12", code="3d").signed(),
    ],
    ids=lambda question: type(question).__name__,
)
def test_a_question_comes_back_as_it_was(question: OpenQuestion) -> None:
    assert load(question.stored_as, json.loads(json.dumps(question.to_json()))) == question


def test_the_moment_of_what_was_said_is_kept() -> None:
    target = load("target", {"verb": "done", **KEPT})
    assert isinstance(target, Target)
    said = target.said(7)
    assert (said.at, said.files, said.note) == (datetime(2020, 1, 14, 0, 31, 5, tzinfo=UTC), (4,), "gửi sau")
    assert target.said(7, "lý do").note == "lý do"


@pytest.mark.parametrize(("kind", "data"), [("which", {}), ("reply", {}), ("decision", {"verb": "later"})])
def test_what_nobody_can_read_was_never_asked(kind: str, data: dict[str, Any]) -> None:
    assert load(kind, data) is None


def test_a_token_belongs_to_what_was_shown() -> None:
    one = SetDate(rows=(1,), due=date(2020, 6, 30), basis="KH 12", code="3d")
    other = one.model_copy(update={"due": date(2020, 7, 1)})
    assert one.signed().token == one.signed().token != other.signed().token


def test_every_question_says_how_it_is_answered_and_what_it_shows() -> None:
    for each in QUESTIONS:
        assert each.waits_for
        assert bool(each.shows) is issubclass(each, Decision)
