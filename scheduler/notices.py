"""What the admins must know because time passed: an old plan, agencies without anybody, dates not set, failures."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlmodel import Session

from plan.joint import concerns
from plan.people import Role
from plan.status import EventKind
from progress import recipients, reminded
from scheduler import (
    consents,
    departed,
    flags,
    gaps,
    members,
    months,
    periods,
    quotas,
    rights_due,
    unreckoned,
    unsucceeded,
)
from scheduler.due_steps import due_today
from scheduler.enqueue import admin_notice, digest_identity, perhaps_said, untold_admins
from scheduler.plan_notices import drafts, moved_days, next_calendar, old_plans, undated
from store import (
    absences,
    audit,
    deliveries,
    group_chats,
    horizon,
    obligations,
    people,
    room,
    settings,
)
from store.engine import Store
from store.obligations import NewEvent
from store.postings import Identity, notice, to_person
from store.tables import Delivery, Obligation
from words.faults import Fault, fault_of
from words.office import Office
from words.render import size

SHOWN = 15
OUTAGE = "outage"
# When the admins were last told of an agency without anybody, and after how many working days they are told again.
ALONE_TOLD, ALONE_AGAIN = "no_officer_told", 5


def all_notices(store: Store, office: Office, now: datetime) -> None:
    """Puts every notice that is due into the outbox, in the sending windows; each has its identity and is made once."""
    if not office.may_send(now):
        return
    with store.unit() as session:
        for make in (
            _failures,
            old_plans,
            drafts,
            _without_officer,
            undated,
            _outage,
            gaps.tell,
            _audit_head,
            next_calendar,
            _backup,
            _no_room,
            moved_days,
            flags.tell,
            departed.tell,
            unsucceeded.tell,
            members.tell,
            periods.tell,
            unreckoned.tell,
            months.tell,
            quotas.tell,
            consents.tell,
            rights_due.tell,
        ):
            make(session, office, now)
        if perhaps_said(session, office, now):
            deliveries.mark_repeats(session, now, but=OUTAGE)


def _without_officer(session: Session, office: Office, now: datetime) -> None:
    """Agencies with something due today and nobody who hears it, each once a week."""
    today = office.today(now)
    identity = Identity("no-officer", day=today)
    admins = untold_admins(session, identity)
    owners = horizon.agencies(session, reminded.horizon(office, today)) if admins else set()
    uncovered = recipients.uncovered(session, office, owners, now) if owners else set()
    told, since = settings.days(session, ALONE_TOLD), office.calendar.shift(today, -ALONE_AGAIN)
    untold = {agency for agency in uncovered if told.get(agency, date.min) <= since}
    concerned = [owner for owner in owners if concerns(owner, untold)]
    due = due_today(session, office, concerned, today) if concerned else {}
    found = {agency: count for agency, count in due.items() if agency in untold}
    if not found:
        return
    settings.put_days(session, ALONE_TOLD, {**told, **dict.fromkeys(found, today)})
    lines = [f"{office.agency_name(agency)}: {found[agency]}" for agency in office.in_order(found)]
    absent = list(_away(session, office, found, today))
    invite = {office.agency_name(each) for each in found} - {agency for agency, _, _ in absent}
    text = office.text("admin.no_officer", agencies=lines, today=today, away=absent, invite=bool(invite))
    for admin in admins:
        why = "steps are due and the agencies have no officer who can be reached"
        admin_notice(session, admin, notice(identity, text, why), now)


def _away(session: Session, office: Office, agencies: Iterable[str], today: date) -> Iterable[tuple[str, str, date]]:
    """Whose officer is only away: the agency, the officer and the last day; there nobody needs to be invited."""
    wanted = set(agencies)
    for person_id, absence in absences.away(session, today).items():
        person = people.get(session, person_id)
        for agency in people.agencies_of(session, person_id, (Role.OFFICER,)):
            if agency in wanted and person is not None:
                yield office.agency_name(agency), person.name, absence.last


def _outage(session: Session, office: Office, now: datetime) -> None:
    """After more than a day off the platform has dropped what people sent: those without a digest today are told."""
    since, until = settings.get(session, settings.OUTAGE_FROM), settings.get(session, settings.OUTAGE_UNTIL)
    if not since or not until or not office.is_first_day_since(datetime.fromisoformat(until), now):
        return
    text = office.text("outage.send_again", since=datetime.fromisoformat(since), until=datetime.fromisoformat(until))
    for person, address in people.everybody(session):
        if person.id is None or deliveries.exists(session, digest_identity(person.id, office.today(now))):
            continue
        identity = Identity(OUTAGE, since, person_id=person.id)
        posting = notice(identity, text, "the service was off for more than a day")
        deliveries.post(session, to_person(address), posting, now)


def _audit_head(session: Session, office: Office, now: datetime) -> None:
    """On the last working day of a month in which it grew the head of the audit goes into the admins' chats, outside
    the database."""
    today = office.today(now)
    following = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    if office.calendar.on_or_before(following - timedelta(days=1)) != today:
        return
    count, head = audit.head(session)
    identity = Identity("audit", head[: audit.SHOWN])
    for admin in untold_admins(session, identity):
        text = office.text("admin.audit_head", count=count, head=head[: audit.SHOWN], today=today)
        admin_notice(session, admin, notice(identity, text, "the audit's head, once a month"), now)


def _backup(session: Session, office: Office, now: datetime) -> None:
    """The daily backup failed: told once a day, as long as no backup was made since."""
    failed = settings.backup_failed(session)
    if failed is None:
        return
    identity = Identity("backup", day=office.today(now))
    last = settings.backup_made(session)
    for admin in untold_admins(session, identity):
        text = office.text("admin.backup_failed", at=failed[0], fault=failed[1], since=last)
        admin_notice(session, admin, notice(identity, text, "the daily backup failed"), now)


def _no_room(session: Session, office: Office, now: datetime) -> None:
    """Once a day, while files wait outside because the disk is nearly full or the database has its size."""
    found = room.look(session, office.free_bytes, office.most_bytes)
    if found.lack is None:
        return
    text = office.text(
        "admin.no_room",
        lack=found.lack,
        waiting=room.waiting(session),
        free=size(found.free or 0),
        floor=size(found.floor),
        taken=size(found.size),
        most=size(found.most),
    )
    identity = Identity("no-room", day=office.today(now))
    for admin in untold_admins(session, identity):
        admin_notice(session, admin, notice(identity, text, "there is no room for files"), now)


def _failures(session: Session, office: Office, now: datetime) -> None:
    """What could not be delivered, told to every admin who is not the one it could not be delivered to."""
    rows = deliveries.unreported(session)
    admins = people.admins(session) if rows else []
    if not admins:
        return
    names = [(_addressee(session, office, row), fault_of(row.last_error), row.in_group) for row in rows]
    found = list(dict.fromkeys(names))
    lines = [(name, office.text(f"fault.{fault}", in_group=in_group)) for name, fault, in_group in found[:SHOWN]]
    invite = any(fault is Fault.CLOSED and not in_group for _, fault, in_group in found)
    text = office.text("admin.failed", lines=lines, more=max(0, len(found) - SHOWN), invite=invite)
    for admin in admins:
        identity = Identity("failed", rows[-1].id)
        admin_notice(session, admin, notice(identity, text, "messages could not be delivered"), now)
    for row in rows:
        row.reported = True
        session.add(row)


def _addressee(session: Session, office: Office, row: Delivery) -> str:
    """Whose chat it is: in a group the group, whoever had asked there."""
    if row.in_group:
        group = group_chats.known(session, row.channel, row.chat)
        return office.text("fault.group", title=group.title if group else "")
    if row.person_id is None:
        # An invite or a code that went to an address; of a chat that is nobody's no number is shown.
        return office.text("fault.nobody_yet", address=row.chat if "@" in row.chat else "")
    return people.named(session, office.agency_short, row.person_id)


def to_close(session: Session, office: Office, now: datetime) -> list[Obligation]:
    """Ongoing work that is open after the last day of its plan."""
    today = office.today(now)
    ended = {plan.id for plan in office.plans.values() if today > plan.ends}
    return horizon.lasting(session, ended) if ended else []


def close_ended(session: Session, office: Office, now: datetime) -> int:
    """Closes ongoing work after the last day of its plan; returns how many obligations."""
    rows = to_close(session, office, now)
    for row in rows:
        obligations.record(session, row, NewEvent(EventKind.CLOSED, now, via="clock", note="year end"), now)
    return len(rows)
