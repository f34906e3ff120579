"""Days that an admin changed, kept for each officer they concern until a digest or a notice has told them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from store import settings
from store.tables import Delivery, Setting
from store.types import DeliveryState

PREFIX = "moved:"
# Asked for every digest, so made once.
_ALL = select(Setting.key, Setting.value).where(col(Setting.key).startswith(PREFIX)).order_by(col(Setting.key))


@dataclass(frozen=True)
class Moved:
    """One change for one person: `change` is the audit's entry of it, `kind` off, work or undone; `delivery` the digest
    that tells it, `at` UTC, `works` whose deadlines move, in words.
    """

    key: str
    change: int
    person_id: int
    day: date
    kind: str
    name: str
    at: datetime
    delivery: int | None = None
    works: tuple[str, ...] = ()


def note(session: Session, moved: Moved) -> None:
    """Keeps for a person that a day was changed; the key is made here."""
    told = {
        "change": moved.change,
        "person": moved.person_id,
        "day": moved.day.isoformat(),
        "kind": moved.kind,
        "name": moved.name,
        "at": moved.at.isoformat(),
        "works": list(moved.works),
    }
    settings.put(session, f"{PREFIX}{moved.change}:{moved.person_id}", json.dumps(told))


def carry(session: Session, person_id: int, delivery_id: int, now: datetime) -> list[Moved]:
    """What this digest has to tell a person: what no other digest that arrived or is on its way tells.

    Two digests never take up the same change (one writer: store.engine).
    """
    found = []
    for each in clear_told(session):
        if each.person_id == person_id and each.at <= now and each.delivery in (None, delivery_id):
            told = json.loads(settings.get(session, each.key) or "{}")
            settings.put(session, each.key, json.dumps({**told, "delivery": delivery_id}))
            found.append(each)
    return found


def clear_told(session: Session) -> list[Moved]:
    """Forgets what a digest has told; gives what is left, oldest first."""
    found = []
    for each in list(_all(session)):
        state = session.get(Delivery, each.delivery) if each.delivery is not None else None
        if state is not None and state.state == DeliveryState.SENT:
            forget(session, each)
        elif state is not None and state.state in (DeliveryState.FAILED, DeliveryState.DROPPED):
            found.append(replace(each, delivery=None))
        else:
            found.append(each)
    return found


def forget(session: Session, each: Moved) -> None:
    """It was told."""
    settings.drop(session, each.key)


def _all(session: Session) -> Iterable[Moved]:
    for key, value in session.connection().execute(_ALL):
        told = json.loads(value)
        yield Moved(
            key,
            # Rows of the former release do not name it; they are told within two working days.
            told.get("change", 0),
            told["person"],
            date.fromisoformat(told["day"]),
            told["kind"],
            told["name"],
            datetime.fromisoformat(told["at"]),
            told.get("delivery"),
            tuple(told.get("works", ())),
        )
