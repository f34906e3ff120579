"""Keeps what came of messages and takes those that leave next, for all senders that ask at once: in one unit.

Each COMMIT waits for the disk. The order stays what it is: the intent is committed before a message is sent, the result
after it; the results of the last messages and the intents of the next stand in one COMMIT.
"""

import logging
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from delivery.claims import Claims
from delivery.ready import Claimed
from delivery.receipts import Outcome, Receipts

log = logging.getLogger(__name__)


class Turn(NamedTuple):
    """What one sender hands in: what came of its message, None for none, and whether it takes another one now."""

    outcome: Outcome | None
    wants: bool


Given = Claimed | bool | None
"""A row to be sent, True where it should ask again, None where nothing may leave now; False for who wants none."""


class Exchange:
    """What the senders of a process hand in and get."""

    def __init__(self, claims: Claims, receipts: Receipts) -> None:
        self.claims, self.receipts = claims, receipts

    def serve(self, turns: Sequence[Turn]) -> Sequence[Given | Exception]:
        """What each gets, in their order, or the error that kept its outcome from being kept."""
        outcomes = [each.outcome for each in turns if each.outcome is not None]
        wanting = sum(each.wants for each in turns)
        if (given := self._in_one(outcomes, wanting)) is not None:
            return _dealt(turns, given, [None] * len(outcomes))
        errors = self.receipts.keep(outcomes) if outcomes else ()
        failed = {id(outcome) for outcome, error in zip(outcomes, errors, strict=True) if error is not None}
        wanting = sum(each.wants and id(each.outcome) not in failed for each in turns)
        return _dealt(turns, self._taken(wanting), errors)

    def _in_one(self, outcomes: Sequence[Outcome], wanting: int) -> list[Given | Exception] | None:
        """Both in one unit; None where there is one of them only, or where it failed and nothing is known to be kept.

        What was not sent goes another way, or onto a list: that is a unit of its own, and others hear of it.
        """
        if not wanting or not outcomes or any(each.error is not None for each in outcomes):
            return None
        try:
            return [*self.claims.take(wanting, partial(self.receipts.write, outcomes=outcomes))]
        except Exception as error:
            # Receipts first: they are kept by themselves, and what was kept already is found to be.
            log.warning("%s receipts could not be kept with what leaves next: %s", len(outcomes), error)
            return None

    def _taken(self, wanting: int) -> list[Given | Exception]:
        try:
            return [*self.claims.take(wanting)] if wanting else []
        except Exception as error:
            return [error] * wanting


def _dealt(
    turns: Sequence[Turn], given: Sequence[Given | Exception], errors: Sequence[Exception | None]
) -> list[Given | Exception]:
    """To each what is theirs; whose outcome was not kept gets the error and nothing else."""
    rows, faults = iter(given), iter(errors)
    found: list[Given | Exception] = []
    for each in turns:
        fault = next(faults) if each.outcome is not None else None
        found.append(fault or (next(rows) if each.wants else False))
    return found
