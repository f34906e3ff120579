"""The delivery promise, kept under kills, lost answers, locks, a full disk and a jumping clock; no time is asserted."""

from pathlib import Path

import pytest

from tests.faults.ground import OnSqlite
from tests.faults.scale import SHORT
from tests.faults.telegram_side import OnTelegram
from tests.faults.whole import whole

SEED = 20200114


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="sets the limits of a living process")
def test_nothing_is_lost_in_silence_and_a_repeat_is_marked(tmp_path: Path) -> None:
    # On Zalo and on PostgreSQL it takes minutes each: `make faults`.
    result = whole(tmp_path, SEED, SHORT, print, OnTelegram, OnSqlite)
    assert not result.broken, "\n".join((*result.broken, *result.notes, result.table))
