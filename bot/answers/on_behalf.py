"""An admin answers in an agency's place, or writes down why it was late: /done 2b sondung, recorded as such."""

from collections.abc import Sequence

from bot.reference import Reference
from bot.turn import Turn
from bot.which import milestones, owed
from bot.which.askable import option, which_time
from plan.people import Role
from progress.choose import NotTheirs, One, SetAside, Which, by_code, late_by_code
from progress.submit import Statement
from store.tables import Obligation
from words.message import Button

# What an admin says for an agency whose people are reached on paper and by mail alone.
VERBS = ("done", "cause")


def is_meant(turn: Turn, meant: Reference) -> bool:
    """Whether an admin names an agency behind the code that is none of their own."""
    named = meant.code is not None and meant.agency is not None
    return named and Role.ADMIN in turn.roles and meant.agency not in turn.agencies


def find_or_say(turn: Turn, verb: str, meant: Reference) -> tuple[Obligation, Statement] | None:
    """The named agency's obligation and what is said about it; None when it was answered otherwise."""
    code, agency, said = meant.code or "", meant.agency or "", owed.said_now(turn, meant.rest)
    if verb == "cause":
        choice = late_by_code(turn.session, turn.office, [agency], code, meant.milestone, turn.now)
    else:
        choice = by_code(turn.session, turn.office, [agency], code, meant.milestone, turn.now, adding=True)
    match choice:
        case One(row):
            return row, said
        case SetAside(row, left):
            _ask(turn, verb, said, milestones.set_aside(turn, row), left)
            return None
        case NotTheirs(others) if others:
            _ask(turn, verb, said, milestones.missing(turn, code, others), milestones.askable_of(turn, verb, others))
            return None
        case NotTheirs():
            owners = ", ".join(dict.fromkeys(owed.owner_names(turn, code)))
            name = turn.office.agency_name(agency)
            turn.answer(turn.text("behalf.not_theirs", code=code, agency=name, owners=owners))
            return None
        case Which(options):
            _ask(turn, verb, said, "", options)
            return None
        case again:
            return again.obligation, said


def may_pick(turn: Turn, verb: str) -> bool:
    """Whether a choice may be of an agency that is not this person's own."""
    return verb in VERBS and Role.ADMIN in turn.roles


def _ask(turn: Turn, verb: str, said: Statement, why: str, rows: Sequence[Obligation]) -> None:
    """Asks which of an agency's milestones is meant, by buttons alone: a typed code would be the admin's own."""
    if not rows:
        turn.answer(why)
        return
    labels = [option(turn, row, "milestone", several=False, adds=True) + which_time(row, len(rows) + 1) for row in rows]
    buttons = [[Button(label, f"/pick #{row.id}")] for label, row in zip(labels, rows, strict=True)]
    owed.ask(turn, verb, said, why, turn.text("behalf.which"), buttons=buttons)
