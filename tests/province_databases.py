"""The databases of a province's benches: a file each, or on a server a database and a login role each; and the control
record beside them."""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from app.installation_settings import CONTROL, SETTINGS
from app.offices import Place
from tests import postgresql
from tests.footprint import share_mb

Prepare = Callable[[str], object]
"""Makes an empty database that of an office, by its address."""


class Databases(ABC):
    """Makes each office's database as a copy of one that was made ready once."""

    control_url: str

    @abstractmethod
    def give(self, place: Place) -> None:
        """An office gets its own, and knows where it is."""

    @abstractmethod
    def connections(self) -> tuple[int, int]:
        """How many connections there are now to all of them, and were ever made; nothing where that is no question."""


class Files(Databases):
    """SQLite."""

    def __init__(self, root: Path, prepare: Prepare) -> None:
        self.control_url = f"sqlite:///{root / CONTROL}"
        self._template = root.parent / "template.db"
        prepare(f"sqlite:///{self._template}")

    def give(self, place: Place) -> None:
        (place.folder / "var").mkdir()
        shutil.copyfile(self._template, place.folder / "var" / "nhacviec.db")

    def connections(self) -> tuple[int, int]:
        return 0, 0


class OnServer(Databases):
    """PostgreSQL: whoever has one of the roles can open one of the databases."""

    def __init__(self, server: postgresql.Server, prepare: Prepare) -> None:
        self.server = server
        self.control_url = self._made("control", f"template0 {postgresql.MAKE}")
        # It stays the server's, so that its role can be reassigned in a copy: what that owns there is the record.
        self._role("office_template")
        server.execute(f"CREATE DATABASE office_template TEMPLATE template0 {postgresql.MAKE}")
        self._within("office_template", "GRANT ALL ON SCHEMA public TO office_template")
        prepare(self._url("office_template"))

    def give(self, place: Place) -> None:
        name = place.name.replace("-", "_")
        url = self._made(name, "office_template")
        self._within(name, f"REASSIGN OWNED BY office_template TO {name}")
        with (place.folder / SETTINGS).open("a") as file:
            file.write(f"DATABASE_URL={url}\n")

    def connections(self) -> tuple[int, int]:
        now = "SELECT count(*) - 1 FROM pg_stat_activity WHERE backend_type = 'client backend'"
        asked = f"SELECT ({now}), (SELECT sum(sessions) FROM pg_stat_database WHERE datname <> 'postgres')"
        found = self.server.execute(asked)[0]
        return int(found[0]), int(found[1])

    def memory_mb(self) -> float:
        """What the server and its processes have in memory, shared pages by their share."""
        number = self.server.process.pid
        children = Path(f"/proc/{number}/task/{number}/children").read_text("ascii").split()
        found = 0.0
        for each in (number, *map(int, children)):
            # One may have ended since.
            with suppress(FileNotFoundError):
                found += share_mb(each)
        return found

    def _made(self, name: str, template: str) -> str:
        self._role(name)
        self.server.execute(f"CREATE DATABASE {name} OWNER {name} TEMPLATE {template}")
        self.server.execute(f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC")
        return self._url(name)

    def _role(self, name: str) -> None:
        self.server.execute(f"CREATE ROLE {name} LOGIN")

    def _url(self, name: str) -> str:
        return self.server.url(name).replace(f"//{postgresql.USER}@", f"//{name}@")

    def _within(self, database: str, statement: str) -> None:
        engine = create_engine(self.server.url(database), poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def databases(root: Path, prepare: Prepare, *, on_server: bool, most: int = 0) -> Iterator[Databases]:
    """Those of a folder of offices; a server of their own takes `most` connections and ends with them."""
    if not on_server:
        yield Files(root, prepare)
        return
    server = postgresql.begun(f"max_connections={most}")
    try:
        yield OnServer(server, prepare)
    finally:
        server.stop()
