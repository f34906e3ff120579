"""The steps on which the sandbox opens, over the page's own HTTP and against the real service; how examples answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from plan.loader import load
from plan.status import State
from plan.workdays import load_calendar
from sandbox.demo import Demo
from sandbox.example_answers import HABITS, ExampleOfficers, Habit, is_the_day
from sandbox.example_people import LEADER_USER, TELEGRAM, ZALO, officer_of, settle, settlers
from sandbox.phone import text_of
from sandbox.sentences import of_page
from sandbox.towns import Doorway, Either
from sandbox.world import World
from store import addresses, obligations, sandboxed
from store import people as people_of
from store.engine import Store
from store.tables import Obligation
from tests.channels.on_zalo import ADDRESS, OnZalo
from tests.channels.on_zalo import TOKEN as ZALO_TOKEN
from tests.conftest import MakeWorld
from tests.sandbox.town import LAN, Hands, served, town
from words import catalogue
from words.office import Office

ROOT = Path(__file__).parents[2]
PAGE, DATA = ROOT / "sandbox" / "page", ROOT / "data"


@pytest.fixture
def hands() -> Hands:
    """The hands of a new clock."""
    return Hands()


@pytest.fixture
def url(hands: Hands, stage: tuple[Any, str]) -> Iterator[str]:
    """The page's address without a slash at its end."""
    app = served(town(hands.now), hands)
    stage[0].app = app
    yield stage[1]
    app.state.bot_api.close()


def test_a_step_is_one_press_and_says_whose_phone_shows_it(url: str, hands: Hands) -> None:
    assert httpx.get(f"{url}/sandbox/state").json()["steps"] is True
    assert httpx.post(f"{url}/sandbox/step", json={"step": "photo"}).json() == {"chat": LAN}
    refused = httpx.post(f"{url}/sandbox/step", json={"step": "none"})
    assert (refused.status_code, refused.json()) == (400, {"error": "Không có bước này."})
    assert httpx.post(f"{url}/sandbox/again").json() == {"ok": True}
    assert hands.asked == ["photo", "again"]
    evil = {"Origin": "http://evil.example"}
    assert httpx.post(f"{url}/sandbox/again", headers=evil).status_code == 403


def test_each_word_that_the_page_asks_for_is_in_the_catalogue(url: str) -> None:
    words = httpx.get(f"{url}/sandbox/words").json()
    assert words == of_page()
    asked = set(re.findall(r'data-(?:word|label|hint)="(\w+)"', (PAGE / "index.html").read_text("utf-8")))
    for path in PAGE.glob("*.js"):
        found = re.findall(r'\bWORDS\.(\w+)|\bsay\("(\w+)"', path.read_text("utf-8"))
        asked |= {first or second for first, second in found}
    assert len(asked) > 50
    assert asked - set(words) == set()


@pytest.fixture
def lived_in(make_world: MakeWorld) -> World:
    """A world with the example people, on the first morning."""
    world = make_world(2020, 1, 2, 7, 0)
    sandboxed.mark(world.service.store)
    settle(world.service, world.platform, settlers(world.service), world.now)
    return world


def last_texts(world: World, chat: int, count: int = 3) -> str:
    """What came last to a phone."""
    return "\n".join(text_of(each) for each in world.platform.messages(chat)[-count:])


def test_the_three_steps_are_what_they_say(lived_in: World) -> None:
    world, people = lived_in, settlers(lived_in.service)
    demo = Demo(world.platform, world.service.office, people)

    def go(day: date, _answering: bool) -> None:
        world.at(day.year, day.month, day.day, 7, 30)

    assert demo.is_there
    commune = demo.step("commune", world.now, go)
    assert world.service.office.today(world.now) == date(2020, 1, 14)
    assert "2b" in last_texts(world, commune)
    assert demo.step("photo", world.now, go) == commune
    world.settle()
    assert "hoàn thành" in last_texts(world, commune)
    assert "Minh chứng: 1 ảnh" in last_texts(world, commune)
    assert demo.step("due", world.now, go) == LEADER_USER
    assert demo.step("leader", world.now, go) == LEADER_USER
    world.settle()
    assert "Tổng hợp" in last_texts(world, LEADER_USER)
    # A day that has passed is looked at, and the clock stays.
    before = world.now
    assert demo.step("commune", world.now, go) == commune
    assert world.now == before
    with pytest.raises(ValueError, match="Không có bước này"):
        demo.step("?", world.now, go)


