"""Who makes what is in a message when it leaves: the text by its kind, the picture by its name, the file, the links."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from channels.abilities import Abilities
from channels.base import Attached
from delivery.as_links import Leaver, Linker, nowhere, unlinked
from store.engine import Store
from store.tables import Delivery
from store.types import DeliveryKind
from words.message import Message
from words.office import Office

Maker = Callable[[Session, Office, Delivery, datetime, Abilities], Message | None]
"""Makes a message's text at the moment of sending, for what its channel can; None when there is nothing left to say."""

Painter = Callable[[Store, Office, str], bytes]
"""Draws a named picture as PNG."""

Attacher = Callable[[Store, Office, str], Attached]
"""Gives the file of a reference without its prefix: "12" of "evidence:12"."""


@dataclass(frozen=True)
class Contents:
    """Who makes what is in a message when it is sent: its text by the kind of message, its picture, its file by the
    head of the reference, its addresses.
    """

    makers: Mapping[DeliveryKind, Maker]
    painter: Painter
    attachers: Mapping[str, Attacher] = field(default_factory=dict)
    linked: Linker = unlinked
    left: Leaver = nowhere
