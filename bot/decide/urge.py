"""/nhac, đôn đốc: an admin sees whom it would reach and why, and sends it with one press."""

from bot import reference
from bot.turn import Turn
from progress.items import code_of, item_of, when
from progress.urging import Reach, Wanted, of_agency, of_late, of_task, reach, step_of
from reports.figures.scope import find_agency
from store import audit, deliveries, memory, people
from store.postings import Identity, Posting, to_person
from store.tables import Obligation
from store.types import DeliveryKind
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
    whom = reach(turn.session, turn.office, wanted, turn.now)
    if sending:
        _send(turn, named, whom)
    else:
        _show(turn, named, wanted, whom)
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
    turn.answer(f"{heading}\n{first}", *more, apart, _hour(turn, "urge.will_go"), buttons=[[send]])


def _send(turn: Turn, named: str, whom: Reach) -> None:
    if not whom.addressees:
        turn.hint(turn.text("urge.again", wanted=named))
        return
    step = step_of(turn.office.today(turn.now))
    for each in whom.addressees:
        assert each.person.id is not None
        identity = Identity("urge", turn.source, turn.office.today(turn.now), each.person.id)
        why = f"an admin urges: {named}"
        posting = Posting(DeliveryKind.URGE, why, identity, caused_by=turn.person_id)
        row = deliveries.post(turn.session, to_person(each.address), posting, turn.now)
        assert row is not None
        for owed in each.rows:
            assert owed.id is not None
            memory.note(turn.session, each.person.id, owed.id, owed.due, step, row.id)
    audit.record(
        turn.session,
        "urge.sent",
        f"urge:{named}",
        turn.now,
        via=turn.via,
        actor=turn.person_id,
        people=[each.person.id for each in whom.addressees],
        obligations=sorted({row.id or 0 for each in whom.addressees for row in each.rows}),
    )
    agencies = {row.agency_id for each in whom.addressees for row in each.rows}
    nobody = [turn.office.agency_short(agency) for agency in turn.office.in_order(whom.nobody)]
    turn.answer(
        turn.text("urge.sent", count=len(whom.addressees), agencies=turn.office.in_order(agencies), nobody=nobody),
        _hour(turn, "urge.goes"),
    )


def _hour(turn: Turn, key: str) -> str:
    """When it leaves, where that is not now."""
    return "" if turn.office.may_send(turn.now) else turn.text(key, at=turn.office.next_sending(turn.now))


def _when(turn: Turn, row: Obligation) -> str:
    item = item_of(turn.office, row)
    return when(turn.office, item, turn.office.today(turn.now)) if item else ""
