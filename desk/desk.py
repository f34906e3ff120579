"""What the screen is made of, and what a page is asked with."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from desk import forms
from desk.access import Page, may_see
from desk.door.sealed import Key
from desk.installation import Installation
from desk.lists.kept import KeptLines
from desk.viewer import Viewer
from intake.draft import Draft
from progress import queue
from progress.acts.scene import Scene
from progress.inviting import Way
from progress.queue import Queue
from store import obligations
from store.engine import Store
from store.tables import Obligation
from words.office import Office


@dataclass(frozen=True)
class Locks:
    """When a session is locked for want of activity, an admin's sooner; whether the second thing is asked each day."""

    idle: timedelta = timedelta(minutes=15)
    admin_idle: timedelta = timedelta(minutes=5)
    second_each_day: bool = True
    # Who was not here for so long is let in only when an admin has confirmed it anew.
    off_after: timedelta = timedelta(days=45)


@dataclass(frozen=True)
class Desk:
    """One installation's screen: where the record is, what the office is as a session sees it, and the clock (UTC).

    `read_document` reads a plan's document in a process of its own, and raises RefusedError. `secure` says that a proxy
    before us ends TLS, so that cookies are for TLS only; `channel` is where people hear of what was done here when they
    are reached on several. `ways` are those by which people may be invited; `templates` is the folder of the documents'
    templates, and `installation` what the page of settings may know; `form_columns` the columns of another office's
    form (desk.lists.widths.read). `app_key` is where the key of authenticators' apps is. `root` is the path under which
    the whole screen stands where it shares its name with others (/o/sondung), for cookies alone: no address of the
    screen's own bears it before it leaves.
    """

    store: Store
    office_of: Callable[[Session], Office]
    clock: Callable[[], datetime]
    read_document: Callable[[bytes], Draft]
    app_key: Key
    secure: bool = False
    root: str = ""
    channel: str = ""
    locks: Locks = field(default_factory=Locks)
    templates: Path = Path("data/templates")
    ways: tuple[Way, ...] = ()
    installation: Installation = field(default_factory=Installation)
    form_columns: tuple[tuple[str, str], ...] = ()
    lines: KeptLines = field(default_factory=KeptLines, compare=False)


@dataclass(frozen=True)
class Asked:
    """One request of somebody who is signed in: `session` reads only, `office` speaks the viewer's language.

    `csrf` stands in every form of the page, `form` is what was sent (empty for a GET). Whoever takes a form finds the
    session closed: it opens a unit of its own to write, and `anew` to show what came of it.
    """

    desk: Desk
    request: Request
    session: Session
    office: Office
    viewer: Viewer
    now: datetime
    csrf: str
    # When the session was last noted to be in use (UTC).
    seen_at: datetime
    form: FormData = field(default_factory=FormData)

    def t(self, key: str, **values: Any) -> str:
        """A sentence of the catalogue."""
        return self.office.text(key, **values)

    def work(self, number: int) -> Obligation:
        """An obligation that the viewer may look at.

        Raises HTTPException(404) for one that is not there and for one that is not theirs: nobody learns which.
        """
        row = obligations.get(self.session, number)
        today = self.office.today(self.now)
        if row is None or not may_see(self.viewer, Page.TASK, row, self.office, today):
            raise HTTPException(404)
        return row

    def number(self, name: str) -> int:
        """A number in the path; raises HTTPException(404) for what is none, as for a row that is not there."""
        return forms.number_of(str(self.request.path_params[name]))

    @contextmanager
    def anew(self) -> Iterator["Asked"]:
        """The same request on a view of now: after an act the page shows what came of it."""
        with self.desk.store.look() as session:
            yield replace(self, session=session)

    @cached_property
    def waiting(self) -> Queue:
        """What waits for the viewer: the navigation says on every page how much it is."""
        return queue.of(self.scene)

    @property
    def scene(self) -> Scene:
        """Where the viewer would act."""
        return Scene(self.session, self.office, self.viewer.actor, self.now)

    @property
    def query(self) -> Mapping[str, str]:
        """What the address carries behind the question mark."""
        return self.request.query_params


Show = Callable[[Asked], Response]
"""A page: what it shows for one request. Raises HTTPException(404) for what is not there or not the viewer's."""


@dataclass(frozen=True)
class Entry:
    """A line in the site's table of contents."""

    path: str
    page: Page
    show: Show
    # It shows data of persons that are no part of the work: that an admin saw it stands in the audit.
    personal: bool = False
