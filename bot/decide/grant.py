"""Admins decide what officers asked for; alone, /grant and /refuse show what waits, each with its two buttons."""

import re

from bot import reference
from bot.carry_out import carry_out, post_outcome, scene_of
from bot.decide.blockage import notice_replied_to
from bot.turn import Turn
from bot.which.owed import said_now
from progress.acts import asking, deciding
from progress.acts.outcomes import Outcome
from progress.acts.rights import AllowKey, AllowStandIn, Appoint
from progress.acts.values import Grant, Refuse
from store import deliveries, obligations, requests
from store.postings import Identity
from words import verdicts
from words.verdicts import Verdict

SHOWN = 8
OF_PEOPLE = re.compile(r"^([PVK])\s*(\d{1,9})(?!\w)[\s.,:;–-]*(.*)$", re.IGNORECASE | re.DOTALL)


def grant(turn: Turn, rest: str) -> bool:
    """/grant R12, V5 (who stands in), P7 (a new admin), K3 (a passphrase), or the button; alone it shows what waits."""
    if (about_people := _about_people(turn, rest, granted=True)) is not None:
        return carry_out(turn, about_people).is_over
    found = _named_or_shown(turn, rest)
    return found is not None and carry_out(turn, Grant(said_now(turn, found[1]), found[0])).is_over


def refuse(turn: Turn, rest: str) -> bool:
    """/refuse R12 lý do, or its button, after which the reason is asked for; V5, P7, K3; alone it shows what waits."""
    if (about_people := _about_people(turn, rest, granted=False)) is not None:
        return carry_out(turn, about_people).is_over
    found = _named_or_shown(turn, rest)
    return found is not None and carry_out(turn, Refuse(said_now(turn, found[1]), found[0])).is_over


def replied_notice(turn: Turn) -> int | None:
    """The request whose notice an admin replies to."""
    row = notice_replied_to(turn, asking.OCCASION)
    if row is None or row.obligation_id is None:
        return None
    for each in requests.of_obligation(turn.session, row.obligation_id):
        told = deliveries.by_identity(turn.session, Identity(asking.OCCASION, each.id).to(row.person_id))
        if told is not None and told.id in (row.id, row.first_id):
            return each.id
    return None


def reply_on(turn: Turn, request_id: int, text: str) -> None:
    """A reply to the notice: "đồng ý", or "không đồng ý" with the reason; that other words decide nothing is said."""
    match verdicts.read(text):
        case Verdict.CONFIRM:
            carry_out(turn, Grant(said_now(turn, ""), request_id))
        case Verdict.RETURN_WHY:
            carry_out(turn, Refuse(said_now(turn, ""), request_id))
        case Verdict.RETURN if verdicts.begins_with_no(text):
            carry_out(turn, Refuse(said_now(turn, text), request_id))
        case _:
            _ask_what(turn, request_id, text)


def _ask_what(turn: Turn, request_id: int, text: str) -> None:
    scene = scene_of(turn)
    found = deciding.request_that_waits(scene, request_id)
    if isinstance(found, Outcome):
        post_outcome(turn, found)
        return
    turn.answer(
        turn.text("request.unclear", reference=f"R{request_id}", words=text),
        buttons=asking.buttons(scene, found[0]),
    )


def _about_people(turn: Turn, rest: str, *, granted: bool) -> AllowStandIn | AllowKey | Appoint | None:
    found = OF_PEOPLE.match(rest.strip())
    if found is None:
        return None
    said, number = said_now(turn, found[3]), int(found[2])
    match found[1].upper():
        case "V":
            return AllowStandIn(said, number, granted)
        case "K":
            return AllowKey(said, number, granted)
        case _:
            return Appoint(said, number, granted)


def _named_or_shown(turn: Turn, rest: str) -> tuple[int, str] | None:
    """The request that is named and the words after it; None where what waits was shown instead."""
    # A bare number is a request's here.
    meant = reference.read(turn.office, f"R{rest}" if rest[:1].isdigit() else rest)
    if meant.request is None:
        _show_waiting(turn, rest.strip())
        return None
    return meant.request, meant.words


def _show_waiting(turn: Turn, wanted: str) -> None:
    waiting = requests.all_waiting(turn.session)
    if not waiting:
        turn.answer(turn.text("request.none"))
        return
    turn.answer(turn.text("request.list", count=len(waiting), shown=min(SHOWN, len(waiting)), wanted=wanted))
    scene = scene_of(turn)
    for request in waiting[:SHOWN]:
        row = obligations.get(turn.session, request.obligation_id)
        if row is not None:
            turn.answer(asking.question(scene, request, row), buttons=asking.buttons(scene, request))
