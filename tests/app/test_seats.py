"""Several workers divide the offices: evenly, each once; one that ends is followed, and a former one writes nothing."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import balance, leading, under_fence
from app.seats import Orders, Seats, looked_at
from sandbox.world import World
from store import control, fence, leases, schema, settings
from store.control import LASTS, NOBODY, Control, Note, Seat, Worker
from store.engine import Store
from store.fence import Fence, Mark, StaleEpochError
from tests.databases import OFTEN, of_kind

NOW = datetime(2026, 1, 5, tzinfo=UTC)
SIX = [f"office{number}" for number in range(6)]


@pytest.fixture(params=OFTEN)
def record(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty control record, on each kind of database."""
    for each in of_kind(request.param):
        yield each.empty()


@pytest.fixture
def on_file(tmp_path: Path) -> str:
    """The address of an empty control record in a file."""
    return f"sqlite:///{tmp_path / 'control.db'}"


@dataclass
class House:
    """Workers of one installation that do at once what they are told; `after` seconds have passed."""

    url: str
    after: float = 0
    dead: set[str] = field(default_factory=set)
    has: dict[str, dict[str, Seat]] = field(default_factory=dict)

    def looks(self, name: str, *offices: str, **more: bool) -> Orders:
        """A worker looks; what it is to give back ends at once, and is free with its next look."""
        with closing(Control(self.url, lambda: NOW + timedelta(seconds=self.after))) as record:
            held = self.has.setdefault(name, {})
            found = Seats(record, name, "1", self.dead.__contains__).look(
                dict.fromkeys(offices, True), {each: seat.note for each, seat in held.items()}, **more
            )
        for each in found.lost | found.give:
            held.pop(each)
        held |= found.take
        return found

    def all_look(self, *names: str) -> None:
        """Each looks some times, in turn."""
        for name in names * 3:
            self.looks(name, *SIX)

    def epochs(self, name: str) -> dict[str, int]:
        """What a worker has, with the epochs."""
        return {office: seat.epoch for office, seat in self.has.get(name, {}).items()}


def test_a_new_worker_gets_its_share_and_a_dead_ones_offices_go_to_the_others(record: str) -> None:
    house = House(record)
    house.all_look("first")
    assert house.epochs("first") == dict.fromkeys(SIX, 1)
    house.all_look("first", "second")
    first, second = house.epochs("first"), house.epochs("second")
    assert (len(first), len(second)) == (3, 3)
    assert second == dict.fromkeys(SIX - first.keys(), 2)
    # Nothing moves while nothing changes.
    house.all_look("second", "first")
    assert (house.epochs("first"), house.epochs("second")) == (first, second)
    house.dead = {"first"}
    house.all_look("second")
    assert house.epochs("second") == second | dict.fromkeys(first, 2)


def test_one_that_says_nothing_is_followed_within_a_minute_and_learns_that_it_lost_all(on_file: str) -> None:
    house = House(on_file)
    house.all_look("first", "second")
    kept = house.epochs("first")
    while house.epochs("second").keys() != set(SIX):
        house.looks("second", *SIX)
        house.after += 5
        assert house.after < 60
    assert house.after > LASTS.total_seconds()
    assert house.looks("first", *SIX).lost == kept.keys()
    # It is one of the two again.
    house.all_look("second", "first")
    assert (len(house.epochs("first")), len(house.epochs("second"))) == (3, 3)


def test_a_control_record_that_was_away_for_an_hour_moves_no_office(on_file: str) -> None:
    house = House(on_file)
    house.all_look("first", "second")
    before = house.epochs("first"), house.epochs("second")
    house.after = 3500
    house.all_look("second", "first")
    assert (house.epochs("first"), house.epochs("second")) == before


def test_what_is_being_ended_is_begun_by_nobody_else_before_it_has_ended(on_file: str) -> None:
    house = House(on_file)
    house.all_look("first")
    house.looks("second", *SIX)
    before = dict(house.has["first"])
    given_back = house.looks("first", *SIX).give
    assert len(given_back) == 3
    for _ in range(3):
        house.has["first"] = dict(before)
        assert house.looks("second", *SIX).take == {}
        house.has["first"] = dict(before)
        assert house.looks("first", *SIX).give == given_back
    assert house.looks("first", *SIX).give == set()
    assert house.looks("second", *SIX).take.keys() == given_back


def test_one_that_lost_its_offices_ends_them_before_it_takes_them_again(on_file: str) -> None:
    house = House(on_file)
    house.all_look("first")
    house.after = 60
    house.all_look("second")
    for _ in range(2):
        house.looks("second", *SIX, leaving=True)
    woken = house.looks("first", *SIX)
    assert woken.lost == set(SIX)
    assert woken.take == {}
    assert house.looks("first", *SIX).take.keys() == set(SIX)


def test_one_that_ends_takes_nothing_and_leaves_all_at_once(on_file: str) -> None:
    house = House(on_file)
    house.all_look("first", "second")
    house.looks("first", *SIX, leaving=True)
    house.looks("first", *SIX, leaving=True)
    house.all_look("second")
    assert house.epochs("second").keys() == set(SIX)


def test_a_database_of_a_newer_version_is_left_to_newer_workers(on_file: str) -> None:
    house = House(on_file)
    house.all_look("old")
    seat = house.has["old"][SIX[0]]
    house.has["old"][SIX[0]] = replace(seat, note=Note(1, "9999", "schema 9999 is a newer program's"))
    assert house.looks("old", *SIX).give == {SIX[0]}
    house.all_look("old")
    assert SIX[0] not in house.epochs("old")
    with looked_at(on_file) as turn:
        assert turn is not None
        control.come(turn, Worker("new", turn.now, turn.now, "2", "9999", frozenset(SIX)))
        assert control.seats(turn)[SIX[0]].note.revision == "9999"
        control.forget_note(turn, SIX[0])
    # Where somebody says that it is otherwise now, it is looked at again.
    house.all_look("old")
    assert SIX[0] in house.epochs("old")


