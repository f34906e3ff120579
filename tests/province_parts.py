"""What a province's benches are made of: offices with people, and workers whose clock is moved to the morning."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlmodel import select

from app import offices, settings, wiring
from app.offices import Place
from plan.people import Role
from scheduler import tick
from store import people
from store.engine import Store
from store.people_tables import Address
from tests.postgresql import Server
from tests.province_databases import Databases, databases
from tests.province_workers import Worker

MORNING = datetime(2020, 1, 14, 0, 30, tzinfo=UTC)
PEOPLE_BEGIN = 1001
NOTICE = "Người mẫu của bản thử, không phải người thật."
ENTRY = """
import sys
from datetime import timedelta
from app import clock
real, by = clock.machine_now, timedelta(seconds=float(sys.argv[1]))
clock.machine_now = lambda: real() + by
from app.settings import Settings
Settings.real = property(lambda self: True)
from cli.main import app
app(["work"])
"""


def furnished(url: str, count: int) -> None:
    """Makes an empty database that of an office with its plan and so many officers, who came days before: in an office
    at work nobody is told in the morning who joined."""
    chosen = settings.read(_env_file=None, database_url=url, telegram_bot_token="1:x", telegram_api_url="http://x")
    service = wiring.open_service(chosen)
    wiring.sync(service)
    agencies, before = service.office.owing(), MORNING - timedelta(days=3)
    with service.store.unit() as session:
        for number in range(count):
            chat = str(PEOPLE_BEGIN + number)
            person = people.link(session, "telegram", chat, chat, f"Cán bộ {number + 1}", NOTICE, before)
            assert person.id is not None
            people.join(session, person.id, agencies[number % len(agencies)], Role.OFFICER, before)
    # What is said of those who came was said on the evening before.
    tick.steps(service.store, service.current(), MORNING - timedelta(hours=12))
    service.store.close()


def token_of(place: Place) -> str:
    """The token of an office's bot, of which no other has the number."""
    return f"{1000000 + int(place.name.partition('-')[2])}:an-office-of-the-bench-0000000000000"


@contextmanager
def furnish(root: Path, count: int, people_each: int, api: str, *, on_server: bool) -> Iterator[Databases]:
    """So many offices, each with a token of its own and a copy of the first one's database."""
    prepare = partial(furnished, count=people_each)
    # Those of a worker that has an office, and of one that just had it.
    with databases(root, prepare, on_server=on_server, most=100 + 16 * count) as made:
        for number in range(count):
            place = offices.add(root, f"xa-{number + 1}", f"TELEGRAM_API_URL={api}\nTELEGRAM_ADMIN_IDS=901\n")
            with (place.folder / ".env").open("a") as file:
                file.write(f"TELEGRAM_BOT_TOKEN={token_of(place)}\n")
            made.give(place)
        yield made


def chats(place: Place) -> dict[str, int]:
    """Whom an office reaches, by the chat: the person's number."""
    with closing(Store(place.settings().database_url)) as store, store.look() as session:
        return {each.chat: each.person_id for each in session.exec(select(Address)) if each.chat}


def outbox(place: Place) -> Counter[tuple[str, str]]:
    """An office's messages by their kind and state."""
    with closing(Store(place.settings().database_url)) as store, store.look() as session:
        asked = "SELECT kind, state, count(*) FROM delivery GROUP BY 1, 2"
        return Counter({(kind, state): count for kind, state, count in session.connection().exec_driver_sql(asked)})


def waiting(root: Path) -> dict[str, int]:
    """The rows of all outboxes by their kind and state."""
    found: Counter[tuple[str, str]] = Counter()
    for place in offices.all_in(root):
        found.update(outbox(place))
    return {" ".join(key): count for key, count in sorted(found.items())}


@dataclass(frozen=True)
class Ground:
    """Where it happens: the offices' folder, the platform, by how much the workers' clocks are moved, the control
    record, the server where there is one, and whether each worker is as on a machine of its own."""

    root: Path
    api: str
    by: timedelta
    control_url: str
    server: Server | None
    is_apart: bool = False

    def begin(self, number: int, program: Path | None = None) -> Worker:
        """A worker, which logs under a number; of a `program` at another place than this one."""
        here = str(program or Path(__file__).parent.parent)
        environment = {**os.environ, "OFFICES_DIR": str(self.root), "PYTHONPATH": here, "LOG_LEVEL": "WARNING"}
        environment["CONTROL_URL"] = self.control_url
        log = (self.root.parent / f"worker-{number}.log").open("ab")
        command = [sys.executable, "-c", ENTRY, str(self.by.total_seconds())]
        return Worker(command, f"worker-{number}" if self.is_apart else "", self.root.parent, environment, log)


def cpu_s(pid: int) -> float:
    """Seconds of CPU of a process so far (proc(5), fields 14 and 15 of stat)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
