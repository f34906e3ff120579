"""What is asked at the same time is done in one unit, and each hears what came of theirs alone."""

import asyncio
from collections.abc import Sequence
from threading import Event

import pytest

from delivery.together import Together


def test_who_asks_while_others_are_served_is_served_with_all_who_wait_then() -> None:
    groups: list[list[int]] = []
    begun, go = Event(), Event()

    def work(asked: Sequence[int]) -> list[int | Exception]:
        groups.append(list(asked))
        begun.set()
        go.wait()
        return [ValueError("three") if each == 3 else each * 10 for each in asked]

    async def run() -> list[int | BaseException]:
        together = Together(work)
        first = asyncio.create_task(together(1))
        await asyncio.to_thread(begun.wait)
        others = [asyncio.create_task(together(each)) for each in (2, 3, 4)]
        await asyncio.sleep(0)
        go.set()
        return await asyncio.gather(first, *others, return_exceptions=True)

    found = asyncio.run(run())
    assert groups == [[1], [2, 3, 4]]
    assert (found[0], found[1], found[3], str(found[2])) == (10, 20, 40, "three")


def test_an_error_of_all_is_raised_at_each_and_the_next_are_served() -> None:
    fails = [True]

    def work(asked: Sequence[int]) -> Sequence[int]:
        if fails:
            raise RuntimeError(fails.pop())
        return asked

    async def run() -> None:
        together = Together(work)
        found = await asyncio.gather(together(1), together(2), return_exceptions=True)
        assert [type(each) for each in found] == [RuntimeError, RuntimeError]
        assert await together(3) == 3

    asyncio.run(run())


def test_one_who_went_away_keeps_nobody_from_theirs() -> None:
    begun, go = Event(), Event()

    def work(asked: Sequence[int]) -> Sequence[int]:
        begun.set()
        go.wait()
        return asked

    async def run() -> None:
        together = Together(work)
        gone, stays = asyncio.create_task(together(1)), asyncio.create_task(together(2))
        await asyncio.to_thread(begun.wait)
        gone.cancel()
        await asyncio.sleep(0)
        go.set()
        assert await stays == 2
        with pytest.raises(asyncio.CancelledError):
            await gone

    asyncio.run(run())


def test_those_who_will_ask_soon_are_waited_for_but_not_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    groups: list[list[int]] = []

    def work(asked: Sequence[int]) -> Sequence[int]:
        groups.append(list(asked))
        return asked

    async def run() -> None:
        together = Together(work, lambda: 2)
        monkeypatch.setattr("delivery.together.LINGER_S", 3600)
        first = asyncio.create_task(together(1))
        for _ in range(5):
            await asyncio.sleep(0)
        assert await together(2) == 2
        assert await first == 1
        monkeypatch.setattr("delivery.together.LINGER_S", 0)
        assert await together(3) == 3

    asyncio.run(run())
    assert groups == [[1, 2], [3]]
