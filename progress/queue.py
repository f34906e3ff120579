"""All that waits for somebody: counted by indexes, and read by pages however much it is."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any, Protocol
from zlib import crc32

from sqlmodel import Session

from plan.people import Role
from progress import review, waiting
from progress.acts import beginning, blockage
from progress.acts.scene import Scene
from progress.waiting import Kind, Thing, Waiting
from store import absences, awaited, desk_keys, nominations
from store.answer_tables import Request, Submission, Unclear
from store.awaited import Figure, Waits
from store.report_tables import Opinion
from store.tables import Obligation, ObligationEvent

# A photo whose code follows in the next message waits for nobody.
FILES_AFTER = timedelta(hours=1)


class Rows(Protocol):
    """Rows that wait, in their order (store.awaited.Waits)."""

    def figure(self, session: Session) -> Figure: ...

    def page(self, session: Session, first: int, many: int) -> Sequence[Any]: ...


@dataclass(frozen=True)
class Few:
    """Rows that are so few that all of them were read."""

    things: Sequence[Any]

    def figure(self, _session: Session) -> Figure:
        """As of those that are only counted."""
        # A plan's key is its name.
        numbers = [crc32(each.id.encode()) if isinstance(each.id, str) else each.id or 0 for each in self.things]
        return Figure(len(numbers), max(numbers, default=0), sum(numbers))

    def page(self, _session: Session, first: int, many: int) -> Sequence[Any]:
        """So many of them at most, beginning with one by its place from 0."""
        return self.things[first : first + many]


@dataclass(frozen=True)
class Queue:
    """What waits for the actor of a scene, as it is while the scene's session looks; the parts are in its order."""

    scene: Scene
    parts: tuple[tuple[Kind, Rows], ...]

    @cached_property
    def _figures(self) -> list[Figure]:
        return [rows.figure(self.scene.session) for _, rows in self.parts]

    @property
    def count(self) -> int:
        """How many things wait."""
        return sum(each.count for each in self._figures)

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many of each kind; none for a kind of which none waits."""
        found: Counter[Kind] = Counter()
        for (kind, _), figure in zip(self.parts, self._figures, strict=True):
            found[kind] += figure.count
        return +found

    @property
    def mark(self) -> str:
        """The same for the same things that wait; says nothing of what they are."""
        return hashlib.sha256(repr(self._figures).encode()).hexdigest()[:16]

    def page(self, first: int, many: int, kind: Kind | None = None) -> list[Waiting]:
        """So many of them, of one kind where it is given, beginning with one by its place from 0."""
        found: list[Thing] = []
        for (own, rows), figure in zip(self.parts, self._figures, strict=True):
            if kind is not None and own is not kind:
                continue
            if first < figure.count and len(found) < many:
                found += rows.page(self.scene.session, first, many - len(found))
            first = max(0, first - figure.count)
        return self._told(found)

    def _told(self, things: Sequence[Thing]) -> list[Waiting]:
        numbers = [_about(each) for each in things]
        rows = awaited.rows(self.scene.session, (each for each in numbers if each is not None))
        about = (rows.get(number) if number is not None else None for number in numbers)
        return [waiting.told(self.scene, thing, row) for thing, row in zip(things, about, strict=True)]


def of(scene: Scene) -> Queue:
    """What waits for the actor, a leader's view being the admin's; a head has the answers of the own agency alone."""
    answers = (Kind.ANSWER, _answers(scene))
    if scene.actor.roles.isdisjoint({Role.ADMIN, Role.LEADER}):
        return Queue(scene, (answers,))
    # What strangers wrote is the admins' to read: it may be about anybody.
    letters = ((Kind.LETTER, awaited.letters()),) if Role.ADMIN in scene.actor.roles else ()
    unreached = (Kind.UNREACHED, Few(waiting.unreached(scene.session, scene.now)))
    files = (Kind.FILE, awaited.files(scene.now - FILES_AFTER))
    return Queue(scene, (answers, *_asked(scene), *_of_people(scene), *_of_plans(scene), files, *letters, unreached))


def _answers(scene: Scene) -> Waits[Submission]:
    """The answers to confirm: those about which the actor decides; who reads all and decides nothing sees every one."""
    if Role.LEADER in scene.actor.roles and Role.ADMIN not in scene.actor.roles:
        return awaited.all_answers()
    who, me = review.deciders(scene.session), scene.actor.person_id
    return awaited.answers_of(
        office=me in who.admins, heads_of=[agency for agency, heads in who.heads.items() if me in heads]
    )


def _asked(scene: Scene) -> Iterator[tuple[Kind, Rows]]:
    """What people asked for, said and reported."""
    yield Kind.REQUEST, awaited.requested()
    yield Kind.BLOCKED, awaited.blocked(blockage.answered(scene.session))
    yield Kind.OPINION, awaited.opined()
    yield Kind.INQUIRY, awaited.inquired()
    yield Kind.UNCLEAR, awaited.unclear()
    yield Kind.FLAGGED, awaited.flagged()


def _of_people(scene: Scene) -> Iterator[tuple[Kind, Rows]]:
    """Who is to be an admin, to stand in for somebody of another agency, or to be let in at the screen."""
    session, today = scene.session, scene.office.today(scene.now)
    yield Kind.PEOPLE, Few(nominations.waiting(session, scene.now))
    yield Kind.PEOPLE, Few(absences.wanted(session, today))
    yield Kind.PEOPLE, Few(desk_keys.waiting(session))


def _of_plans(scene: Scene) -> Iterator[tuple[Kind, Rows]]:
    """Documents that are to become plans, plans' other versions, and old plans of which nobody said how they begin."""
    yield Kind.DRAFT, awaited.documents()
    yield Kind.DRAFT, awaited.changes()
    yield Kind.DRAFT, Few(beginning.undecided(scene.session, scene.office))


def _about(thing: Thing) -> int | None:
    """The number of the obligation that something is about; None where it is about none."""
    match thing:
        case Submission() | Request() | ObligationEvent() | Opinion() | Unclear():
            return thing.obligation_id
        case Obligation():
            return thing.id
        case _:
            return None
