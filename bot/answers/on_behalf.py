"""An admin answers in an agency's place, or writes down why it was late: /done 2b sondung, recorded as such."""

from bot.reference import Reference
from bot.turn import Turn
from bot.which import owed
from plan.people import Role
from progress.choose import NotTheirs, One, Which, by_code, late_by_code
from progress.submit import Statement
from store.tables import Obligation

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
        case NotTheirs():
            owners = ", ".join(dict.fromkeys(owed.owner_names(turn, code)))
            name = turn.office.agency_name(agency)
            turn.answer(turn.text("behalf.not_theirs", code=code, agency=name, owners=owners))
            return None
        case Which(options):
            return options[0], said
        case again:
            return again.obligation, said
