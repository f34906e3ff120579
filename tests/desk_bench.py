"""How long the screen's list and queue take, up to 30,000 obligations, in the process that serves them.

`python -m tests.desk_bench` prints it alone; `make bench` prints it among the rest.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlalchemy import insert
from sqlmodel import Session

from app.office_settings import office_of
from app.screen_key import Nowhere
from app.settings import read
from desk import site
from desk.desk import Desk, Locks
from desk.lists.tabs import Tab
from desk.lists.wanted import Sort, View
from intake.draft import Draft
from plan.people import Role
from plan.status import State
from store import desk_sessions, obligations, people
from store.answer_tables import Request
from store.desk_tables import Stage
from store.engine import Store
from store.types import RequestKind, RequestState
from tests import large
from words.catalogue import Catalogue
from words.office import Office

# With 100 tasks each 500, 5,400 and 30,000 obligations: the plan of 2020, ten of it, and a province's.
AGENCIES = (5, 54, 300)
NOW = datetime(2020, 6, 16, 2, 0, tzinfo=UTC)
# How often each address is asked.
TIMES = 6
NARROWED = (
    "trang=9", "ke-hoach=large", "noi-dung=large/3", "don-vi=xa3", "nhom=xa", "ky=2020", "ky=2020-Q2", "loai=dated",
    "tinh-trang=overdue", "nguoi=0", "nguoi=1", "tim=ra+soat+xa", "tim=xa+so+3&ky=2020-H1&xep=left&giam=1",
)  # fmt: skip
# Every tab, order and view; every filter over all that there is, alone, and several with each other.
LIST = (
    "/nhiem-vu",
    *(f"/nhiem-vu?muc={tab}" for tab in Tab),
    *(f"/nhiem-vu?muc=all&xep={sort}{down}" for sort in Sort for down in ("", "&giam=1")),
    *(f"/nhiem-vu?muc=all&{narrowed}" for narrowed in NARROWED),
)  # fmt: skip
VIEWS = tuple(f"/nhiem-vu?muc=all&xem={view}{more}" for view in (View.TASKS, View.AGENCIES) for more in ("", "&tim=xa"))
QUEUE = ("/cho-xu-ly", "/cho-xu-ly?loai=answer&trang=2", "/cho-xu-ly?loai=blocked")
# A page that only counts what waits, as every page does.
COUNTING = ("/tai-khoan",)
# One in so many waits to be confirmed, is blocked, or asks for more time.
ONE_IN = 50


def rows(text: Catalogue) -> list[tuple[str, str]]:
    """A line for each size: how long pages take, the middle and the slow end (milliseconds)."""
    return [line for count in AGENCIES for line in _of_size(text, count)]


def _of_size(text: Catalogue, count: int) -> Iterator[tuple[str, str]]:
    plan = large.plan(count)
    office = large.office(text, plan)
    with tempfile.TemporaryDirectory() as folder:
        store = large.fill(Path(folder), plan)
        with store.unit() as session:
            _let_wait(session)
            people.join(session, 1, "xa0", Role.ADMIN, NOW)
            people.link(session, "bench", "1", "1", "bench", "notice", NOW)
            token = signed_in(session, 1)
        desk = desk_of(store, office, lambda: NOW)
        size = count * large.TASKS
        for name, paths in (("list", LIST), ("its other views", VIEWS), ("queue", QUEUE), ("the count", COUNTING)):
            yield f"the screen, {size:,} obligations: {name}, p50 / p95 ms", asyncio.run(_asked(desk, token, paths))
        store.close()


def _let_wait(session: Session) -> None:
    rows = {row.id or 0: row for row in obligations.all_of(session)}
    for number, row in rows.items():
        if number % ONE_IN == 1:
            row.state = State.IN_REVIEW
        elif number % ONE_IN == 2:
            row.blocked = "thiếu kinh phí"
    session.add_all(rows.values())
    asked = {"kind": RequestKind.EXTENSION, "person_id": 1, "asked_at": NOW, "wanted": NOW.date(), "reason": "chờ"}
    wanted = [
        asked | {"obligation_id": number, "source": f"bench:{number}", "state": RequestState.WAITING, "late": False}
        for number in rows
        if number % ONE_IN == 4
    ]
    session.execute(insert(Request), wanted)


def signed_in(session: Session, person: int, now: datetime = NOW) -> str:
    """What the browser of somebody holds who has signed in."""
    at = desk_sessions.Computer("", "", "127.0.0.1")
    return desk_sessions.begin(session, person, Stage.IN, at, now, second_at=now)


def desk_of(store: Store, office: Office, clock: Callable[[], datetime]) -> Desk:
    """A screen that is never locked, and into which nobody drops a document."""
    years = timedelta(days=36_500)
    return Desk(store, lambda _: office, clock, _reads_nothing, Nowhere(), locks=Locks(years, years, False, years))


def _reads_nothing(_data: bytes) -> Draft:
    raise NotImplementedError


def browser(desk: Desk, token: str) -> httpx.AsyncClient:
    """A browser that has signed in."""
    transport = httpx.ASGITransport(site.make(desk), client=("127.0.0.1", 1))
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8090", cookies={"desk": token})


async def _asked(desk: Desk, token: str, paths: Sequence[str]) -> str:
    """Each address asked in turn, once without being counted; the address that took longest in the middle."""
    taken: list[tuple[float, str]] = []
    async with browser(desk, token) as one:
        for number in range(-len(paths), TIMES * len(paths)):
            began = time.perf_counter()
            found = await one.get(paths[number % len(paths)])
            assert found.status_code == 200, (found.status_code, found.headers.get("location"))
            if number >= 0:
                taken.append((time.perf_counter() - began, paths[number % len(paths)]))
    seconds = sorted(each for each, _ in taken)
    middle = {path: sorted(each for each, of in taken if of == path)[TIMES // 2] for path in paths}
    slowest = max(paths, key=lambda path: middle[path])
    ends = (seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)], middle[slowest])
    return "{:.0f} / {:.0f}, {:.0f} at ".format(*(each * 1000 for each in ends)) + slowest


def main() -> None:
    """Prints the table."""
    for name, figure in rows(office_of(read(_env_file=None)).text):
        print(f"{name:<56}{figure}")


if __name__ == "__main__":
    main()
