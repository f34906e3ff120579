"""What the page to answer on is made of."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from answer.limits import Limits
from store.engine import Store
from words.office import Office


@dataclass(frozen=True)
class Place:
    """One installation's page: where the record is, what the office is as a session sees it, and the clock (UTC).

    `spool` is a folder on the database's disk in which files stand while they come, with no name; `secure` says that a
    proxy before us ends TLS.
    """

    store: Store
    office_of: Callable[[Session], Office]
    clock: Callable[[], datetime]
    spool: Path
    secure: bool = True
    limits: Limits = field(default_factory=Limits)
