"""What people hear of files they sent: of those that do not arrive, and of those that belong to nothing and will go."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlmodel import Session

from progress import placing
from store import addresses, deliveries, loose, people, settings, submissions
from store.answer_tables import Evidence
from store.engine import Store
from store.people_tables import Address
from store.postings import Identity, Posting, notice, to_person
from store.retention import TOLD_BEFORE
from store.types import DeliveryKind
from words.file_names import called
from words.message import Button, say
from words.office import Office

# How long a file may be on its way before its sender hears of it, and before the admins do.
LONG, TOO_LONG = timedelta(hours=6), timedelta(hours=48)
SHOWN = 10
# The local day on which it was looked last for what will go.
LOOKED = "loose_looked"


def tell(store: Store, office: Office, now: datetime) -> None:
    """Puts what is to be said into the outbox, each once."""
    today = office.today(now).isoformat()
    with store.look() as session:
        late = submissions.still_waiting(session, now - LONG)
        looks = office.may_send(now) and settings.get(session, LOOKED) != today
    if not late and not looks:
        return
    with store.unit() as session:
        _tell_senders(session, office, late, now)
        _tell_admins(session, office, [each for each in late if each.sent_at <= now - TOO_LONG], now)
        if looks:
            settings.put(session, LOOKED, today)
            _tell_of_going(session, office, now)


def _tell_senders(session: Session, office: Office, files: Iterable[Evidence], now: datetime) -> None:
    for each in files:
        address = addresses.address_of(session, each.person_id, each.channel)
        identity = Identity("file-late", each.id)
        if address is None or deliveries.exists(session, identity):
            continue
        text = office.text("files.late", name=called(office, each.name, each.kind), at=each.sent_at)
        posting = Posting(DeliveryKind.ANSWER, f"evidence {each.id} is long in coming", identity, say(text))
        deliveries.post(session, to_person(address), posting, now)


def _tell_admins(session: Session, office: Office, files: Sequence[Evidence], now: datetime) -> None:
    """Once a day, as long as there are such files."""
    if not files:
        return
    lines = [
        office.text(
            "files.late_line",
            name=called(office, each.name, each.kind),
            person=people.named(session, office.agency_short, each.person_id),
            at=each.sent_at,
        )
        for each in files[:SHOWN]
    ]
    text = office.text("files.late_admin", lines=lines, count=len(files), more=len(files) - len(lines))
    for admin, address in people.admins(session):
        identity = Identity("files-late", day=office.today(now), person_id=admin.id)
        deliveries.post(session, to_person(address), notice(identity, text, "files do not arrive"), now)


def _tell_of_going(session: Session, office: Office, now: datetime) -> None:
    """Each sender hears once of everything of theirs that goes next, in time to act; looked for once a day."""
    rows = list(loose.untold(session, now - timedelta(days=office.loose_days) + TOLD_BEFORE))
    rows.sort(key=lambda row: (row.person_id, row.sent_at))
    for person_id, group in groupby(rows, key=lambda row: row.person_id):
        own = list(group)
        address = addresses.address_of(session, person_id, own[0].channel)
        if address is None:
            continue
        _tell_one(session, office, address, own, now)
        for row in own:
            row.told_at = now
            session.add(row)


def _tell_one(session: Session, office: Office, address: Address, own: Sequence[Evidence], now: datetime) -> None:
    first = min(row.sent_at for row in own)
    goes = max(office.today(first + timedelta(days=office.loose_days)), office.today(now + TOLD_BEFORE))
    files = placing.in_words(office, own)
    text = office.text("files.going", files=files, count=len(own), at=first, goes=goes)
    buttons = [[Button(office.text("files.going_button"), "/evidence")]]
    identity = Identity("files-going", f"{own[0].id}-{own[-1].id}", person_id=address.person_id)
    deliveries.post(session, to_person(address), notice(identity, text, "loose files go soon", buttons), now)
