"""What the played year says of itself: the figures against the truth, and how many messages people got."""

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from plan.people import Role
from reports.figures.boxes import Box
from reports.figures.summary import build
from sandbox.phone import labels_of, text_of
from store import people
from store.people_tables import Person
from store.tables import Delivery
from store.types import DeliveryKind, DeliveryState
from tests.conftest import HANOI
from tests.year.play import Year

# What a person gets because they just did something is not what wears them out.
ASKED_FOR = (DeliveryKind.ANSWER, DeliveryKind.CONFIRMATION)
BOXES = (Box.DONE_IN_TIME, Box.DONE_LATE, Box.OPEN, Box.OVERDUE)


@dataclass(frozen=True)
class Load:
    """Messages that nobody asked for: per person and week in which the person was linked."""

    role: str
    people: int
    median: float
    ninety: float
    worst: int
    worst_who: str


def figures(year: Year) -> dict[str, tuple[int, int]]:
    """Each box as the service counts it and as the script knows it."""
    with year.world.service.store.look() as session:
        found = build(session, year.world.service.current(), year.world.now).dated
    truth = year.truth()
    counted = {box: found[box] for box in BOXES}
    counted[Box.OPEN] = found.open
    return {box: (counted[box], truth[box]) for box in BOXES}


def differences(year: Year) -> Sequence[str]:
    """Each thing owed, reports included, whose box the service and the script do not agree on; what is near is open."""
    known = {work.key: year.box(work) for work in year.works}
    with year.world.service.store.look() as session:
        lines = build(session, year.world.service.current(), year.world.now).lines
    found = {
        (line.agency, line.milestone, line.occurrence): Box.OPEN if line.box is Box.NEAR else line.box for line in lines
    }
    return [f"{' '.join(key)}: {found.get(key)}, not {box}" for key, box in known.items() if found.get(key) != box]


def loads(year: Year) -> Sequence[Load]:
    """How many messages a week nobody asked for, by role."""
    by_role: dict[Role, list[tuple[str, Sequence[int]]]] = {}
    for person, role in _roles(year):
        by_role.setdefault(role, []).append((person.name, _weeks(year, person)))
    result = []
    for role in sorted(by_role):
        weeks = sorted(count for _, counts in by_role[role] for count in counts)
        worst, name = max((max(counts, default=0), name) for name, counts in by_role[role])
        ninety = weeks[int(len(weeks) * 0.9)]
        result.append(Load(role, len(by_role[role]), statistics.median(weeks), ninety, worst, name))
    return result


def _roles(year: Year) -> Sequence[tuple[Person, Role]]:
    order = [Role.OFFICER, Role.HEAD, Role.LEADER, Role.ADMIN]
    with year.world.service.store.look() as session:
        return [
            (person, max((Role(each.role) for each in held), key=order.index))
            for person, _, held in people.linked(session)
        ]


def _weeks(year: Year, person: Person) -> Sequence[int]:
    """Messages in each week from the first to the last day, the weeks without any included."""
    query = select(Delivery).where(
        Delivery.person_id == person.id,
        Delivery.state == DeliveryState.SENT,
        col(Delivery.kind).not_in([str(kind) for kind in ASKED_FOR]),
    )
    with year.world.service.store.look() as session:
        moments = [row.sent_at for row in session.exec(query) if row.sent_at is not None]
    counts = Counter(moment.astimezone(HANOI).isocalendar()[:2] for moment in moments)
    first, last = person.created_at, year.world.now
    total = max(1, (last - first).days // 7 + 1)
    return [*counts.values(), *([0] * max(0, total - len(counts)))]


def transcript(year: Year, name: str) -> str:
    """Everything on a person's phone, in order, as they read it."""
    phone = year.phones[name]
    lines = []
    for message in year.world.platform.messages(phone.chat):
        at = datetime.fromtimestamp(message["date"], HANOI)
        who = "bot" if message["from"]["id"] == year.world.platform.bot["id"] else name
        kind = next((f"[{kind}] " for kind in ("photo", "document") if kind in message), "")
        buttons = "".join(f" [{label}]" for label in labels_of(message))
        lines.append(f"— {at:%a %d/%m/%Y %H:%M} {who}: {kind}{text_of(message)}{buttons}")
    return "\n\n".join(lines)
