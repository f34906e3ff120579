"""/happened: the day of an event from which deadlines count, told by an admin, or by an officer for the own agency."""

from bot.carry_out import carry_out
from bot.decide import two_steps
from bot.questions.decisions import RecordEvent
from bot.turn import Turn
from bot.which import scope
from bot.which.owed import said_now
from plan.people import Role
from plan.status import State
from plan.times.rules import Trigger
from progress import happenings
from progress.acts import decisions as acts
from progress.acts.dating import days_of
from progress.acts.telling import names_of
from progress.happenings import Happened
from words.codes import fold
from words.dates import read_day

VERB = "happened"
TITLE = 90
DUE_WORDS = frozenset({"han", "due"})


def happened(turn: Turn, rest: str) -> None:
    """/sukien 2g [sondung] 15/03/2020 [hạn 20/03/2020] kết thúc đợt kiểm tra 1."""
    two_steps.in_two_steps(turn, VERB, rest, _show, RecordEvent, _do)


def _show(turn: Turn, rest: str) -> None:
    found = scope.find_or_ask(turn, VERB, rest, "happened.how")
    if found is None:
        return
    today = turn.office.today(turn.now)
    first, _, more = found.rest.strip().partition(" ")
    on = read_day(first.strip(",;"), today)
    if on is None:
        turn.answer(turn.text("happened.how"))
        return
    word, _, after = more.strip().partition(" ")
    named = read_day(after.partition(" ")[0].strip(",;"), today) if fold(word) in DUE_WORDS else None
    words = after.partition(" ")[2] if named is not None else more
    told = Happened(on, named, two_steps.basis_in(words), turn.via, turn.person_id)
    _propose(turn, found, told)


def _propose(turn: Turn, found: scope.Scope, told: Happened) -> None:
    office, by_admin = turn.office, Role.ADMIN in turn.roles
    rows = [
        (row, milestone)
        for row in scope.rows(turn, found, (State.OPEN,))
        if (by_admin or row.agency_id in turn.agencies)
        and (milestone := happenings.waits_for_event(office, row)) is not None
    ]
    if not rows:
        turn.answer(turn.text("happened.none", code=found.code))
        return
    # An officer's second word would move the agency's own deadline.
    if not by_admin and any(row.due is not None for row, _ in rows):
        turn.answer(turn.text("happened.has_one", code=found.code, compiler=office.compiler_name))
        return
    milestone = rows[0][1]
    due = happenings.deadline(office, milestone, told)
    if due is None:
        turn.answer(turn.text("happened.no_count", code=found.code, printed=milestone.printed, on=told.on))
    elif office.calendar.late_after(due) < office.today(turn.now):
        turn.answer(turn.text("happened.past", code=found.code, due=due))
    elif due > (last := office.last_day(office.today(turn.now))):
        turn.answer(turn.text("dating.too_far", due=due, last=last))
    else:
        what = milestone.rule.after if isinstance(milestone.rule, Trigger) else milestone.printed
        note = told.note or f"{what}: {told.on:%d/%m/%Y}"
        decision = RecordEvent(
            rows=scope.ids(row for row, _ in rows), on=told.on, due=told.due, basis=note, code=found.code
        )
        owed = [row for row, _ in rows]
        text = turn.text(
            RecordEvent.shows, code=found.code, title=found.task.short(TITLE), agencies=names_of(office, owed),
            on=told.on, note=note, again=happenings.comes_again(milestone), **days_of(office, due),
        )  # fmt: skip
        two_steps.propose(turn, decision, text)


def _do(turn: Turn, shown: RecordEvent) -> None:
    by_admin = Role.ADMIN in turn.roles
    said = said_now(turn, shown.basis)
    carry_out(turn, acts.RecordEvent(said, shown.rows, shown.code, shown.on, shown.due, by_admin))
