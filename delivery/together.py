"""One unit of the database for all that ask at the same time, instead of one for each."""

import asyncio
from asyncio import Event, Future, Task
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")
# For those that will ask soon: short beside a call to a platform, long beside a transaction.
LINGER_S = 0.005


class Together(Generic[Asked, Given]):
    """Does in a thread what is asked, for all at once who ask while the former ones are served.

    `work` gives for each what comes of it, in their order; an exception among them is raised at the one who asked, and
    what it raises itself at all of them. `most` says how many can ask now at the most: while fewer have, the others are
    waited for, at most LINGER_S seconds.
    """

    def __init__(
        self, work: Callable[[Sequence[Asked]], Sequence[Given | Exception]], most: Callable[[], int] | None = None
    ) -> None:
        self.work, self.most = work, most
        self._waiting: list[tuple[Asked, Future[Given]]] = []
        self._served: Task[None] | None = None
        self._all_here = Event()

    async def __call__(self, asked: Asked) -> Given:
        """What comes of one of them."""
        answer: Future[Given] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._are_all_here():
            self._all_here.set()
        if self._served is None:
            self._served = asyncio.create_task(self._serve())
        return await answer

    async def _serve(self) -> None:
        try:
            while self._waiting:
                if not self._are_all_here():
                    await self._linger()
                taken, self._waiting = self._waiting, []
                try:
                    given = await asyncio.to_thread(self.work, [asked for asked, _ in taken])
                except Exception as error:
                    given = [error] * len(taken)
                for (_, answer), each in zip(taken, given, strict=True):
                    if answer.cancelled():
                        continue
                    if isinstance(each, Exception):
                        answer.set_exception(each)
                    else:
                        answer.set_result(each)
        finally:
            self._served = None

    def _are_all_here(self) -> bool:
        return self.most is None or len(self._waiting) >= self.most()

    async def _linger(self) -> None:
        self._all_here.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._all_here.wait(), LINGER_S)
