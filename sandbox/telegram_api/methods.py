"""The table of Bot API methods: each is a function of the world and the call's parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.telegram_api.params import Params
from sandbox.telegram_api.world import World

Run = Callable[[World, Params], Any]


@dataclass(frozen=True)
class Method:
    """One Bot API method; `changes` says whether it belongs in the journal, `counted` whether rates apply to it."""

    name: str
    run: Run
    changes: bool
    counted: bool


METHODS: dict[str, Method] = {}


def method(name: str, *, changes: bool = True, counted: bool = False) -> Callable[[Run], Run]:
    """Register a function as the Bot API method `name`; it must not change anything before it raises ApiError."""

    def register(run: Run) -> Run:
        METHODS[name.lower()] = Method(name, run, changes, counted)
        return run

    return register
