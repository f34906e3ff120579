"""An entry of the audit in words: who did what, when, by which way, about whom or what, with its details."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from progress.items import code_of, period
from store import obligations, people
from store.audit_actions import Action
from store.people_tables import GroupChat, Invite
from store.report_tables import IssuedReport
from store.tables import AuditEntry
from words.names import of_channel
from words.office import Office

# Who is no person: what the machine's clock did, a plan, or somebody on the server.
BY_ITSELF = ("service", "plan", "clock", "retention")
# Words that somebody gave with it; elsewhere `why` is a word of the code.
OWN_WORDS = ("basis", "words", "reason")
WHY_IN_WORDS = (Action.PLAN_PUT_RIGHT, Action.FILE_REMOVED)


@dataclass(frozen=True)
class Told:
    """One entry: `at` in UTC, `by` empty where no person did it; `work` is the obligation that it is about, if one."""

    number: int
    at: datetime
    by: str
    way: str
    what: str
    about: str
    details: tuple[str, ...]
    work: int | None


def told(session: Session, office: Office, entry: AuditEntry) -> Told:
    """What an entry says; of an action that this version does not know the record's own word."""
    numbers = _works(entry)
    return Told(
        number=entry.id,
        at=entry.at,
        by=_person(session, office, entry.actor),
        way=way_of(office, entry.via),
        what=action_of(office, entry.action),
        about=_about(session, office, entry, numbers),
        details=tuple(_details(session, office, entry)),
        work=numbers[0] if numbers else None,
    )


def action_of(office: Office, action: str) -> str:
    """What was done, in words."""
    key = f"audit_action.{action.replace('.', '_')}"
    return office.text(key) if key in office.text else action


def way_of(office: Office, via: str) -> str:
    """By which way: the screen, the server, the service itself, or a channel by its name."""
    head = via.partition(":")[0]
    if head in BY_ITSELF:
        return office.text("audit_log.way_service")
    return office.text(f"audit_log.way_{head}") if head in ("desk", "cli") else of_channel(head)


def _person(session: Session, office: Office, number: int | None) -> str:
    person = people.get(session, number) if number is not None else None
    return office.text("audit_log.person", name=person.name, number=person.id) if person is not None else ""


def _works(entry: AuditEntry) -> list[int]:
    """The obligations that it is about."""
    kind, _, rest = entry.subject.partition(":")
    found = rest.split(",") if kind in ("obligation", "obligations") else [str(entry.detail.get("obligation", ""))]
    return [int(each) for each in found if each.isdecimal()]


def _about(session: Session, office: Office, entry: AuditEntry, works: list[int]) -> str:
    kind, _, rest = entry.subject.partition(":")
    if works:
        row = obligations.get(session, works[0])
        name = f"{code_of(office, row)} – {office.agency_short(row.agency_id)}" if row is not None else rest
        return office.text("audit_log.works", name=name, more=len(works) - 1)
    if kind == "database":
        return ""
    known = ABOUT.get(kind)
    return (known(session, office, rest) if known is not None else "") or rest


def _of_person(session: Session, office: Office, rest: str) -> str:
    return _person(session, office, int(rest)) if rest.isdecimal() else ""


def _of_invite(session: Session, office: Office, rest: str) -> str:
    row = session.get(Invite, int(rest)) if rest.isdecimal() else None
    return office.text("audit_log.invite", number=row.id, name=row.label) if row is not None else ""


def _of_group(session: Session, _office: Office, rest: str) -> str:
    row = session.get(GroupChat, int(rest)) if rest.isdecimal() else None
    return row.title if row is not None else ""


def _of_report(session: Session, office: Office, rest: str) -> str:
    row = session.get(IssuedReport, int(rest)) if rest.isdecimal() else None
    return office.text("audit_log.report", period=period(office, row.key), number=row.number) if row else ""


def _of_plan(_session: Session, office: Office, rest: str) -> str:
    return office.plans[rest].short if rest in office.plans else ""


def _of_day(_session: Session, office: Office, rest: str) -> str:
    return office.text("audit_log.on", day=date.fromisoformat(rest))


ABOUT: Mapping[str, Callable[[Session, Office, str], str]] = {
    "person": _of_person,
    "invite": _of_invite,
    "group": _of_group,
    "report": _of_report,
    "plan": _of_plan,
    "day": _of_day,
    "evidence": lambda _, office, rest: office.text("audit_log.file", number=rest),
    "import": lambda _, office, rest: office.text("audit_log.document", number=rest),
    "request": lambda _session, _office, rest: f"R{rest}",
    "inquiry": lambda _session, _office, rest: f"H{rest}",
    "letter": lambda _session, _office, rest: f"T{rest}",
    "task": lambda _session, _office, rest: rest.rpartition(":")[2],
    # Its details say all of it.
    "assignee": lambda _session, _office, _rest: "–",
}


def _details(session: Session, office: Office, entry: AuditEntry) -> Iterator[str]:
    text, detail = office.text, entry.detail
    yield from _of_roles(office, _with_invited(session, entry))
    for name, key in (("to", "to"), ("person", "to"), ("stand_in", "stand_in")):
        number = detail.get(name)
        if isinstance(number, int) and (named := _person(session, office, number)):
            yield text(f"audit_log.{key}", person=named)
    if entry.subject.startswith("request:") and "kind" in detail:
        yield text(f"request.kind_{detail['kind']}")
    if entry.action == Action.LATENESS_JUDGED:
        yield text(f"flag.{detail['verdict']}")
    if "channel" in detail:
        yield of_channel(str(detail["channel"]))
    if "first" in detail and "last" in detail:
        yield text("audit_log.days", first=_day(detail["first"]), last=_day(detail["last"]))
    if isinstance(detail.get("due"), str):
        yield text("audit_log.due", due=_day(detail["due"]))
    if isinstance(detail.get("day"), str):
        yield text("audit_log.on", day=_day(detail["day"]))
    if "was" in detail and "becomes" in detail:
        yield text("audit_log.became", was=detail["was"], becomes=detail["becomes"])
    names = (*OWN_WORDS, *(["why"] if entry.action in WHY_IN_WORDS else []))
    for words in (str(detail[name]) for name in names if detail.get(name)):
        yield text("audit_log.words", words=words)


def _with_invited(session: Session, entry: AuditEntry) -> Mapping[str, Any]:
    """The details, and those of an invite that was made by an earlier entry."""
    kind, _, rest = entry.subject.partition(":")
    row = session.get(Invite, int(rest)) if kind == "invite" and rest.isdecimal() else None
    return entry.detail if row is None else {**entry.detail, "agency": row.agency_id, "role": row.role}


def _of_roles(office: Office, detail: Mapping[str, Any]) -> Iterator[str]:
    """The agencies, with the roles there."""
    pairs = [str(each).partition(":") for each in detail.get("roles", ())]
    if "from" in detail and "to" in detail:
        old, new = office.agency_short(str(detail["from"])), office.agency_short(str(detail["to"]))
        yield office.text("audit_log.moved", old=old, agency=new)
        yield ", ".join(office.text(f"role.{role}") for _, _, role in pairs)
        return
    for agency, _, role in pairs or [(str(detail.get("agency") or ""), "", str(detail.get("role") or ""))]:
        if agency and role:
            yield office.text("audit_log.role", role=office.text(f"role.{role}"), agency=office.agency_short(agency))
        elif agency:
            yield office.agency_short(agency)
    yield from (office.agency_short(str(each)) for each in detail.get("agencies", ()))


def _day(text: object) -> date:
    return date.fromisoformat(str(text))
