"""Opens an office's record for one worker: under its epoch, so that whoever had the office before writes no more."""

import logging
from collections.abc import Callable

from store import control, fence, gauges
from store.engine import Store
from store.fence import Mark, StaleEpochError

log = logging.getLogger(__name__)


def weight_of(store: Store) -> int:
    """How much work an office is, beside others."""
    with store.look() as session:
        return control.EACH + gauges.people(session)


def put_up(store: Store, mark: Mark, lift: Callable[[int], int | None]) -> tuple[Mark, str]:
    """Puts a worker's mark into an office's record and gives it, under a higher epoch where the record knows one, and
    the name of the worker that it keeps out by that, if any.

    `lift` asks the control record for an epoch above one: None where the office is another worker's by now. Raises
    StaleEpochError then.
    """
    while True:
        with store.unit() as session:
            found = fence.put_up(session, mark)
        if found is None or found == mark:
            return mark, ""
        if found.epoch < mark.epoch:
            return mark, found.worker if found.worker != mark.worker else ""
        epoch = lift(found.epoch)
        if epoch is None:
            raise StaleEpochError(f"another worker has the office (epoch {found}): it is not served as {mark}")
        # A control record that was lost begins anew; two of them would take the office from each other again and again.
        log.warning("its record knows epoch %s: serving under %s; is there one control record?", found, epoch)
        mark = mark._replace(epoch=epoch)
