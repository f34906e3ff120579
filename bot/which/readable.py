"""Finds what somebody wants to read about: a task by its code, of their own agencies, or of any for who reads all."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.turn import Turn
from bot.which import owed
from plan.model import milestone_number
from plan.people import Role
from progress.items import code_of, item_of
from reports.figures.scope import find_agency
from store import obligations
from store.tables import Obligation
from words import codes
from words.message import Button
from words.office import Office
from words.render import clip

READ_ALL = frozenset({Role.ADMIN, Role.LEADER})
LONGEST_NAME = 8
MOST_BUTTONS = 40
LABEL = 50


@dataclass(frozen=True)
class Found:
    """The obligations of one agency that are meant, in the order of the plan, and the words after their name."""

    rows: Sequence[Obligation]
    rest: str


def find(turn: Turn, verb: str, rest: str, *, single: bool) -> Found | None:
    """What "2b", "2b.2", "2b sondung" or "#57" means; None when it was asked or refused here.

    Of several agencies, and where `single` of several milestones, the buttons ask which.
    """
    if match := owed.BY_ID.match(rest):
        row = obligations.get(turn.session, int(match[1]))
        if row is None or not may_read(turn, row):
            turn.answer(turn.text("ask.foreign"))
            return None
        return Found([row], match[2].strip())
    typed = codes.read(rest, turn.office.codes())
    if typed.code is None:
        known = sorted(turn.office.codes(), key=codes.sort_key)
        near = list(codes.nearest(codes.normalise(typed.wanted).lower(), known)) if typed.wanted else []
        text = turn.text("ask.unknown", wanted=typed.wanted, tasks=near, files="") if near else ""
        turn.answer(text or turn.text("history.which", verb=verb))
        return None
    agency, words = split_agency(turn.office, typed.rest)
    rows = [
        row
        for row in obligations.of_task(turn.session, typed.code)
        if may_read(turn, row)
        and agency in (None, row.agency_id)
        and (typed.milestone is None or milestone_number(row.milestone) == typed.milestone)
    ]
    if not rows:
        name = turn.office.agency_name(agency) if agency else ""
        turn.answer(turn.text("history.not_found", code=typed.code, agency=name))
        return None
    reference = typed.code if typed.milestone is None else f"{typed.code}.{typed.milestone}"
    if len({row.agency_id for row in rows}) > 1:
        _ask_agency(turn, verb, reference, rows)
        return None
    if single and len(rows) > 1:
        _ask_milestone(turn, verb, typed.code, rows)
        return None
    return Found(rows, words)


def may_read(turn: Turn, row: Obligation) -> bool:
    """Whether an obligation is this person's to read about."""
    return bool(READ_ALL & turn.roles) or row.agency_id in turn.agencies


def split_agency(office: Office, words: str) -> tuple[str | None, str]:
    """The agency that a text begins with, by id or name, and what follows; the longest name wins."""
    pieces = words.split()
    for count in range(min(LONGEST_NAME, len(pieces)), 0, -1):
        agency = find_agency(office, " ".join(pieces[:count]).strip(".,:;"))
        if agency is not None:
            return agency, words.split(maxsplit=count)[count] if len(pieces) > count else ""
    return None, words


def _ask_agency(turn: Turn, verb: str, reference: str, rows: Sequence[Obligation]) -> None:
    agencies = turn.office.in_order({row.agency_id for row in rows})
    buttons = [
        Button(turn.office.agency_short(agency), f"/{verb} {codes.typeable(reference)} {agency}")
        for agency in agencies[:MOST_BUTTONS]
    ]
    pairs = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    turn.answer(turn.text("history.which_agency", code=reference, verb=verb, agency=agencies[0]), buttons=pairs)


def _ask_milestone(turn: Turn, verb: str, code: str, rows: Sequence[Obligation]) -> None:
    buttons = [[Button(_label(turn, row), f"/{verb} #{row.id}")] for row in rows[:MOST_BUTTONS]]
    turn.answer(turn.text("history.which_milestone", code=code), buttons=buttons)


def _label(turn: Turn, row: Obligation) -> str:
    item = item_of(turn.office, row)
    title = clip(item.milestone.printed, LABEL) if item else ""
    # Of a duty that recurs the period tells one from the other.
    due = f" ({row.due:%d/%m/%Y})" if row.due and row.occurrence else ""
    return turn.text("ask.option", code=code_of(turn.office, row), title=title) + due
