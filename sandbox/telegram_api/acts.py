"""Acts: every change of the fake world happens under one lock, at one moment, and is journalled and announced."""

from __future__ import annotations

import functools
import inspect
import threading
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar, cast

from sandbox.telegram_api.journal import Journal

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound="Acting")


class Acting:
    """What an act needs: the lock, the moment, the journal and those who wait for news."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.lock = threading.RLock()
        self.version = 0
        self._clock = now
        self._moment: datetime | None = None
        self._journal: Journal | None = None
        self._listeners: list[Callable[[], object]] = []

    def now(self) -> datetime:
        """The platform's time (UTC); the same from the beginning of an act to its end."""
        return self._moment or self._clock()

    def on_change(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Call `listener` (quick, any thread) after each change; returns the function that ends this."""
        with self.lock:
            self._listeners.append(listener)

        def end() -> None:
            with self.lock:
                self._listeners.remove(listener)

        return end

    def changed(self) -> None:
        """Count one change and tell everybody who waits for one."""
        with self.lock:
            self.version += 1
            self.wake()

    def wake(self) -> None:
        """Make everybody who waits look again, though nothing that a page shows has changed."""
        with self.lock:
            for listener in list(self._listeners):
                listener()

    def replay(self, journal: Journal) -> None:
        """Do again every act that `journal` holds, each at its own moment; later acts are added to it."""
        with self.lock:
            for at, name, arguments in journal.read():
                self._moment = at
                getattr(type(self), name).__wrapped__(self, **arguments)
            self._moment = None
            self._journal = journal


def act(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Make a method an act: locked, at one moment, journalled under its name when it succeeds.

    The method must not change anything before it raises. Acts inside an act belong to the outer one. The outermost
    returns a deep copy, so that no caller holds a piece of the world.
    """
    signature = inspect.signature(method)

    @functools.wraps(method)
    def acted(self: S, *args: P.args, **kwargs: P.kwargs) -> T:
        with self.lock:
            if self._moment is not None:
                return method(self, *args, **kwargs)
            self._moment = self._clock()
            try:
                result = deepcopy(method(self, *args, **kwargs))
                if self._journal:
                    arguments = dict(signature.bind(self, *args, **kwargs).arguments)
                    del arguments["self"]
                    self._journal.write(self._moment, method.__name__, arguments)
            finally:
                self._moment = None
            self.changed()
            return result

    return cast(Callable[Concatenate[S, P], T], acted)
