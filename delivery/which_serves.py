"""Two copies, or one of unknown origin: the admins are asked which one serves, by a press in any of them."""

import socket
from datetime import datetime

from sqlmodel import Session

from store import deliveries, people, rivals, serving
from store.postings import Identity, Posting, to_person
from store.serving import Held, Why
from store.types import DeliveryKind
from words.message import Button, Message, say
from words.office import Office


def ask(session: Session, office: Office, now: datetime) -> None:
    """Asks every admin once a day while nobody has said it; nothing where this copy serves, or stepped aside.

    Where the other copy is gone there is nothing to ask any more, and this one serves.
    """
    held = serving.held(session)
    if held is None or held.why is Why.ASIDE:
        return
    if held.why is Why.RIVAL and serving.is_alone(session, rivals.latest(session), now):
        serving.resume_alone(session, now)
        _post(session, office, f"over:{held.code}", say(office.text("watch.rival_over", since=held.since)), now)
        return
    _post(session, office, f"{held.code}", question(session, office, held, now), now)


def warn(session: Session, office: Office, since: datetime, now: datetime) -> None:
    """Tells every admin once a day that another copy goes on receiving although this one was chosen."""
    _post(session, office, since.isoformat(), say(office.text("watch.rival_goes_on", since=since)), now)


def question(session: Session, office: Office, held: Held, now: datetime) -> Message:
    """What is asked: what happened, by which this copy is told from others, and the press."""
    text = office.text(
        f"serve.ask_{held.why}",
        since=rivals.anywhere(session, now) or held.since,
        code=held.code,
        host=socket.gethostname(),
        newest=serving.newest(session),
    )
    press = Button(
        office.text("serve.button", code=held.code),
        f"/serve {held.code}",
        office.text("serve.button_typed", code=held.code),
    )
    return say(text, buttons=[[press]])


def _post(session: Session, office: Office, what: str, message: Message, now: datetime) -> None:
    """At once in working hours, otherwise when they begin: it must leave although nothing of its own does."""
    later = None if office.in_hours(now) else office.next_sending(now)
    for admin, address in people.admins(session):
        identity = Identity("rival", what, office.today(now), admin.id)
        posting = Posting(DeliveryKind.ANSWER, "which copy serves is not known", identity, message, not_before=later)
        deliveries.post(session, to_person(address), posting, now)
