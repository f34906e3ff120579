"""Opens the database; `unit()` is the only way to write, and commits or rolls back as a whole.

**The contract of a unit: one writer per office at a time.** From its first statement to its end no other unit of the
office writes, in this process or another, and each statement sees everything that was committed before. So a function
may read and then write what follows from it, which is right because of this alone:

- `audit.record` and `issued.add` take the number after the last one; `obligations.record` looks at the event before;
- `rates.take`, `rates.allow` and `leases.hold` look at a row and move it;
- `deliveries.post`, `memory.note`, `memory.remember`, `days_to_tell.carry`, `snoozes.put_off`, `inbox.keep`,
  `submissions.keep_file`, `submissions.keep_blob`, `submissions.ask`, `people.link`, `people.join`,
  `group_chats.bind`, `invites.prepare`, `current_office.set_day`, `plans.keep`, `settings.put`,
  `settings.note_outage` and `plan_sync.sync` look whether something is there before they add it.

SQLite keeps it by BEGIN IMMEDIATE; PostgreSQL by READ COMMITTED and an advisory lock of the office, taken as the
transaction's first statement (store/engines/). No claim needs more than that. The unique keys stay: they turn a breach
into an error. What is slow (drawing, sending, asking another machine) stands outside a unit, because all others wait.

`look()` waits for no writer, keeps none out, and sees one moment; what it saw may be past when a unit begins.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import RLock

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import configure_mappers
from sqlmodel import Session

from plan.errors import NhacViecError
from store.engines import Commits, kind_of
from store.fence import Fence, StaleEpochError
from store.shared_look import SharedLooks


class InDoubtError(NhacViecError):
    """The connection was lost inside a COMMIT: all of the unit stands or nothing of it, and nobody can say which.

    It is never repeated by itself. The next unit waits until the lost one has ended and then sees what came of it: look
    there, as for a row that may have been claimed.
    """


# What tells of the database itself (locked, full, gone, a COMMIT that was cut, another worker's by now), and of nothing
# that was to be kept.
OF_DATABASE = (OperationalError, InDoubtError, StaleEpochError)


class Store:
    """One engine that writes and one that only reads; a worker's has a `fence` (store/fence.py)."""

    def __init__(self, url: str) -> None:
        self.fence: Fence | None = None
        self.url, self.kind = url, kind_of(url)
        self.writer = self.kind.open_writer(url)
        self.reader = self.kind.open_reader(url)
        self._shared = SharedLooks()
        # Threads of one process wait in a line: at the database each would look again after ever longer sleeps.
        self._turn = RLock()
        self._commits: Commits | None = None

    @contextmanager
    def unit(self, *, tells: bool = True) -> Iterator[Session]:
        """One transaction that may write, the only one of its office: see the contract above.

        Committed when the block ends, rolled back when it raises. Raises InDoubtError where it is not known which, and
        StaleEpochError before anything was done in it, where another worker has the office.
        With `tells` False nobody need be woken by it, as nothing follows from it for anybody else: what is committed at
        a rate is told of for nothing.
        """
        self._shared.renew()
        with self._turn, Session(self.writer, expire_on_commit=False) as session:
            if self.fence is not None:
                self.fence.check(session)
            yield session
            # Before the COMMIT, so that what is refused here is known to be undone.
            session.flush()
            if tells and session.in_transaction():
                self.kind.tell(session.connection())
            if not tells and self._commits is not None:
                # While nobody else can commit: what others did is still told of.
                self._commits.number()
            _commit(session)
            if not tells and self._commits is not None:
                self._commits.pass_over()
        self._shared.renew()

    @contextmanager
    def look(self) -> Iterator[Session]:
        """A consistent view for reading; a write in it raises."""
        if not self._shared.is_on:
            with Session(self.reader, expire_on_commit=False) as session:
                yield session
            return
        with (
            self._shared.connection(self.reader) as connection,
            Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only") as session,
        ):
            yield session

    def one_view(self) -> AbstractContextManager[None]:
        """Until its end all looks of this thread see one moment, and cost less; that of a unit of its own, or an error
        in one of them, is followed by another moment.
        """
        return self._shared.shared()

    def commits(self) -> Commits | None:
        """What tells that anybody committed, for whoever asks often; one for all who ask, until the store is closed.
        None where the database does not say.
        """
        with self._turn:
            if self._commits is None:
                self._commits = self.kind.commits(self.url)
            return self._commits

    def close(self) -> None:
        """Lets go of every connection."""
        if self._commits is not None:
            self._commits.close()
            self._commits = None
        self.writer.dispose()
        self.reader.dispose()


def prepare() -> None:
    """Does now what the first question to any database would do first: how the classes lie in tables is worked out."""
    configure_mappers()


def is_about_database(error: BaseException) -> bool:
    """Whether an error tells of the database itself, and so of nothing that was to be kept."""
    return isinstance(error, OF_DATABASE)


def is_met_anywhere(error: BaseException) -> bool:
    """Whether an error tells that a server does not answer or ends its connections, or that another worker has the
    office: wherever it was met, it is none of that place.
    """
    if not isinstance(error, OperationalError):
        return isinstance(error, InDoubtError | StaleEpochError)
    # PostgreSQL's classes of "connection exception" and "operator intervention"; none where it said nothing at all.
    state = getattr(error.orig, "sqlstate", "")
    return state is None or state.startswith(("08", "57"))


def _commit(session: Session) -> None:
    try:
        session.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise InDoubtError(
                "the connection to the database was lost while it committed: look at what stands before doing it again"
            ) from error
        raise
