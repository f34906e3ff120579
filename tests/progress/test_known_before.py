"""The decision of 2020 issued anew in June: what it says in the words of before is neither asked nor changed."""

from datetime import date
from pathlib import Path

import pytest

from intake.read import read
from intake.settled import codes
from intake.settled.values import Directory, Question
from plan import loader
from plan.amendment import Op, Step, amend
from plan.amendment_parts import carried
from progress import known_before
from tests.intake.settled_drafts import WORDING, answered, plan_of

DATA = Path(__file__).parents[2] / "data"
PLAN = loader.load(DATA / "plan_2020.json")
TEXT = (DATA / "decision_2020.txt").read_text("utf-8")
ANEW = TEXT.replace("2579", "600").replace("ngày 31 tháng 12 năm 2019", "ngày 08 tháng 6 năm 2020")
JUNE = date(2020, 6, 8)
# The words of both are longer in the document than those that a person took from it.
OTHER_WORDS = {(Op.DEADLINE, "2g"), (Op.REWORD, "th")}


def anew(text: str) -> tuple[list[Question], tuple[Step, ...]]:
    """What a whole plan anew asks of an office that follows the plan of 2020, and what it changes."""
    draft = codes.coded(read(text.encode()))
    assert known_before.former({PLAN.id: PLAN}, draft) is PLAN
    known = Directory(PLAN.agencies, PLAN.groups, frozenset({PLAN.id}))
    known = known_before.with_groups(PLAN, draft, known)
    coded, given, asked = answered(known_before.without_known(PLAN, draft), directory=known, today=JUNE)
    return asked, amend(PLAN, carried(PLAN, plan_of(coded, given, known, JUNE), WORDING.product)).steps


def test_the_words_of_before_are_neither_asked_nor_changed() -> None:
    asked, steps = anew(ANEW)
    assert [each.doubt.kind for each in asked] == ["numbers"]
    assert {(each.op, each.code) for each in steps} == OTHER_WORDS


@pytest.mark.parametrize(
    ("words", "others", "step"),
    [
        ("Cơ quan chủ trì thực hiện: Phòng Tài chính - Kế hoạch", "Cơ quan chủ trì thực hiện: Phòng Tư pháp",
         (Op.LEAD, "5")),
        ("Thời gian thực hiện: Tháng 12 năm 2020", "Thời gian thực hiện: Tháng 11 năm 2020", (Op.DEADLINE, "7b")),
        ("cải cách hành chính để triển khai thực hiện Kế hoạch này đúng quy định", "cải cách hành chính năm 2020",
         (Op.WITHDRAW, "kp")),
    ],
)  # fmt: skip
def test_what_is_said_otherwise_is_a_step(words: str, others: str, step: tuple[Op, str]) -> None:
    assert words in ANEW
    _, steps = anew(ANEW.replace(words, others, 1))
    assert step in {(each.op, each.code) for each in steps}