@pytest.mark.long
def test_half_of_the_communes_answer_on_zalo(make_world: MakeWorld) -> None:
    beside = OnZalo()
    beside.world = world = make_world(
        2020, 1, 2, 7, 0, beside=(beside.channel,), zalo_bot_token=ZALO_TOKEN, zalo_api_url=ADDRESS
    )
    people, service = settlers(world.service), world.service
    sandboxed.mark(service.store)
    settle(service, world.platform, people, world.now, beside.platform)
    on_zalo = [each for each in people if each.channel == ZALO]
    assert [each.agency for each in on_zalo] == ["sonlong", "sontan", "sonmua", "sonbua", "sonlap", None]
    # One has two phones, and is one person.
    second = next(each for each in people if each.second_of)
    with service.store.look() as session:
        both = people_of.by_user(session, "telegram", str(second.user))
        assert both is not None
        ways = addresses.addresses_of(session, both[0].id or 0)
    assert [each.channel for each in ways] == [ZALO, TELEGRAM]

    demo = Demo(world.platform, service.office, people, beside.platform)
    long = beside.platform.person(on_zalo[0].name)

    def go(day: date, _answering: bool) -> None:
        world.at(day.year, day.month, day.day, 7, 30)

    assert demo.step("zalo", world.now, go) == on_zalo[0].user
    assert "2b" in long.messages[-1]["text"]
    assert demo.step("zalo_photo", world.now, go) == on_zalo[0].user
    world.settle()
    assert "Minh chứng: 1 ảnh" in long.messages[-1]["text"]
    officers = ExampleOfficers(world.platform, people, beside.platform)
    world.at(2020, 1, 21, 7, 30)
    assert officers.answer(service.store, service.current(), date(2020, 1, 21))
    world.settle()
    done = {agency for agency, row in of_first_task(world).items() if row.state == State.DONE}
    # A photo, and a sentence typed.
    assert {"sonbua", "sonmua"} <= done
    assert officers.choose(service.store) == 0


def test_a_plan_of_another_office_has_no_steps(lived_in: World) -> None:
    assert not Demo(lived_in.platform, lived_in.service.office, ()).is_there


DUE = date(2020, 1, 30)


@pytest.mark.parametrize(
    ("habit", "today", "answers"),
    [
        (Habit(-2), date(2020, 1, 20), False),
        (Habit(-2), date(2020, 1, 21), True),
        (Habit(0), date(2020, 1, 22), False),
        (Habit(0), DUE, True),
        # Tết lies between: three working days after 30/01 are 04/02.
        (Habit(3), date(2020, 2, 3), False),
        (Habit(3), date(2020, 2, 4), True),
        (Habit(None), date(2021, 2, 28), False),
    ],
)
def test_when_a_habit_answers(office: Office, habit: Habit, today: date, answers: bool) -> None:
    assert is_the_day(habit, DUE, today, office) is answers


@pytest.fixture(scope="module")
def office() -> Office:
    """The office with the plan of 2020, without a service."""
    plan = load(DATA / "plan_2020.json")
    return Office({plan.id: plan}, load_calendar(DATA / "days_vn.toml"), catalogue.load(DATA / "texts_vi.toml"))


def of_first_task(world: World) -> dict[str, Obligation]:
    """What each agency owes of 2b.1."""
    with world.service.store.look() as session:
        return {row.agency_id: row for row in obligations.all_of(session) if row.milestone == "2b.1"}


