"""What a channel cannot carry leaves as an address at which it is read: who makes addresses, and where they go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from channels.base import Attached, Outgoing
from files.content import examine
from store.file_links import Left
from store.tables import Delivery
from words import links
from words.message import Message
from words.office import Office

Linker = Callable[[Session, Office, Delivery, Message, datetime], Message]
"""Puts addresses into a message as it leaves, where it has marks for them (words.links)."""

Leaver = Callable[[Session, Office, Delivery, Left, datetime], str]
"""Keeps what a message carries, and gives the address at which it is read."""


def unlinked(_session: Session, _office: Office, _row: Delivery, message: Message, _now: datetime) -> Message:
    """A message of an office whose messages have no addresses."""
    return message


def nowhere(_session: Session, _office: Office, _row: Delivery, _file: Left, _now: datetime) -> str:
    """What is read at no address."""
    return ""


def as_link(
    session: Session, office: Office, row: Delivery, outgoing: Outgoing, leave: Leaver, now: datetime
) -> Outgoing:
    """With the address of the picture or file in its place; what could not be made has none."""
    picture = outgoing.picture
    carried = outgoing.attached or (Attached("", picture) if picture is not None else None)
    place, found = links.to_file(office.public_url), ""
    if carried is not None:
        left = Left(carried.name, examine(carried.data).content, carried.data)
        found = leave(session, office, row, left, now)
    parts = tuple(each.replace(place, found) for each in outgoing.message.parts if found or place not in each)
    message = replace(outgoing.message, parts=parts, picture=None, attachment=None)
    return replace(outgoing, message=message, picture=None, attached=None)