@pytest.mark.long
def test_a_file_that_was_served_on_another_machine_is_not_begun_anew_on_this_one() -> None:
    for databases in of_kind("postgresql"):
        url = databases.empty()
        with closing(Control(url, lambda: NOW)) as record:
            there = Seats(record, "there", "1", lambda _: False)
            here = Seats(record, "here", "1", lambda _: False)
            new = Note(1, schema.HEAD)
            assert there.look({"office": False}, {}).take.keys() == {"office"}
            there.look({"office": True}, {"office": new})
            there.leave()
            assert here.look({"office": False}, {}).take == {}
            assert here.look({"office": True}, {}).take["office"].epoch == 2


def test_a_clock_that_was_set_back_keeps_no_office_for_ever(on_file: str) -> None:
    house = House(on_file)
    house.all_look("first")
    house.after = -timedelta(days=400).total_seconds()
    house.all_look("second")
    assert house.epochs("second") == dict.fromkeys(SIX, 2)


names = st.sampled_from(["a", "b", "c", "d"])
offices = st.lists(st.tuples(st.integers(1, 60), st.sets(names), st.one_of(st.just(NOBODY), names)), max_size=12)


@given(present=st.sets(names, min_size=1), found=offices, order=st.randoms(use_true_random=False))
def test_every_office_that_somebody_can_serve_is_served_and_then_nothing_moves(
    present: set[str], found: list[tuple[int, set[str], str]], order: Random
) -> None:
    lists = {name: frozenset(str(n) for n, (_, able, _) in enumerate(found) if name in able) for name in present}
    workers = [Worker(name, NOW, NOW, "1", "1", lists[name]) for name in sorted(present)]
    seats = [
        Seat(str(number), holder if holder in present else NOBODY, 1, NOW, note=Note(weight))
        for number, (weight, _, holder) in enumerate(found)
    ]

    def round_of(name: str) -> bool:
        shares = balance.share(name, workers, seats)
        taken = {each.office for each in shares.take}
        assert not taken & shares.give
        for place, seat in enumerate(seats):
            if seat.office in taken:
                assert seat.worker == NOBODY
                seats[place] = replace(seat, worker=name)
            elif seat.office in shares.give:
                assert seat.worker == name
                seats[place] = replace(seat, worker=NOBODY)
        return bool(taken or shares.give)

    for _ in range(100):
        turns = sorted(present)
        order.shuffle(turns)
        if not sum(round_of(each) for each in turns):
            break
    else:
        raise AssertionError("offices go to and fro")
    for seat, (_, able, _) in zip(seats, found, strict=True):
        assert (seat.worker in able) if able & present else (seat.worker == NOBODY)
    if all(present <= able for _, able, _ in found) and found:
        loads = [sum(each.note.weight for each in seats if each.worker == name) for name in present]
        assert max(loads) - min(loads) < 1.5 * max(weight for weight, _, _ in found)


def fenced(store: Store, mark: Mark, lost: Callable[[], None] = lambda: None) -> Store:
    """The same record, opened by a worker."""
    found = Store(store.url)
    found.fence = Fence(mark, lost, under_fence.put_up(found, mark, lambda _: None)[1])
    return found


def test_a_worker_that_slept_while_another_took_over_writes_nothing(store: Store) -> None:
    told: list[str] = []
    former = fenced(store, Mark(1, "former"), lambda: told.append("lost"))
    with former.unit() as session:
        settings.put(session, "said", "by the former")
    later = fenced(store, Mark(2, "later"))
    with pytest.raises(StaleEpochError), former.unit() as session:
        settings.put(session, "said", "by one that woke up")
    assert told == ["lost"]
    with pytest.raises(StaleEpochError):
        fenced(store, Mark(1, "former"))
    with later.unit() as session:
        assert settings.get(session, "said") == "by the former"
        settings.put(session, "said", "by the later")
    # Whoever opens the record without being a worker, as every command does, has no fence.
    with store.unit() as session:
        assert settings.get(session, "said") == "by the later"
    former.close()
    later.close()


def test_what_a_worker_held_that_is_kept_out_is_not_waited_for(world: World) -> None:
    service, elsewhere = world.service, "another-machine/1/2:3:4"
    with service.store.unit() as session:
        assert leases.hold(session, leases.POLL, elsewhere, lambda _: False, world.now)
    assert not leading.lead(service, leases.POLL)
    under_fence.put_up(service.store, Mark(1, elsewhere), lambda _: None)
    mark, former = under_fence.put_up(service.store, Mark(2, "own"), lambda _: None)
    assert former == elsewhere
    service.store.fence = Fence(mark, lambda: None, former)
    assert leading.lead(service, leases.POLL)


def test_a_control_record_that_was_lost_begins_above_what_the_offices_know(store: Store, on_file: str) -> None:
    with store.unit() as session:
        assert fence.put_up(session, Mark(57, "before")) is None
    house = House(on_file)
    house.looks("now", "office")
    with closing(Control(on_file, lambda: NOW)) as record:
        seats = Seats(record, "now", "1", lambda _: False)
        found = under_fence.put_up(store, Mark(1, "now"), lambda above: seats.lift("office", above))
        assert found == (Mark(58, "now"), "before")
        # And an office that is another's by now is not lifted.
        seats.leave()
        assert seats.lift("office", 58) is None
