"""Roles pass to another person, or to another agency: who or where is chosen, it is shown whole, and then done."""

from collections.abc import Sequence
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from desk import forms
from desk.desk import Asked
from desk.page import render
from desk.pages.people import PATH
from progress.acts import succession
from progress.acts.revoking import roles_of
from progress.acts.succession import Passing
from progress.board import board
from store import absences, assignees, people
from store.people_tables import Person
from words.message import Message, say

HAND_OVER, MOVE = f"{PATH}/ban-giao", f"{PATH}/chuyen"
WHO, TO, OLD, NEW = "nguoi", "cho", "tu", "den"


def hand_over(asked: Asked) -> Response:
    """Whose roles pass (`nguoi`) to whom (`cho`), as /bangiao says it, with the work that is open.

    Raises HTTPException(404) for who is no admin, and for a person who is not there or has no role.
    """
    before = _person(asked, WHO)
    after = forms.number_or_none(asked.query.get(TO, ""))
    found = succession.passing(asked.session, before.id or 0, after) if after is not None else None
    values: dict[str, Any] = {"act": "hand-over", "button": asked.t("button.handover"), "fields": (), "shown": []}
    if found is not None:
        values |= {"fields": (("before", before.id), ("after", after)), "shown": _what_passes(asked, found)}
    elif after is not None:
        values["shown"] = [say(asked.t("handover.cannot"))]
    return _shown(
        asked, before, HAND_OVER, asked.t("desk_people.hand_over"), choices=_others(asked, before, after), **values
    )


def move(asked: Asked) -> Response:
    """Who (`nguoi`) leaves which agency (`tu`) for which (`den`), as /chuyennguoi says it.

    Raises HTTPException(404) for who is no admin, for a person who is not there, and one who is not of that agency.
    """
    person, office, old, new = _person(asked, WHO), asked.office, asked.query.get(OLD, ""), asked.query.get(NEW, "")
    moved = [each for each in people.memberships(asked.session, person.id or 0) if each.agency_id == old]
    if not moved:
        raise HTTPException(404)
    values: dict[str, Any] = {"act": "move-person", "button": asked.t("button.move"), "fields": (), "shown": []}
    if succession.may_move_to(office, old, new):
        roles = [asked.t(f"role.{each.role}") for each in moved]
        names = {"old": office.agency_name(old), "agency": office.agency_name(new)}
        shown = [say(asked.t("move.ask", name=people.mentioned(person), roles=roles, **names)), *_ending(asked, person)]
        values |= {"fields": (("person", person.id), ("old", old), ("new", new)), "shown": shown}
    elif new:
        values["shown"] = [say(asked.t("move.cannot"))]
    every = office.in_order({agency.id for plan in office.plans.values() for agency in plan.agencies} - {old})
    choices = [("", [(each, office.agency_name(each), each == new) for each in every])]
    return _shown(asked, person, MOVE, asked.t("desk_people.move"), choices=choices, old=old, **values)


def _shown(asked: Asked, person: Person, path: str, title: str, **values: Any) -> Response:
    held = people.memberships(asked.session, person.id or 0)
    return render(
        asked,
        "succession.html",
        path=path,
        title=title,
        person=person,
        roles=roles_of(asked.office, held),
        field=TO if path == HAND_OVER else NEW,
        label=asked.t("desk_people.hand_over_to" if path == HAND_OVER else "desk_people.move_to"),
        old=values.pop("old", ""),
        way_back=PATH,
        **values,
    )


def _person(asked: Asked, name: str) -> Person:
    number = forms.number_or_none(asked.query.get(name, "")) if asked.viewer.is_admin else None
    found = people.get(asked.session, number) if number is not None else None
    if found is None or not people.memberships(asked.session, found.id or 0):
        raise HTTPException(404)
    return found


def _others(asked: Asked, before: Person, chosen: int | None) -> list[tuple[str, list[tuple[int, str, bool]]]]:
    """Everybody else by agency: the number, the name, whether it is the one who was chosen."""
    found = board(asked.session, asked.office, asked.now).linked
    groups = []
    for agency in asked.office.in_order(found):
        numbers = [(each.person.id or 0, each.person.name) for each in found[agency] if each.person.id != before.id]
        if numbers:
            named = [(number, f"{name} (P{number})", number == chosen) for number, name in numbers]
            groups.append((asked.office.agency_name(agency), named))
    return groups


def _what_passes(asked: Asked, found: Passing) -> list[Message]:
    office, before, after = asked.office, found.before, found.after
    to = people.named(asked.session, office.agency_short, after.id or 0)
    roles = roles_of(office, (*found.at_once, *found.waits))
    names = {"name": people.mentioned(before), "person": people.mentioned(after)}
    shown = [say(asked.t("handover.ask", **names | {"person": to}, roles=roles))]
    if found.waits:
        shown.append(say(asked.t("desk_people.hand_over_waits", **names, roles=roles_of(office, found.waits))))
    shown += _ending(asked, before)
    named = [each for each in assignees.standing(asked.session) if each.person_id == before.id]
    if named:
        shown.append(say(asked.t("desk_people.hand_over_named", count=len(named), **names)))
    work = list(succession.open_work(asked.scene, found))
    return [*shown, say(asked.t("desk_people.hand_over_open", count=len(work), **names), *work)]


def _ending(asked: Asked, person: Person) -> Sequence[Message]:
    """What ends with it: an absence, with who stands in."""
    away = absences.away(asked.session, asked.office.today(asked.now)).get(person.id or 0)
    return [say(asked.t("desk_people.ends_absence", name=person.name, last=away.last))] if away is not None else []
