"""Signing in: name and passphrase, then the second thing, once a day and on each new device."""

from datetime import datetime
from functools import partial

from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from desk import forms
from desk.desk import Desk
from desk.door import attempts, cookies, counter, first_visit, guard, passphrase, paths, second, unlocking
from store import desk_keys, desk_sessions, people
from store.desk_tables import DeskKey, DeskSession, Stage
from store.people_tables import Person


def routes(desk: Desk) -> list[BaseRoute]:
    """The door's addresses."""
    return [
        Route(paths.SIGN_IN, partial(_show, desk), methods=["GET"]),
        Route(paths.SIGN_IN, counter.posted(desk, _sign_in), methods=["POST"]),
        Route(paths.SECOND, partial(_show_second, desk), methods=["GET"]),
        Route(paths.SECOND, counter.posted(desk, _second), methods=["POST"]),
        Route(paths.SEND_CODE, counter.posted(desk, _send), methods=["POST"]),
        Route(paths.UNLOCK, counter.unchecked(desk, unlocking.take), methods=["POST"]),
        Route(paths.FIRST_VISIT, partial(first_visit.show, desk), methods=["GET"]),
        Route(paths.FIRST_VISIT, counter.posted(desk, first_visit.take), methods=["POST"]),
    ]


def _show(desk: Desk, request: Request) -> Response:
    return counter.show(desk, request, "sign_in.html", name="")


def _sign_in(desk: Desk, request: Request, form: FormData, now: datetime) -> Response:
    """The first of the two things; what is said of a wrong one tells nothing of which part was wrong."""
    at = cookies.computer(desk, request)
    with desk.store.look() as session:
        person = attempts.person_named(session, forms.word(form, "name"))
        until, key = attempts.waits_until(session, person, at.address, now), attempts.key_of(session, person)
    typed = forms.word(form, "passphrase")
    right = until is None and attempts.is_right(key, typed)
    with desk.store.unit() as session:
        if until is None and not right:
            attempts.failed(desk, session, person, at.address, now)
            until = attempts.waits_until(session, person, at.address, now)
        office = desk.office_of(session)
        if not right or person is None or key is None:
            words = attempts.wrong_words(office, until)
            return counter.show(desk, request, "sign_in.html", status=403, words=words, name=forms.word(form, "name"))
        if (why := _not_yet(desk, session, person, key, now)) is not None:
            return counter.show(
                desk, request, "sign_in.html", status=403, words=office.text(why), name=forms.word(form, "name")
            )
        if passphrase.is_outdated(key.secret):
            desk_keys.replace_secret(session, desk_keys.get(session, key.id or 0) or key, passphrase.hashed(typed))
        return _go_on(desk, session, request, person, forms.own_path(forms.word(form, "next")), now)


def _not_yet(desk: Desk, session: Session, person: Person, key: DeskKey, now: datetime) -> str | None:
    """Why a right passphrase opens nothing, as a key of the catalogue."""
    if key.confirmed_at is None:
        return "desk.not_confirmed"
    seen = desk_sessions.last_seen(session, person.id or 0)
    return "desk.off" if attempts.is_off(desk, key, seen, now) else None


def _go_on(desk: Desk, session: Session, request: Request, person: Person, wanted: str, now: datetime) -> Response:
    """In, where the second thing was given today on this device; otherwise to where it is asked for.

    Who is in has the wrong attempts forgotten, not a right passphrase alone: the code could be tried for ever with it.
    """
    at, person_id = cookies.computer(desk, request), person.id or 0
    _leave_former(desk, session, request, now)
    proved = desk_sessions.proved_since(session, person_id, at.device, counter.local_day_began(desk, session, now))
    if proved is not None:
        attempts.succeeded(session, person, at.address)
        token = desk_sessions.begin(session, person_id, Stage.IN, at, now, second_at=proved)
        return counter.enter(desk, token, wanted)
    token = desk_sessions.begin(session, person_id, Stage.SECOND, at, now)
    if not second.has_app(desk, session, person_id):
        second.send(desk, session, person, now)
    return counter.enter(desk, token, paths.with_next(paths.SECOND, wanted))


def _leave_former(desk: Desk, session: Session, request: Request, now: datetime) -> None:
    """Whoever sat here before is signed out; nobody's session is taken over."""
    former = guard.session_of(desk, session, request)
    if former is not None:
        desk_sessions.end(session, former, "another sign-in", now, actor=former.person_id)


def _half_way(desk: Desk, session: Session, request: Request, now: datetime) -> DeskSession | None:
    """The session of who gave the passphrase a short while ago and nothing more."""
    row = guard.session_of(desk, session, request)
    return row if row is not None and row.stage == Stage.SECOND and now - row.made_at < desk.locks.idle else None


def _show_second(desk: Desk, request: Request, words: str = "", status: int = 200, wanted: str = "") -> Response:
    with desk.store.look() as session:
        row = _half_way(desk, session, request, desk.clock())
        if row is None:
            return RedirectResponse(paths.SIGN_IN, 303)
        app, chat = second.has_app(desk, session, row.person_id), second.can_be_sent(desk, session, row.person_id)
        lost = second.has_lost_app(desk, session, row.person_id)
    found = wanted or forms.own_path(request.query_params.get(paths.NEXT, ""))
    return counter.show(
        desk, request, "second.html", status=status, words=words, app=app, chat=chat, lost=lost, wanted=found
    )


def _second(desk: Desk, request: Request, form: FormData, now: datetime) -> Response:
    """The second of the two; with it the session gets an id that nobody knew before."""
    at, wanted = cookies.computer(desk, request), forms.own_path(forms.word(form, "next"))
    with desk.store.unit() as session:
        row = _half_way(desk, session, request, now)
        if row is None:
            return RedirectResponse(paths.SIGN_IN, 303)
        person = people.get(session, row.person_id)
        until = attempts.waits_until(session, person, at.address, now)
        if (
            person is not None
            and until is None
            and second.take(desk, session, row.person_id, forms.word(form, "code"), now)
        ):
            attempts.succeeded(session, person, at.address)
            desk_sessions.end(session, row, "went on", now)
            token = desk_sessions.begin(session, row.person_id, Stage.IN, at, now, second_at=now)
            return counter.enter(desk, token, wanted)
        if until is None:
            attempts.failed(desk, session, person, at.address, now)
            until = attempts.waits_until(session, person, at.address, now)
        office = desk.office_of(session)
        words = attempts.wrong_words(office, until) if until is not None else office.text("desk.wrong_code")
    return _show_second(desk, request, words, 403, wanted)


def _send(desk: Desk, request: Request, form: FormData, now: datetime) -> Response:
    """Another code for the person's own chat."""
    with desk.store.unit() as session:
        row = _half_way(desk, session, request, now)
        person = people.get(session, row.person_id) if row is not None else None
        if person is None:
            return RedirectResponse(paths.SIGN_IN, 303)
        sent = second.send(desk, session, person, now)
        words = desk.office_of(session).text("desk.code_sent" if sent else "desk.code_not_sent")
    return _show_second(desk, request, words, wanted=forms.own_path(forms.word(form, "next")))
