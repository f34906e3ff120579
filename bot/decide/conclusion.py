"""/giaoviec with the lines of a meeting's conclusion: all of them are shown, and become assigned work after a yes."""

from bot.carry_out import carry_out
from bot.decide import two_steps
from bot.decide.conclusion_lines import Given, Wrong, read
from bot.questions.decisions import GivenWork, MeetingWork
from bot.turn import Turn
from bot.which.owed import said_now
from progress.acts import decisions as acts
from progress.acts.telling import short_names
from words.message import plain
from words.office import Office

SHOWN, WORDS = 20, 90


def is_waiting(turn: Turn, rest: str) -> bool:
    """Whether words agree to a conclusion that was shown."""
    return turn.question(MeetingWork) is not None and two_steps.AGREED.match(rest.strip()) is not None


def assign_all(turn: Turn, rest: str) -> None:
    """/giaoviec and the lines: «việc – đơn vị – thời hạn – căn cứ»."""
    two_steps.in_two_steps(turn, "assign", rest, _show, MeetingWork, _do)


def lines(office: Office, given: tuple[Given, ...]) -> list[str]:
    """What would be assigned, a line each (markup)."""
    return [
        office.text("conclusion.line", number=number, title=each.title, due=each.due, basis=each.basis,
                    agencies=short_names(office, each.agencies))
        for number, each in enumerate(given, 1)
    ]  # fmt: skip


def faults(office: Office, wrong: tuple[Wrong, ...]) -> list[str]:
    """What is missing in which line (markup)."""
    return [
        office.text(
            "conclusion.wrong", line=each.line, words=each.words[:WORDS], why=office.text(f"conclusion.{each.why}")
        )
        for each in wrong[:SHOWN]
    ]


def _show(turn: Turn, rest: str) -> None:
    found = read(turn.office, rest, turn.office.today(turn.now))
    if found.wrong or not found.given:
        turn.answer(turn.text("conclusion.refused", count=len(found.wrong)), *faults(turn.office, found.wrong))
        return
    work = tuple(
        GivenWork(title=each.title, agencies=each.agencies, due=each.due, basis=each.basis) for each in found.given
    )
    shown = turn.text(MeetingWork.shows, count=len(work))
    two_steps.propose(turn, MeetingWork(work=work), shown, *lines(turn.office, found.given))


def _do(turn: Turn, shown: MeetingWork) -> None:
    said = said_now(turn, "")
    work = tuple(acts.Work(each.agencies, each.due, each.title, each.basis) for each in shown.work)
    carry_out(turn, acts.AssignAll(said, work))


def named(office: Office, given: tuple[Given, ...]) -> list[str]:
    """What would be assigned, without markup."""
    return [plain(each) for each in lines(office, given)]