@pytest.mark.long
def test_most_examples_answer_in_time_some_late_some_never(lived_in: World) -> None:
    world, people = lived_in, settlers(lived_in.service)
    officers = ExampleOfficers(world.platform, people)
    for day in (20, 21, 22, 30, 31):
        world.at(2020, 1, day, 7, 30)
        officers.answer(world.service.store, world.service.current(), date(2020, 1, day))
        world.settle()
    rows = of_first_task(world)
    open_at_the_end = {agency for agency, row in rows.items() if row.state == State.OPEN}
    assert open_at_the_end == {agency for agency in rows if (days := habit_of(agency).days) is None or days > 1}
    assert 15 <= len(rows) - len(open_at_the_end) < len(rows)
    # Each once: asked again on the same day they say nothing more.
    assert officers.answer(world.service.store, world.service.current(), date(2020, 1, 31)) == 0
    dung = officer_of(people, "sondung", TELEGRAM)
    assert dung is not None
    assert any("photo" in each for each in world.platform.messages(dung.user))


def test_who_owes_two_of_one_letter_says_which(lived_in: World) -> None:
    world, officers = lived_in, ExampleOfficers(lived_in.platform, settlers(lived_in.service))
    world.at(2020, 3, 23, 7, 30)
    officers.answer(world.service.store, world.service.current(), date(2020, 3, 23))
    world.settle()
    assert officers.choose(world.service.store) == 1
    world.settle()
    assert officers.choose(world.service.store) == 0
    with world.service.store.look() as session:
        mine = [row for row in obligations.all_of(session) if row.agency_id == "tuphap"]
    assert {row.state for row in mine if row.milestone in ("1d.1", "1đ.1")} == {State.DONE}


def habit_of(agency: str) -> Habit:
    """An agency's habit."""
    return HABITS.get(agency, Habit(-2))


def test_the_table_names_agencies_that_are_there(office: Office) -> None:
    assert set(HABITS) <= set(office.owing())


def test_only_a_sandboxs_file_is_removed(tmp_path: Path, lived_in: World) -> None:
    office = World(tmp_path / "office", datetime(2020, 1, 2, tzinfo=UTC))
    (tmp_path / "office").mkdir()
    with office:
        office.admin("Hương")
        address = office.service.store.url
    with pytest.raises(sandboxed.SandboxError):
        sandboxed.wipe(address)
    assert office.database.exists()
    url = lived_in.service.store.url
    lived_in.stop()
    sandboxed.wipe(url)
    assert not lived_in.database.exists()
    with pytest.raises(sandboxed.SandboxError):
        sandboxed.wipe("sqlite://")
    Store(url).close()


def test_while_no_town_is_open_the_doorway_says_so(stage: tuple[Any, str]) -> None:
    stage[0].app = doorway = Doorway()
    answer = httpx.get(stage[1])
    assert (answer.status_code, answer.json()["error"]) == (503, "Đang mở lại bản thử, đợi vài giây…")
    doorway.app = served(town(Hands().now), Hands())
    assert httpx.get(stage[1]).status_code == 200


def test_a_town_is_left_when_the_last_request_in_it_is_answered() -> None:
    doorway, is_inside, may_go = Doorway(), Event(), Event()

    async def nobody(*_given: Any) -> Any:
        raise AssertionError

    async def waits(*_given: Any) -> None:
        is_inside.set()
        await asyncio.to_thread(may_go.wait, 10)

    doorway.app = waits
    visit = Thread(target=lambda: asyncio.run(doorway({}, nobody, nobody)))
    visit.start()
    assert is_inside.wait(10)
    assert not doorway.leave(0.01)
    may_go.set()
    assert doorway.leave(10)
    visit.join()


def test_beginning_again_ends_one_town_and_a_signal_all() -> None:
    stop = Event()
    over = Either(stop)
    assert not over.wait(0.001)
    over.set()
    assert over.wait(0.001)
    assert not stop.is_set()
    stop.set()
    assert Either(stop).is_set()
    assert Either(stop).wait(10)
