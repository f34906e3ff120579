"""/nhac, đôn đốc: an admin sees whom it would reach and why, and sends it with one press."""

from bot import reference
from bot.carry_out import carry_out
from bot.turn import Turn
from bot.which.owed import said_now
from progress.acts.decisions import Urge
from progress.items import code_of, item_of, when
from progress.urging import Reach, Wanted, of_agency, of_late, of_task, reach
from reports.figures.scope import find_agency
from store import people
from store.tables import Obligation
from words.codes import fold
from words.message import Button

SEND, LATE = "gui", "late"
ALL_LATE = (LATE, "qua han", "quahan")


def urge(turn: Turn, rest: str) -> bool:
    """/nhac 2b, /nhac sondung or /nhac late shows; the button under it, /nhac gui 2b, sends."""
    first, _, more = rest.strip().partition(" ")
    sending = fold(first) == SEND
    what = more.strip() if sending else rest.strip()
    if not what:
        turn.answer(turn.text("urge.which"))
        return False
    found = _wanted(turn, what)
    if found is None:
        turn.answer(turn.text("urge.unknown", wanted=what))
        return False
    named, wanted = found
    if sending:
        carry_out(turn, Urge(said_now(turn, ""), named, wanted))
    else:
        _show(turn, named, wanted, reach(turn.session, turn.office, wanted, turn.now, asker=turn.person_id))
    return sending


def _wanted(turn: Turn, what: str) -> tuple[str, Wanted] | None:
    """What was asked for, and how a button names it."""
    session, office, now = turn.session, turn.office, turn.now
    if fold(what) in ALL_LATE:
        return LATE, of_late(session, office, now)
    if (agency := find_agency(office, what)) is not None:
        return agency, of_agency(session, office, agency, now)
    meant = reference.read(office, what)
    if meant.code is None:
        return None
    return meant.label, of_task(session, office, meant.code, meant.milestone, now)


def _show(turn: Turn, named: str, wanted: Wanted, whom: Reach) -> None:
    short = turn.office.agency_short
    lines = [
        turn.text(
            "urge.person",
            name=people.mentioned(each.person),
            owed=[(short(row.agency_id), code_of(turn.office, row), _when(turn, row)) for row in each.rows],
        )
        for each in whom.addressees
    ]
    apart = turn.text(
        "urge.apart",
        urged=[f"{person.name} ({short(agency)})" for person, agency in whom.urged],
        answered=[short(agency) for agency in wanted.answered],
        nobody=[short(agency) for agency in turn.office.in_order(whom.nobody)],
    )
    if not lines:
        turn.answer(turn.text("urge.nobody", wanted=named), apart)
        return
    first, *more = lines
    today = turn.office.today(turn.now)
    owed = {row.id: turn.office.lateness(row, today) for each in whom.addressees for row in each.rows}
    heading = turn.text(
        "urge.preview",
        count=len(lines),
        wanted=named,
        late=sum(found.is_late for found in owed.values()),
        returned=sum(found.is_returned for found in owed.values()),
    )
    send = Button(turn.text("button.urge", count=len(lines)), f"/nhac {SEND} {named}")
    now, office = turn.now, turn.office
    later = "" if office.may_send(now) else turn.text("urge.will_go", at=office.next_sending(now))
    turn.answer(f"{heading}\n{first}", *more, apart, later, buttons=[[send]])


def _when(turn: Turn, row: Obligation) -> str:
    item = item_of(turn.office, row)
    return when(turn.office, item, turn.office.today(turn.now)) if item else ""
