"""`make faults` and `make ordeal`: the fault harness from the command line; ends with 1 when a promise was broken."""

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests import postgresql
from tests.faults import report
from tests.faults.ground import OnPostgresql, OnSqlite
from tests.faults.scale import LONG, SERVER, SHORT, ZALO
from tests.faults.telegram_side import OnTelegram
from tests.faults.whole import whole
from tests.faults.zalo_side import OnZalo


def main() -> int:
    """Runs once and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--zalo", action="store_true", help="on Zalo, not on Telegram")
    parser.add_argument("--postgresql", action="store_true", help="on a server, which is restarted under everybody")
    parser.add_argument("--long", action="store_true", help="on Telegram: until 1,000 kills and 100,000 sends")
    parser.add_argument("--seed", type=int, default=None, help="default: drawn, and printed")
    parser.add_argument("--kills", type=int, help="at least this many kills")
    parser.add_argument("--sends", type=int, help="at least this many accepted sends")
    parser.add_argument("--seconds", type=float, help="so long, whatever was reached then")
    parser.add_argument("--folder", type=Path, help="an empty folder that is kept; default: one that is removed")
    parser.add_argument("--write", action="store_true", help="write the table into docs/reliability.md")
    given = parser.parse_args()
    side = OnZalo if given.zalo else OnTelegram
    ground = OnPostgresql if given.postgresql else OnSqlite
    scale = ZALO if given.zalo else LONG if given.long else SERVER if given.postgresql else SHORT
    scale = replace(scale, kills=given.kills or scale.kills, sends=given.sends or scale.sends)
    if given.seconds:
        scale = replace(scale, seconds=given.seconds, most_s=given.seconds)
    seed = given.seed if given.seed is not None else time.time_ns() % 1_000_000
    print(f"seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            result = whole(folder, seed, scale, lambda line: print(line, flush=True), side, ground)
        finally:
            postgresql.stop()
    for line in (*dict.fromkeys(result.notes), *(f"BROKEN {each}" for each in result.broken)):
        print(line)
    print(result.table)
    if given.write:
        report.write("postgresql" if given.postgresql else side.name, result.table)
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
