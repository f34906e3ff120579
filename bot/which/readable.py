"""Finds what somebody wants to read about: a task by its code, of their own agencies, or of any for who reads all."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.reference import Reference, near_codes
from bot.turn import Turn
from progress import reading_rights
from progress.items import code_of, item_of
from store import obligations
from store.tables import Obligation
from words import codes
from words.message import Button
from words.render import clip

MOST_BUTTONS = 40
LABEL = 50


@dataclass(frozen=True)
class Found:
    """The obligations of one agency that are meant, in the order of the plan, and the words after their name."""

    rows: Sequence[Obligation]
    rest: str


def find_or_ask(turn: Turn, verb: str, meant: Reference, *, single: bool) -> Found | None:
    """What "2b", "2b.2", "2b sondung" or "#57" means; None when it was asked or refused here.

    Of several agencies, and where `single` of several milestones, the buttons ask which.
    """
    if meant.obligation is not None:
        row = obligations.get(turn.session, meant.obligation)
        if row is None or not may_read(turn, row):
            turn.answer(turn.text("ask.foreign"))
            return None
        return Found([row], meant.words)
    if meant.code is None:
        near = near_codes(turn.office, meant.wanted)
        text = turn.text("ending.unknown", wanted=meant.wanted, tasks=near) if near else ""
        turn.answer(text or turn.text("history.which", verb=verb))
        return None
    rows = [row for row in obligations.of_task(turn.session, meant.code) if may_read(turn, row) and meant.covers(row)]
    if not rows:
        name = turn.office.agency_name(meant.agency) if meant.agency else ""
        turn.answer(turn.text("history.not_found", code=meant.code, agency=name))
        return None
    if len({row.agency_id for row in rows}) > 1:
        _ask_agency(turn, verb, meant.label, rows)
        return None
    if single and len(rows) > 1:
        _ask_milestone(turn, verb, meant.code, rows)
        return None
    return Found(rows, meant.rest)


def reads_all(turn: Turn) -> bool:
    """Whether this person may read about the work of every agency."""
    return not reading_rights.READ_ALL.isdisjoint(turn.roles)


def may_read(turn: Turn, row: Obligation) -> bool:
    """Whether an obligation is this person's to read about: their agency's, one that it follows up, or any."""
    return reading_rights.may_read(turn.office, turn.roles, turn.agencies, row, turn.office.today(turn.now))


def _ask_agency(turn: Turn, verb: str, label: str, rows: Sequence[Obligation]) -> None:
    agencies = turn.office.in_order({row.agency_id for row in rows})
    buttons = [
        Button(turn.office.agency_short(agency), f"/{verb} {codes.typeable(label)} {agency}")
        for agency in agencies[:MOST_BUTTONS]
    ]
    pairs = [buttons[i : i + 2] for i in range(0, len(buttons), 2)]
    turn.answer(turn.text("history.which_agency", code=label, verb=verb, agency=agencies[0]), buttons=pairs)


def _ask_milestone(turn: Turn, verb: str, code: str, rows: Sequence[Obligation]) -> None:
    buttons = [[Button(_label(turn, row), f"/{verb} #{row.id}")] for row in rows[:MOST_BUTTONS]]
    turn.answer(turn.text("history.which_milestone", code=code), buttons=buttons)


def _label(turn: Turn, row: Obligation) -> str:
    item = item_of(turn.office, row)
    title = clip(item.milestone.printed, LABEL) if item else ""
    # Of a duty that recurs the period tells one from the other.
    due = f" ({row.due:%d/%m/%Y})" if row.due and row.occurrence else ""
    return turn.text("ask.option", code=code_of(turn.office, row), title=title) + due
