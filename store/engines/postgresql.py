"""PostgreSQL by psycopg 3: one writer per office by an advisory lock, readers beside it by their snapshot.

A database is made with `CREATE DATABASE … LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8' TEMPLATE template0`, so that text
is sorted as SQLite and Python do: by code point, whatever the machine's language.
"""

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.util import find_spec
from typing import Any

from sqlalchemy import JSON, BindParameter, Connection, Dialect, Engine, cast, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidRequestError, OperationalError
from sqlalchemy.pool import NullPool

from store.engines import Looked, ServedError, UnknownDatabaseError
from store.engines.postgresql_commits import TELL, Listener

MAKE = "CREATE DATABASE … LC_COLLATE 'C' LC_CTYPE 'C' ENCODING 'UTF8' TEMPLATE template0"
# A schema holds one office. The lock ends with the transaction, after what it committed can be seen; it is the first
# statement, and under READ COMMITTED each statement after it sees what the writer before has committed.
TAKE_TURN = "SELECT pg_advisory_xact_lock(oid::bigint) FROM pg_namespace WHERE nspname = current_schema()"
# An upgrade takes that lock as well, so this is another one: keys of two numbers are never those of one.
UPGRADE_ALONE = "SELECT pg_advisory_lock(hashtext('nhacviec'), hashtext('upgrade'))"
# Instants come back in UTC, whatever the server calls home.
COMMITTED = r"-c timezone=UTC -c default_transaction_isolation=read\ committed -c synchronous_commit=on"
# PostgreSQL: "Control Data Functions"; the number is drawn when the server's files are made.
MAY_READ_SERVER = "SELECT has_function_privilege('pg_control_system()', 'execute')"
SERVER = "SELECT system_identifier FROM pg_control_system()"
OF_DATABASE = "SELECT oid FROM pg_database WHERE datname = current_database()"
# As long as SQLite's busy_timeout. A transaction that stands idle is that of a machine that is gone: it lets go, and no
# statement of ours takes a minute. A reader may draw a whole report of what it saw.
WRITES = f"{COMMITTED} -c lock_timeout=15s -c statement_timeout=2min -c idle_in_transaction_session_timeout=5min"
READS = (
    r"-c timezone=UTC -c default_transaction_isolation=repeatable\ read -c default_transaction_read_only=on "
    "-c statement_timeout=2min -c idle_in_transaction_session_timeout=30min"
)
# libpq, "Parameter Key Words": a server whose machine is gone answers nothing at all, and is not waited for for hours.
LINE = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
# An office keeps one connection to write by, as its units are one at a time, and two to read by; what more of its
# threads need is made for a moment and let go: a server that holds a whole province counts them by the hundred.
WRITERS, READERS, MOST = 1, 2, 15
# Between attempts to reach a server again that was there: thirteen seconds, in which it is started anew.
PAUSES_S = (0.1, 0.2, 0.4, 0.8, 1.5, 2.0, 2.0, 2.0, 2.0, 2.0)
# Whoever is connected beside us. One that just ended is seen for a moment still.
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
LOOKS, LOOK_AGAIN = 20, "SELECT pg_sleep(0.1), pg_stat_clear_snapshot()"
NUMBERED = "SELECT pg_get_serial_sequence(quote_ident(:name), 'id')"
OUR_FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
    "AND proname LIKE 'refuse\\_%'"
)
# Where languages and code points differ: large before small, a sign between them, Vietnamese after all of ASCII.
WORDS = ("a", "B", "_", "z", "Đ", "ă", "é", "ớ")


def open_writer(url: str) -> Engine:
    """An advisory lock keeps every other writer of the office out from the first statement on."""
    engine = _open(url, WRITES, **_pool(WRITERS))
    event.listen(engine, "begin", _take_turn)
    event.listen(engine, "commit", _refuse_broken)
    return engine


def open_reader(url: str) -> Engine:
    """REPEATABLE READ: the first statement settles what is seen; a write raises."""
    return _open(url, READS, **_pool(READERS))


def open_for_migration(url: str) -> Engine:
    """It takes its turn as every writer does, and waits for it as long as it takes."""
    engine = _open(url, COMMITTED, poolclass=NullPool)
    event.listen(engine, "begin", _take_turn)
    return engine


@contextmanager
def upgrading(url: str) -> Iterator[None]:
    """A dump and an upgrade of two processes that start at once would lock its tables in each other's way."""
    engine = _open(url, COMMITTED, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(UPGRADE_ALONE))
        yield


def commits(url: str) -> Listener:
    """What the server tells whoever listens; a question to it would cost as much as a look at what was committed."""
    return Listener(_open(url, "-c timezone=UTC", poolclass=NullPool, isolation_level="AUTOCOMMIT").connect)


def tell(connection: Connection) -> None:
    """A transaction that wrote nothing, or of which a statement failed, has nothing to tell."""
    driver: Any = connection.connection.dbapi_connection
    if driver.info.transaction_status.name != "INERROR":
        connection.exec_driver_sql(TELL)


@contextmanager
def alone(url: str) -> Iterator[Connection]:
    """The office's lock, which every writer waits for, while nobody else is connected."""
    engine = _open(url, f"{COMMITTED} -c lock_timeout=3s", poolclass=NullPool)
    event.listen(engine, "begin", _take_turn)
    event.listen(engine, "commit", _refuse_broken)
    end = "end the service and whatever else is connected to the database"
    try:
        connection = engine.connect()
        connection.begin()
    except OperationalError as error:
        raise ServedError(f"the database cannot be had alone ({error.orig}): {end}") from error
    with connection:
        for _ in range(LOOKS):
            if not (others := connection.execute(text(OTHERS)).scalar_one()):
                break
            connection.execute(text(LOOK_AGAIN))
        else:
            raise ServedError(f"the database is in use by {others} more: {end}")
        yield connection


