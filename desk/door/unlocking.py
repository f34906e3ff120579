"""A session that was locked: the passphrase opens it again, on the page as it was, with what was typed into it.

On another day the second thing is wanted too, in the same form, so that nothing that was typed is lost.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk import forms, page
from desk.desk import Asked, Desk
from desk.door import attempts, cookies, guard, paths, second
from store import desk_sessions, people
from store.desk_tables import DeskSession, Stage
from store.people_tables import Person
from words.office import Office

# What was sent to a page that was locked stands in the lock's form under this.
KEPT = "kept:"


@dataclass(frozen=True)
class Lock:
    """What the lock shows: whose session it is, which page was wanted, and the fields that were sent to it.

    `stale` says that the second thing is wanted too.
    """

    name: str
    path: str
    is_form: bool
    kept: tuple[tuple[str, str], ...]
    stale: bool

    def drawn(self, desk: Desk, office: Office, request: Request, words: str = "", status: int = 200) -> Response:
        """The page."""
        csrf = forms.csrf_of(cookies.token(desk, request))
        return page.drawn(office, "unlock.html", status=status, lock=self, csrf=csrf, words=words)


@dataclass(frozen=True)
class Given:
    """What was typed into the lock: whether the passphrase is right, the code, and from where; `waits` (UTC) says
    until when nothing of it is looked at."""

    is_right: bool
    code: str
    address: str
    waits: datetime | None


def show(asked: Asked, *, stale: bool) -> Response:
    """The lock in place of the page that was wanted."""
    url = asked.request.url
    # A file cannot wait here: its name stands for it, so that it is asked for again.
    sent = [
        (name, value if isinstance(value, str) else value.filename or "") for name, value in asked.form.multi_items()
    ]
    kept = tuple((KEPT + name, value) for name, value in sent if name != forms.CSRF)
    is_form = asked.request.method == "POST"
    lock = Lock(asked.viewer.name, url.path + (f"?{url.query}" if url.query else ""), is_form, kept, stale)
    return lock.drawn(asked.desk, asked.office, asked.request)


def take(desk: Desk, request: Request, form: FormData, now: datetime) -> Response:
    """Opens it: a page is led to, a form that was sent is shown to be sent on."""
    forms.check(form, cookies.token(desk, request))
    address = cookies.address(desk, request)
    with desk.store.look() as session:
        row = guard.session_of(desk, session, request)
        person = people.get(session, row.person_id) if row is not None and row.stage == Stage.IN else None
        until, key = attempts.waits_until(session, person, address, now), attempts.key_of(session, person)
    if row is None or person is None:
        return RedirectResponse(paths.SIGN_IN, 303)
    right = until is None and attempts.is_right(key, forms.word(form, "passphrase"))
    given = Given(right, forms.word(form, "code"), address, until)
    with desk.store.unit() as session:
        office = desk.office_of(session).speaking(person.language)
        lock = _again(form, person, stale=guard.is_stale(desk, session, row, now))
        if (no := _refused(desk, session, lock, person, given, now)) is not None:
            return lock.drawn(desk, office, request, no, 403)
        _open(session, row.id or 0, now, second_too=lock.stale)
    if not lock.is_form:
        return RedirectResponse(lock.path, 303)
    fields = [(name.removeprefix(KEPT), value) for name, value in lock.kept]
    csrf = forms.csrf_of(cookies.token(desk, request))
    return page.drawn(office, "again.html", path=lock.path, fields=[*fields, (forms.CSRF, csrf)])


def _again(form: FormData, person: Person, *, stale: bool) -> Lock:
    kept = tuple(
        (name, value) for name, value in form.multi_items() if name.startswith(KEPT) and isinstance(value, str)
    )
    path = forms.own_path(forms.word(form, "path"))
    return Lock(person.name, path, forms.word(form, "is_form") == "1", kept, stale)


def _refused(desk: Desk, session: Session, lock: Lock, person: Person, given: Given, now: datetime) -> str | None:
    """Why it stays locked, in words; None where it opens."""
    office, person_id = desk.office_of(session).speaking(person.language), person.id or 0
    if given.waits is not None:
        return attempts.wrong_words(office, given.waits)
    wrong_code = lock.stale and given.code and not second.take(desk, session, person_id, given.code, now)
    if not given.is_right or wrong_code:
        attempts.failed(desk, session, person, given.address, now)
        return attempts.wrong_words(office, attempts.waits_until(session, person, given.address, now))
    if lock.stale and not given.code:
        if second.has_app(desk, session, person_id):
            return office.text("desk.code_wanted")
        return office.text("desk.code_sent" if second.send(desk, session, person, now) else "desk.code_not_sent")
    attempts.succeeded(session, person, given.address)
    return None


def _open(session: Session, number: int, now: datetime, *, second_too: bool) -> None:
    row: DeskSession = session.get_one(DeskSession, number)
    desk_sessions.touch(session, number, now)
    if second_too:
        row.second_at = now
        session.add(row)
