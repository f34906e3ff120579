"""An admin takes up what blocks an agency, and answers it: by button, by command, or by replying to the notice.

It is kept in the audit: no event of an obligation means it, refusals and requests are something else, and the delivery
log, where every word to a person stands, is let go in time.
"""

from typing import Any

from bot import reference
from bot.questions.to_deciders import Reply
from bot.turn import Turn
from bot.which import readable
from plan.people import Role
from plan.status import EventKind, State
from progress.acts.answers import BLOCKED_NOTICE
from progress.items import code_of
from store import audit, deliveries, obligations, people
from store.postings import Identity, Posting
from store.tables import AuditEntry, Obligation, ObligationEvent
from store.types import DeliveryKind
from words.message import say


def taken(turn: Turn, rest: str) -> None:
    """/taken 2b sondung, or the button: the agency hears who looks after it."""
    row = _find_or_ask(turn, "taken", rest)
    if row is None:
        return
    blocked = _blocked(turn, row)
    if blocked is None:
        turn.answer(turn.text("reply.nothing", code=code_of(turn.office, row), agency=_agency(turn, row)))
        return
    before = next(
        (e for e in audit.about(turn.session, _subject(row)) if e.action == audit.BLOCK_TAKEN and _since(e, blocked)),
        None,
    )
    if before is not None:
        by = people.get(turn.session, before.actor or 0)
        turn.answer(turn.text("reply.taken_before", person=people.mentioned(by), at=before.at))
        return
    audit.record(
        turn.session, audit.BLOCK_TAKEN, _subject(row), turn.now, via=turn.via, actor=turn.person_id, event=blocked.id
    )
    told = _tell(
        turn, row, blocked.person_id, turn.text("reply.taken", **_values(turn, row), note=blocked.note), "took it up"
    )
    turn.answer(turn.text("reply.sent", code=code_of(turn.office, row), agency=_agency(turn, row), count=told))


def reply(turn: Turn, rest: str) -> None:
    """/reply 2b sondung lời trả lời, or the button, after which the words come in the next message."""
    found = readable.find_or_ask(turn, "reply", reference.read(turn.office, rest), single=True)
    if found is None:
        return
    row = found.rows[0]
    turn.about = row.id
    if found.rest:
        _reply(turn, row, found.rest)
        return
    turn.ask(Reply(obligation=row.id or 0))
    turn.answer(turn.text("reply.words", code=code_of(turn.office, row), agency=_agency(turn, row)))


def reply_on(turn: Turn, obligation_id: int, text: str) -> None:
    """The words about an obligation have come."""
    row = obligations.get(turn.session, obligation_id)
    if row is None or not readable.may_read(turn, row):
        turn.answer(turn.text("ask.foreign"))
        return
    turn.about = row.id
    _reply(turn, row, text)


def replied_notice(turn: Turn) -> int | None:
    """The obligation whose notice an admin replies to."""
    incoming = turn.incoming
    if not incoming.reply_to or Role.ADMIN not in turn.roles:
        return None
    row = deliveries.by_message(turn.session, incoming.channel, incoming.chat, incoming.reply_to)
    if row is None or row.kind != DeliveryKind.NOTICE or row.occasion != BLOCKED_NOTICE:
        return None
    return row.obligation_id


def _reply(turn: Turn, row: Obligation, words: str) -> None:
    blocked = _blocked(turn, row)
    audit.record(
        turn.session, audit.BLOCK_ANSWERED, _subject(row), turn.now, via=turn.via, actor=turn.person_id, words=words
    )
    text = turn.text("reply.answered", **_values(turn, row), words=words)
    told = _tell(turn, row, blocked.person_id if blocked else None, text, "answered it")
    turn.answer(turn.text("reply.sent", code=code_of(turn.office, row), agency=_agency(turn, row), count=told))


def _tell(turn: Turn, row: Obligation, also: int | None, text: str, why: str) -> int:
    identity = Identity("unblock", f"{row.id}:{turn.source}")
    answer = Posting(DeliveryKind.ANSWER, f"an admin {why}", identity, say(text), row.id)
    return turn.tell_officers(row.agency_id, also, answer)


def _find_or_ask(turn: Turn, verb: str, rest: str) -> Obligation | None:
    found = readable.find_or_ask(turn, verb, reference.read(turn.office, rest), single=True)
    if found is None:
        return None
    turn.about = found.rows[0].id
    return found.rows[0]


def unanswered(turn: Turn) -> list[tuple[Obligation, ObligationEvent]]:
    """What blocks open work and has had no reply, each with the report of it."""
    rows = [row for row in obligations.all_of(turn.session, states=(State.OPEN,)) if row.blocked]
    found = [(row, event) for row in rows if (event := _blocked(turn, row)) is not None]
    return [(row, event) for row, event in found if not _is_answered(turn, row, event)]


def _is_answered(turn: Turn, row: Obligation, blocked: ObligationEvent) -> bool:
    entries = audit.about(turn.session, _subject(row))
    return any(each.action == audit.BLOCK_ANSWERED and each.at >= blocked.recorded_at for each in entries)


def _blocked(turn: Turn, row: Obligation) -> ObligationEvent | None:
    """What was reported last as blocking it."""
    events = obligations.events_of(turn.session, row.id or 0)
    return next((event for event in reversed(events) if event.kind == EventKind.BLOCKED), None)


def _since(entry: AuditEntry, blocked: ObligationEvent) -> bool:
    return entry.detail.get("event") == blocked.id


def _values(turn: Turn, row: Obligation) -> dict[str, Any]:
    return {
        "compiler": turn.office.compiler_name,
        "person": people.mentioned(turn.person),
        "code": code_of(turn.office, row),
        "agency": _agency(turn, row),
    }


def _agency(turn: Turn, row: Obligation) -> str:
    return turn.office.agency_name(row.agency_id)


def _subject(row: Obligation) -> str:
    return f"obligation:{row.id}"