def as_json(text: BindParameter[str]) -> Any:
    """A column of `json` keeps the letters of what it is given."""
    return cast(text, JSON)


def count_on(connection: Connection) -> None:
    """Sets each table's sequence to its highest number."""
    for name in inspect(connection).get_table_names():
        columns = {each["name"] for each in inspect(connection).get_columns(name)}
        sequence = "id" in columns and connection.execute(text(NUMBERED), {"name": name}).scalar()
        if sequence:
            # The name of a table of ours, as the database itself gives it.
            highest = connection.exec_driver_sql(f'SELECT max(id) FROM "{name}"').scalar()  # noqa: S608
            moved = text("SELECT setval(:sequence, :highest, :is_used)")
            values = {"sequence": sequence, "highest": highest or 1, "is_used": highest is not None}
            connection.execute(moved, values)


def empty_again(url: str) -> None:
    """Drops every table of the office, and the functions of its triggers: what a restore that failed has made."""
    with alone(url) as connection:
        for name in inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE "{name}" CASCADE')
        for name in connection.execute(text(OUR_FUNCTIONS)).scalars().all():
            connection.exec_driver_sql(f"DROP FUNCTION {name}")
        connection.commit()


def size(connection: Connection) -> int:
    """The bytes of the whole database."""
    return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def free(_connection: Connection) -> int | None:
    """The server's disk is looked after where the server is."""
    return None


def place(connection: Connection) -> str:
    """The server's own number and the database's in it: what was dumped and restored, or made by TEMPLATE, has others.

    A server that was copied file by file, or a standby that took over, has the same. Where the role may not read the
    server's number the database's alone counts.
    """
    server = connection.execute(text(MAY_READ_SERVER)).scalar_one()
    number = connection.execute(text(SERVER)).scalar_one() if server else ""
    return f"{number}:{connection.execute(text(OF_DATABASE)).scalar_one()}"


def moment(connection: Connection) -> datetime:
    """The server's clock at this moment: a transaction may have waited for its turn."""
    found: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return found


def unfit(connection: Connection) -> str:
    """A database that sorts by a language, or that cannot hold every letter."""
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        return f"the database holds text as {encoding}: make another one with {MAKE}"
    order = text("SELECT array_agg(word ORDER BY word) FROM unnest(CAST(:words AS text[])) AS word")
    if connection.execute(order, {"words": list(WORDS)}).scalar_one() != sorted(WORDS):
        return f"the database sorts text by a language, not by code point: make another one with {MAKE}"
    return ""


def examine(connection: Connection) -> Iterable[Looked]:
    """Whether the database is fit for us, and whether the server keeps what was committed."""
    version = connection.execute(text("SHOW server_version")).scalar_one()
    why = unfit(connection)
    yield Looked("database", not why, why or f"PostgreSQL {version}, sorted by code point")
    if connection.execute(text("SHOW fsync")).scalar_one() != "on":
        yield Looked("fsync", False, "the server does not wait for its disk (fsync=off): a power cut loses the record")


def _pool(kept: int) -> dict[str, Any]:
    return {"pool_pre_ping": True, "pool_size": kept, "max_overflow": MOST - kept}


def _open(url: str, options: str, **more: Any) -> Engine:
    if find_spec("psycopg") is None:
        raise UnknownDatabaseError(
            "DATABASE_URL names PostgreSQL, and its driver psycopg is not installed: install this program with its "
            "extra `postgresql`"
        )
    # Loaded where used: an office in a file needs no driver of a server.
    from store.engines.postgresql_dialect import COMPILED, NAME

    parsed = make_url(url).set(drivername=NAME)
    own = parsed.query.get("options", "")
    given = own if isinstance(own, str) else " ".join(own)
    line = {name: value for name, value in LINE.items() if name not in parsed.query}
    # What people wrote stands in the parameters: an error must not carry it into the log.
    engine = create_engine(
        parsed,
        hide_parameters=True,
        execution_options={"compiled_cache": COMPILED},
        connect_args={**line, "options": f"{given} {options}".strip()},
        **more,
    )
    event.listen(engine, "do_connect", _again_and_again())
    return engine


def _again_and_again() -> Callable[..., Any]:
    """Connects; to a server that was there before again and again, as it may be starting anew.

    A first connection that fails says so at once: its address may be wrong.
    """
    was_there = False

    def connect(dialect: Dialect, _record: Any, arguments: Any, named: Any) -> Any:
        nonlocal was_there
        for pause in PAUSES_S if was_there else ():
            try:
                return dialect.connect(*arguments, **named)
            except Exception as error:
                if not isinstance(error, dialect.loaded_dbapi.OperationalError):
                    raise
                # Those that lost it together do not come back together.
                time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 -- no secret
        made = dialect.connect(*arguments, **named)
        was_there = True
        return made

    return connect


def _take_turn(connection: Connection) -> None:
    connection.exec_driver_sql(TAKE_TURN)


def _refuse_broken(connection: Connection) -> None:
    """PostgreSQL answers COMMIT with ROLLBACK, and no error, where a statement failed and somebody went on."""
    driver: Any = connection.connection.dbapi_connection
    if driver.info.transaction_status.name == "INERROR":
        raise InvalidRequestError("a statement of this transaction failed: nothing of it can be committed")
