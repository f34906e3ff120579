"""The first visit, and a passphrase that was forgotten: a code from the chat or the machine, and a new passphrase.

The chat alone opens nothing: what is set with its code waits until another admin has confirmed it. A look at the page
uses no code up.
"""

from datetime import datetime

from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from desk import forms
from desk.desk import Desk
from desk.door import attempts, cookies, counter, passphrase
from progress.notifying import Notifier
from store import desk_codes, desk_keys, people
from store.desk_tables import CodeFor, DeskKey
from store.people_tables import Person
from store.postings import Identity, notice
from words.message import Button
from words.office import Office


def show(desk: Desk, request: Request) -> Response:
    """The form."""
    return counter.show(desk, request, "first_visit.html", name="")


def take(desk: Desk, request: Request, form: FormData, now: datetime) -> Response:
    """Sets a passphrase; what is wrong with it is said before the code is looked at, which stays good."""
    name, typed = forms.word(form, "name"), forms.word(form, "passphrase")
    at = cookies.computer(desk, request)
    with desk.store.look() as session:
        person = attempts.person_named(session, name)
        known = f"{person.name} {attempts.name_of(person.id or 0)}" if person is not None else name
        until = attempts.waits_until(session, person, at.address, now)
    fault = passphrase.fault(typed, forms.word(form, "again"), known)
    if fault or until is not None:
        words = counter.office_words(desk, fault, least=passphrase.LEAST) if fault else _held_up(desk, until)
        return counter.show(desk, request, "first_visit.html", status=403, words=words, name=name)
    secret = passphrase.hashed(typed)
    with desk.store.unit() as session:
        done = _set(desk, session, person, form, secret, at.address, now)
        if done is None:
            attempts.failed(desk, session, person, at.address, now)
    if done is None:
        wrong = counter.office_words(desk, "desk.wrong_code")
        return counter.show(desk, request, "first_visit.html", status=403, words=wrong, name=name)
    return counter.show(desk, request, "sign_in.html", words=done, name=name)


def _held_up(desk: Desk, until: datetime | None) -> str:
    return counter.office_words(desk, "desk.held_up", until=until)


def _set(
    desk: Desk, session: Session, person: Person | None, form: FormData, secret: str, address: str, now: datetime
) -> str | None:
    """Takes the code and keeps the passphrase; what is said of it, None where the code is wrong."""
    if person is None or person.id is None:
        return None
    code = "".join(each for each in forms.word(form, "code") if each.isdigit())
    purpose = desk_codes.take(session, person.id, code, now, (CodeFor.CHAT, CodeFor.MACHINE))
    if purpose is None:
        return None
    attempts.succeeded(session, person, address)
    office = desk.office_of(session).speaking(person.language)
    row = desk_keys.put(session, person.id, secret, now, confirmed=purpose is CodeFor.MACHINE)
    if row.confirmed_at is not None:
        return office.text("desk.key_set")
    others = _ask_others(desk, session, office, person, row, now)
    return office.text("desk.key_waits", others=others, name=attempts.name_of(person.id))


def _ask_others(desk: Desk, session: Session, office: Office, person: Person, row: DeskKey, now: datetime) -> list[str]:
    """Every admin who may confirm it is asked in their chat; gives their names."""
    reference, short = f"K{row.id}", office.agency_short
    yes = Button(office.text("button.confirm"), f"/grant {reference}")
    no = Button(office.text("request.refuse_button"), f"/refuse {reference}")
    text = office.text("desk.key_ask", person=people.named(session, short, person.id or 0), at=now, reference=reference)
    asked = desk_keys.confirmers(session, row)
    told = notice(Identity("desk_key", row.id), text, "a passphrase waits to be confirmed", [[yes, no]])
    notifier = Notifier(session, office, person, desk.channel, now)
    for each in asked:
        notifier.tell(each, told)
    return [people.named(session, short, each) for each in asked]
