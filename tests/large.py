"""A plan larger than any province's, with a history for each of its obligations, written straight into the tables."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from app.wiring import migrate
from plan.model import Agency, Decision, Group, Kind, Milestone, Plan, Section, Task
from plan.status import Event, EventKind, replay
from plan.workdays import Calendar
from store import plan_sync, plans
from store.answer_tables import Evidence, Submission
from store.engine import Store
from store.people_tables import Person
from store.tables import Obligation, ObligationEvent
from store.types import EvidenceState
from words.catalogue import Catalogue
from words.office import Office

AGENCIES, TASKS, SECTIONS = 300, 100, 10
SYNCED = datetime(2020, 1, 2, tzinfo=UTC)
TITLE = "Rà soát, đánh giá thủ tục hành chính thuộc thẩm quyền giải quyết hoặc phạm vi quản lý của đơn vị trong năm"


def plan(count: int = AGENCIES) -> Plan:
    """So many agencies that each owe 100 tasks, due on the last days of the months."""
    agencies = tuple(
        Agency(id=f"xa{number}", name=f"UBND xã số {number}", short=f"Xã {number}", basis="mẫu")
        for number in range(count)
    )
    return Plan(
        id="large",
        name="Kế hoạch lớn",
        short="Lớn",
        year=2020,
        decision=Decision(number="1/QĐ-UBND", date=date(2019, 12, 31), issuer="UBND tỉnh", title="Kế hoạch"),
        compiler="xa0",
        sections=tuple(Section(id=str(number + 1), title=f"Nội dung {number + 1}") for number in range(SECTIONS)),
        tasks=tuple(_task(number) for number in range(TASKS)),
        agencies=agencies,
        groups=(Group(id="xa", name="UBND các xã", members=tuple(each.id for each in agencies), basis="mẫu"),),
    )


def _task(number: int) -> Task:
    code = f"{number // 10 + 1}{'abcdeghikl'[number % 10]}"
    printed = f"Tháng {number % 12 + 1:02} năm 2020"
    return Task(
        code=code,
        section=str(number // 10 + 1),
        title=f"{TITLE} ({code})",
        lead=("xa",),
        lead_printed="UBND các xã",
        product="Báo cáo kết quả",
        timing=printed,
        milestones=(Milestone(id=f"{code}.1", kind=Kind.DATED, printed=printed),),
    )


def office(text: Catalogue, of: Plan) -> Office:
    """An office with this plan alone."""
    return Office({of.id: of}, Calendar(), text)


def fill(folder: Path, of: Plan) -> Store:
    """A database of 30,000 obligations with six events each, half of them answered with a document and a file."""
    url = f"sqlite:///{folder / 'large.db'}"
    migrate(url)
    store = Store(url)
    with store.unit() as session:
        plans.keep(session, of, SYNCED)
        plan_sync.keep_agencies(session, of)
        person = Person(name="bench", created_at=SYNCED)
        session.add(person)
        session.flush()
        assert person.id is not None
        _rows(session, of, person.id)
    return store


def _rows(session: Session, of: Plan, person: int) -> None:
    owed, events, answers, files, count = [], [], [], [], len(of.agencies)
    # One place further after each year of months: every agency has answered half of what falls due in any month.
    owing = of.agencies
    pairs = ((task, owing[(turn // 12 + at) % count]) for turn, task in enumerate(of.tasks) for at in range(count))
    for number, (task, agency) in enumerate(pairs, start=1):
        due = date(2020, int(task.milestones[0].printed[6:8]), 28)
        happened = _history(number, due)
        owed.append({
            "id": number, "plan_id": of.id, "task": task.code, "milestone": task.milestones[0].id,
            "work": task.milestones[0].key, "agency_id": agency.id, "kind": Kind.DATED, **_comes_to(number % 2, due),
        })  # fmt: skip
        events += happened
        if number % 2:
            at = SYNCED + timedelta(days=5)
            answers.append({
                "id": number, "obligation_id": number, "person_id": person, "at": at, "recorded_at": at, "via": "bench",
                "source": f"bench:{number}", "note": f"BC {number}/BC-UBND 05/01/2020",
            })  # fmt: skip
            files.append({
                "source": f"bench:{number}", "person_id": person, "submission_id": number, "channel": "bench",
                "file_id": "f", "unique_id": "u", "kind": "photo", "name": "", "mime": "", "sent_at": at,
                "not_before": at, "state": EvidenceState.STORED,
            })  # fmt: skip
    for table, rows in ((Obligation, owed), (Submission, answers), (ObligationEvent, events), (Evidence, files)):
        session.execute(insert(table), rows)


@cache
def _comes_to(answered: int, due: date) -> dict[str, object]:
    """What the row of an obligation says after its history: the replay of it."""
    happened = (
        Event(each["kind"], each["at"], each["recorded_at"], each["due"], each["note"])
        for each in _history(answered, due)
    )
    standing = replay(happened)
    assert standing is not None
    return standing._asdict()


def _history(number: int, due: date) -> list[dict[str, Any]]:
    kinds = [EventKind.CREATED, EventKind.ACKNOWLEDGED, EventKind.PROGRESSED, EventKind.BLOCKED, EventKind.PROGRESSED]
    kinds.append(EventKind.SUBMITTED if number % 2 else EventKind.BLOCKED)
    return [
        {
            "obligation_id": number, "kind": kind, "at": SYNCED + timedelta(days=day),
            "recorded_at": SYNCED + timedelta(days=day), "via": "bench", "due": due if day == 0 else None,
            "note": f"BC {number}/BC-UBND 05/01/2020" if kind is EventKind.SUBMITTED else f"đang làm, {day * 10} %",
            "submission_id": number if kind is EventKind.SUBMITTED else None,
        }
        for day, kind in enumerate(kinds)
    ]  # fmt: skip
