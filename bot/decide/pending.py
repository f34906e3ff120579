"""/waiting: everything that waits for an admin's word, in one list."""

from collections.abc import Sequence
from datetime import datetime

from bot.decide import review
from bot.turn import Turn
from plan.causes import answer_by
from progress import waiting as everybody
from progress.acts import blockage
from progress.items import code_of
from store import absences, desk_keys, inquiries, nominations, obligations, people, stray_letters
from store.answer_tables import Request
from store.tables import Obligation

SHOWN = 10
Waiting = tuple[str, str, Obligation, datetime | None]
"""A request's number, what it is, what it is about, since when (UTC)."""


def waiting(turn: Turn, _rest: str) -> None:
    """Requests, answers to confirm, what blocks agencies and has no reply, opinions on proof sheets with the day for
    the answer, words that were not clear, lateness that is not judged, questions that were forwarded."""
    asked: list[Waiting] = [
        (f"R{each.id}", _asked_for(turn, each), row, each.asked_at) for each, row in everybody.requested(turn.session)
    ]
    answers: list[Waiting] = [("", "", row, submission.at) for row, submission in review.waiting(turn)]
    blocked: list[Waiting] = [("", row.blocked, row, event.at) for row, event in blockage.unanswered(turn.session)]
    judged: list[Waiting] = [("", "", row, row.done_at) for row in obligations.flagged(turn.session)]
    said: list[Waiting] = [(f"L{each.id}", each.note, row, each.at) for each, row in everybody.said(turn.session)]
    opined: list[Waiting] = [
        (f"Y{each.id}", turn.text("waiting.opinion", words=each.words, due=each.due), row, each.at)
        for each, row in everybody.opined(turn.session)
    ]
    groups = {
        "requests": asked,
        "answers": answers,
        "blocked": blocked,
        "opinions": opined,
        "unclear": said,
        "flagged": judged,
    }
    whom, asking, letters = _people(turn), _inquiries(turn), stray_letters.count(turn.session)
    found = [
        _lines(turn, "people", whom),
        *(_group(turn, name, items) for name, items in groups.items()),
        _lines(turn, "inquiries", asking),
        turn.text("waiting.letters", count=letters) if letters else "",
    ]
    count = sum(len(items) for items in groups.values()) + len(whom) + len(asking) + letters
    if not count:
        turn.answer(turn.text("waiting.none"))
    else:
        turn.answer(turn.text("waiting.heading", count=count), *filter(None, found))


def _asked_for(turn: Turn, asked: Request) -> str:
    """What a request is for, with the last day in time for its answer."""
    due = answer_by(turn.office.calendar, turn.office.today(asked.asked_at))
    return turn.text("waiting.request", what=turn.text(f"request.kind_{asked.kind}"), due=due)


def _people(turn: Turn) -> list[str]:
    """Who is to be an admin, to stand in for somebody of another agency, or to be let in at the screen."""
    session, short = turn.session, turn.office.agency_short
    admins = [
        turn.text(
            "waiting.admin",
            reference=f"P{each.person_id}",
            person=people.named(session, short, each.person_id),
            agency=short(each.agency_id),
            at=each.at,
        )
        for each in nominations.waiting(session, turn.now)
    ]
    stand_ins = [
        turn.text(
            "waiting.stand_in",
            reference=f"V{each.id}",
            person=people.named(session, short, each.wanted_id or 0),
            name=people.named(session, short, each.person_id),
            first=each.first,
            last=each.last,
        )
        for each in absences.wanted(session, turn.office.today(turn.now))
    ]
    keys = [
        turn.text(
            "waiting.key",
            reference=f"K{each.id}",
            person=people.named(session, short, each.person_id),
            at=each.made_at,
        )
        for each in desk_keys.waiting(session)
    ]
    return [*admins, *stand_ins, *keys]


def _inquiries(turn: Turn) -> list[str]:
    """Questions that were forwarded, each with the last day in time for its answer."""
    short = turn.office.agency_short
    return [
        turn.text(
            "waiting.inquiry",
            reference=f"H{each.id}",
            code=each.code,
            agency=short(each.agency_id),
            person=people.named(turn.session, short, each.person_id),
            at=each.at,
            due=each.due,
            words=each.words,
        )
        for each in inquiries.waiting(turn.session)
    ]


def _group(turn: Turn, name: str, items: Sequence[Waiting]) -> str:
    lines = [
        turn.text(
            "waiting.line",
            reference=reference,
            what=what,
            code=code_of(turn.office, row),
            agency=turn.office.agency_short(row.agency_id),
            at=at,
        )
        for reference, what, row, at in items
    ]
    return _lines(turn, name, lines)


def _lines(turn: Turn, name: str, lines: Sequence[str]) -> str:
    """A part of the list under its heading; empty where nothing is in it."""
    more = turn.text("waiting.more", count=len(lines) - SHOWN) if len(lines) > SHOWN else ""
    heading = turn.text(f"waiting.{name}", count=len(lines))
    return "\n".join(filter(None, (heading, *lines[:SHOWN], more))) if lines else ""
