"""Answers by a link: where its address stands in a message, what it opens, and whether it still does.

Whoever writes a message puts `link(office, obligation)` where the address is to be read; it is made when the message
leaves (`linked`), for the person of the message alone, so that neither the outbox nor the archive knows it.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from progress.roles import held
from store import answer_links, file_links, obligations, people
from store.file_links import Left
from store.link_tables import AnswerLink
from store.people_tables import Person
from store.tables import Delivery, Obligation
from words import links
from words.message import Message
from words.office import Office

BITS = 128
# How what came by a link is recorded.
CHANNEL = "link"


class Over(StrEnum):
    """Why a link opens nothing."""

    UNKNOWN = "unknown"  # nobody was given it, or it was forgotten
    USED = "used"
    EXPIRED = "expired"
    REPLACED = "replaced"  # a later message brought another one
    ENDED = "ended"  # its person does not answer for it any more


@dataclass(frozen=True)
class Opened:
    """A link that is known, whose it is and for what; `over` says why it opens nothing, None while it does."""

    link: AnswerLink
    person: Person
    row: Obligation
    over: Over | None

    @property
    def source(self) -> str:
        """The identity of what is said by it, once."""
        return f"{CHANNEL}:{self.link.id}"

    @property
    def nonce(self) -> str:
        """By which its receipt is kept."""
        return f"{CHANNEL}:{self.link.salt}"


def link(office: Office, obligation_id: int) -> str:
    """What stands in a message to one person where they read the address; "" where nothing is public."""
    return links.to_answer(office.public_url, obligation_id) if office.public_url else ""


def linked(session: Session, office: Office, row: Delivery, message: Message, now: datetime) -> Message:
    """The message as it leaves, with the addresses made for whose it is; a group's has none."""
    if row.person_id is None or not office.public_url:
        return message
    reader = people.get(session, row.person_id)
    if reader is not None and reader.duty_of is not None:
        # A page does not ask who of those that share a telephone answers.
        parts, typed = tuple(map(links.without, message.parts)), tuple(map(links.without, message.typed_parts))
        return replace(message, parts=parts, typed_parts=typed)

    def address_of(obligation_id: int) -> str:
        if obligations.get(session, obligation_id) is None:
            return ""
        token = answer_links.keep(session, row, obligation_id, token_of(office), now)
        return links.address(office.public_url, links.TO_ANSWER, token)

    return replace(
        message,
        parts=tuple(links.with_answers(each, address_of) for each in message.parts),
        typed_parts=tuple(links.with_answers(each, address_of) for each in message.typed_parts),
    )


def left(session: Session, office: Office, row: Delivery, file: Left, now: datetime) -> str:
    """The address at which what a message carries is read for a day, where its platform carries none."""
    return links.address(office.public_url, links.TO_FILE, file_links.keep(session, row, file, token_of(office), now))


def token_of(office: Office) -> Callable[[str], str]:
    """Makes the token of a row's salt, with the key that stands outside the database."""

    def made(salt: str) -> str:
        found = hmac.new(office.invite_key(), f"a link: {salt}".encode(), hashlib.sha256).digest()
        return base64.b32encode(found[: BITS // 8]).decode().rstrip("=").lower()

    return made


def opened(session: Session, office: Office, token: str, now: datetime) -> Opened | None:
    """What a token opens; None for one that nobody was given."""
    found = answer_links.by_token(session, token) if links.TOKEN.fullmatch(token) else None
    return _opened(session, office, found, now)


def opened_by_id(session: Session, office: Office, number: int, now: datetime) -> Opened | None:
    """The same by the link's own number, as it stands now."""
    return _opened(session, office, answer_links.by_id(session, number), now)


def _opened(session: Session, office: Office, found: AnswerLink | None, now: datetime) -> Opened | None:
    person = people.get(session, found.person_id) if found is not None else None
    row = obligations.get(session, found.obligation_id) if found is not None else None
    if found is None or person is None or row is None:
        return None
    return Opened(found, person, row, _over(session, office, found, row, now))


def _over(session: Session, office: Office, link: AnswerLink, row: Obligation, now: datetime) -> Over | None:
    if link.used_at is not None:
        return Over.USED
    _, agencies = held(session, link.person_id, office.today(now))
    if link.ended_at is not None or row.agency_id not in agencies:
        return Over.ENDED
    if link.expires_at <= now:
        return Over.EXPIRED
    return Over.REPLACED if answer_links.is_replaced(session, link) else None
