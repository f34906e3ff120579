"""Answers every question of a draft as somebody would who takes what is offered first."""

from datetime import date

from intake.draft import Draft
from intake.settled import asking, becoming, codes
from intake.settled.values import Answers, Directory, Given, Question, Typed
from plan.model import Plan

TODAY = date(2026, 1, 25)
WRITTEN = {
    Typed.DAY: "05/01/2026",
    Typed.NAME: "Phòng Kinh tế",
    Typed.NAMES: "Thôn Đông; Thôn Tây",
    Typed.TIME: "Quý II",
}
WORDING = becoming.Wording(
    "named", "told", "(không ghi)", "(chưa có số)", "Nhiệm vụ của kế hoạch", lambda each: each.doubt.kind
)


def plan_of(draft: Draft, answers: Answers, directory: Directory | None = None, today: date = TODAY) -> Plan:
    """The plan of a draft with coded work."""
    return becoming.plan_of(draft, answers, directory or Directory(), today, WORDING)


def answered(
    draft: Draft, said: dict[str, str] | None = None, directory: Directory | None = None, today: date = TODAY
) -> tuple[Draft, dict[str, Given], list[Question]]:
    """The draft with codes of its own, an answer to each of its questions, and the questions in their order.

    `said` are written answers by how the key of their question begins.
    """
    coded, given, asked = codes.coded(draft), dict[str, Given](), list[Question]()
    while waiting := asking.waiting(asking.questions(coded, given, directory or Directory(), today), given):
        question = waiting[0]
        asked.append(question)
        words = next((words for key, words in (said or {}).items() if question.key.startswith(key)), "")
        offered = question.options[0].key if question.options else ""
        written = words or ("" if offered or not question.blocks else WRITTEN[question.typed])
        given[question.key] = Given(words=written) if written else Given(option=offered)
    return coded, given, asked
