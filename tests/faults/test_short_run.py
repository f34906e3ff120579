"""The delivery promise, kept under kills, lost answers, locks, a full disk and a jumping clock; no time is asserted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.ground import Ground, OnPostgresql, OnSqlite
from tests.faults.run import Run
from tests.faults.scale import SERVER, SHORT, ZALO, Scale
from tests.faults.sides import Side
from tests.faults.telegram_side import OnTelegram
from tests.faults.whole import whole
from tests.faults.zalo_side import OnZalo

SEED = 20200114


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="sets the limits of a living process")
@pytest.mark.parametrize(
    ("side", "scale", "ground"),
    [(OnTelegram, SHORT, OnSqlite), (OnZalo, ZALO, OnSqlite), (OnTelegram, SERVER, OnPostgresql)],
    ids=["telegram", "zalo", "postgresql"],
)
def test_nothing_is_lost_in_silence_and_a_repeat_is_marked(
    tmp_path: Path, side: Callable[[Run], Side], scale: Scale, ground: Callable[[Path], Ground]
) -> None:
    result = whole(tmp_path, SEED, scale, print, side, ground)
    assert not result.broken, "\n".join((*result.broken, *result.notes, result.table))
