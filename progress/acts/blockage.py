"""An admin takes up what blocks an agency, and answers it.

It is kept in the audit: no event of an obligation means it, refusals and requests are something else, and the delivery
log, where every word to a person stands, is let go in time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from plan.status import EventKind
from progress import placing, recipients
from progress.about_files import went_along
from progress.acts.deciding import named
from progress.acts.outcomes import Notice, Outcome, ToPerson
from progress.acts.scene import Scene
from progress.acts.values import AnswerBlock, TakeUp
from progress.items import code_of
from progress.submit import UNDO, Statement
from store import audit, awaited, obligations, people
from store.audit_actions import Action
from store.postings import Identity
from store.tables import AuditEntry, Obligation, ObligationEvent
from words.mentions import mention
from words.message import Button, say

# What an admin said about what blocks an agency, and took back.
ANSWERING = (audit.BLOCK_ANSWERED, audit.BLOCK_UNANSWERED)


@dataclass(frozen=True)
class Difficulty:
    """What blocks open work as its agency reported it, and where it lies; instants UTC, `answer` what was said last."""

    reported: ObligationEvent
    taken_at: datetime | None = None
    answered_at: datetime | None = None
    answer: str = ""


def difficulty(session: Session, row: Obligation) -> Difficulty | None:
    """The difficulty that stands on an obligation, None where there is none."""
    reported = _reported(session, row) if row.blocked else None
    if reported is None:
        return None
    taken = _taken_up(session, row, reported)
    answer = _answer_to(session, row, reported)
    return Difficulty(
        reported,
        taken.at if taken else None,
        answer.at if answer else None,
        str(answer.detail.get("words", "")) if answer else "",
    )


def take_up(scene: Scene, act: TakeUp, row: Obligation) -> Outcome:
    """The agency hears once who looks after what blocks it."""
    session, text = scene.session, scene.office.text
    blocked = _reported(session, row)
    if blocked is None:
        return Outcome((say(text("reply.nothing", **named(scene, row))),))
    if (before := _taken_up(session, row, blocked)) is not None:
        by = people.named(session, scene.office.agency_short, before.actor or 0)
        return Outcome((say(text("reply.taken_before", person=by, at=before.at)),))
    _record(scene, act.said, audit.BLOCK_TAKEN, row, event=blocked.id)
    told = text("reply.taken", **_values(scene, row), note=blocked.note)
    return _sent(scene, act.said, row, blocked, told, "an admin took it up")


def answer(scene: Scene, act: AnswerBlock, row: Obligation) -> Outcome:
    """The agency and who reported it hear the words, which are asked for where they are missing."""
    said, text = act.said, scene.office.text
    if not said.note:
        return Outcome((say(text("reply.words", **named(scene, row))),), waits=act)
    _record(scene, said, audit.BLOCK_ANSWERED, row, words=said.note)
    told = text("reply.answered", **_values(scene, row), words=said.note)
    files, code = placing.place_about(scene.session, said, row), code_of(scene.office, row)
    kept, read = went_along(scene.session, scene.office, files, f"{code} {row.agency_id}", code)
    found = _sent(scene, said, row, _reported(scene.session, row), told + read, "an admin answered it", words=said.note)
    done = (say(each.markup, kept, buttons=[[back(scene, row)]]) for each in found.replies)
    return replace(found, replies=tuple(done))


def back(scene: Scene, row: Obligation) -> Button:
    """What takes the answer to a difficulty back."""
    return Button(scene.office.text("button.undo"), f"/takeback #{row.id}")


def take_back(scene: Scene, row: Obligation, said: Statement) -> Outcome | None:
    """Within ten minutes an answer was a mistake, and the difficulty waits for one again; None where it is none."""
    blocked = _reported(scene.session, row)
    last = _answer_to(scene.session, row, blocked) if blocked is not None else None
    mine = last is not None and last.actor == scene.actor.person_id and scene.now <= last.at + UNDO
    if blocked is None or not mine:
        return None
    _record(scene, said, audit.BLOCK_UNANSWERED, row)
    hear = recipients.of_answer(scene.session, row.agency_id, blocked.person_id, scene.office.today(scene.now))
    told = scene.office.text("takeback.reply_to_officer", **named(scene, row))
    identity = Identity("unreplied", f"{row.id}:{said.source}")
    notices = tuple(ToPerson(each, told, "an answer was taken back", identity, row.id) for each in hear)
    text = scene.office.text("takeback.reply", **named(scene, row))
    return Outcome((say(text),), notices, about=row.id, is_over=True)


def answered(session: Session) -> list[int]:
    """The numbers of the open obligations of which what blocks them had a reply: most have nothing in the audit."""
    said = awaited.decided_about_blocked(session, ANSWERING)
    return [each.obligation_id for each in awaited.reports(session, said) if _standing(said[each.obligation_id], each)]


def _sent(
    scene: Scene,
    said: Statement,
    row: Obligation,
    blocked: ObligationEvent | None,
    told: str,
    why: str,
    *,
    words: str = "",
) -> Outcome:
    hear = recipients.of_answer(
        scene.session, row.agency_id, blocked.person_id if blocked else None, scene.office.today(scene.now)
    )
    identity = Identity("unblock", f"{row.id}:{said.source}")
    notices: tuple[Notice, ...] = tuple(ToPerson(each, told, why, identity, row.id) for each in hear)
    return Outcome((say(scene.office.text("reply.sent", **named(scene, row), count=len(hear), words=words)),), notices)


def _record(scene: Scene, said: Statement, action: Action, row: Obligation, **detail: object) -> None:
    actor = scene.actor.person_id
    audit.record(scene.session, action, _subject(row), scene.now, via=said.via, actor=actor, **detail)


def _taken_up(session: Session, row: Obligation, blocked: ObligationEvent) -> AuditEntry | None:
    entries = (each for each in audit.about(session, _subject(row)) if each.action == audit.BLOCK_TAKEN)
    return next((each for each in entries if each.detail.get("event") == blocked.id), None)


def _answer_to(session: Session, row: Obligation, blocked: ObligationEvent) -> AuditEntry | None:
    """The last answer since it was reported that was not taken back."""
    return _standing((each for each in audit.about(session, _subject(row)) if each.action in ANSWERING), blocked)


def _standing(answers: Iterable[AuditEntry], blocked: ObligationEvent) -> AuditEntry | None:
    stands: list[AuditEntry] = []
    for each in answers:
        if each.at < blocked.recorded_at:
            continue
        stands = [*stands, each] if each.action == audit.BLOCK_ANSWERED else stands[:-1]
    return stands[-1] if stands else None


def _reported(session: Session, row: Obligation) -> ObligationEvent | None:
    """What was reported last as blocking it."""
    events = obligations.events_of(session, row.id or 0)
    last = next((event for event in reversed(events) if event.kind == EventKind.BLOCKED), None)
    # Without words it was taken back.
    return last if last is not None and last.note else None


def _values(scene: Scene, row: Obligation) -> dict[str, str]:
    person = mention(scene.actor.person_id, scene.actor.name)
    return named(scene, row) | {"compiler": scene.office.compiler_name, "person": person}


def _subject(row: Obligation) -> str:
    return f"obligation:{row.id}"
