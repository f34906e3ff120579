"""Admins decide what officers asked for; alone, /grant and /refuse show what waits, each with its two buttons."""

import re

from bot import reference
from bot.carry_out import carry_out, scene_of
from bot.turn import Turn
from bot.which.owed import said_now
from progress.acts import asking
from progress.acts.rights import AllowKey, AllowStandIn, Appoint
from progress.acts.values import Grant, Refuse
from store import obligations, requests

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
