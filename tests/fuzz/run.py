"""Feeds offices generated updates: a short run in the suite, a long one by `make fuzz`, which measures and prints."""

import argparse
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from sandbox.world import World
from tests.channels.on_zalo import ADDRESS, TOKEN, OnZalo
from tests.fuzz import coverage, updates
from tests.fuzz.coverage import Covered
from tests.fuzz.grounds import GROUNDS
from tests.fuzz.office import Office

BATCH = 25
# Many runs of this many updates, each from a start of its own: a run explores around what it began with.
RUN = 5000
COVERAGE_RUNS = 50_000
DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "reliability.md"
BLOCKS = {"telegram": "fuzz", "zalo": "fuzz-zalo"}
# Memory, where there is such a folder: this run asks what the code does, not what the disk does.
FAST = Path("/dev/shm")


@dataclass(frozen=True)
class Outcome:
    """What came of a run."""

    updates: int
    seconds: float
    counts: Counter[tuple[str, str]]
    faults: list[str]


def feed(count: int, start: int = 0, name: str = "telegram") -> Outcome:
    """Feeds about `count` updates of a channel to an office; the same `start` gives the same updates."""
    zalo = OnZalo()
    beside: dict[str, Any] = {"zalo_bot_token": TOKEN, "zalo_api_url": ADDRESS, "beside": (zalo.channel,)}
    with (
        tempfile.TemporaryDirectory(dir=FAST if FAST.is_dir() else None) as folder,
        World(Path(folder), datetime.fromtimestamp(updates.NOW, UTC), **(beside if name == "zalo" else {})) as world,
    ):
        office = Office(world, GROUNDS[name](world))
        fed = 0

        @seed(start)
        @settings(
            max_examples=max(1, count // BATCH),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.lists(office.ground.case(office.codes), min_size=BATCH, max_size=BATCH))
        def run(cases: list[updates.Case]) -> None:
            nonlocal fed
            office.feed(cases)
            fed += len(cases)

        begin = time.perf_counter()
        run()
        office._check_replay()
        office.look.close()
        return Outcome(fed, time.perf_counter() - begin, office.counts, office.faults)


def feed_all(count: int, name: str, first: int = 1000) -> Outcome:
    """Feeds `count` updates of a channel in runs side by side, one a processor; says on the way how far it is."""
    began, outcomes = time.perf_counter(), list[Outcome]()
    starts = range(first, first + max(1, count // RUN))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for outcome in pool.map(feed, [min(RUN, count)] * len(starts), starts, [name] * len(starts)):
            outcomes.append(outcome)
            print(f"{len(outcomes)}/{len(starts)} runs, {len(outcome.faults)} faults", file=sys.stderr, flush=True)
    counts = sum((each.counts for each in outcomes), Counter[tuple[str, str]]())
    faults = [fault for each in outcomes for fault in each.faults]
    return Outcome(sum(each.updates for each in outcomes), time.perf_counter() - began, counts, faults)


def table(outcome: Outcome) -> str:
    """What came of the updates of a channel, as it stands in the document."""
    ends = ("answered", "silent", "put aside")
    rows = ["| updates | fed | answered | silence | put aside |", "|---|---:|---:|---:|---:|"]
    for kind in sorted({kind for kind, _ in outcome.counts}):
        found = [outcome.counts[kind, end] for end in ends]
        rows.append(f"| {kind} | {sum(found):,} | " + " | ".join(f"{each:,}" for each in found) + " |")
    rows.append(
        f"\n{outcome.updates:,} updates in {outcome.seconds:,.0f} s; something that must hold did not: "
        f"{len(outcome.faults)} times."
    )
    return "\n".join(rows)


def table_of_readers(covered: Sequence[Covered]) -> str:
    """What came of the readers of bytes."""
    if not covered:
        return "The readers of bytes were not fuzzed by coverage: atheris is not installed here."
    rows = ["| reader of bytes | runs | edges covered | inputs that broke it |", "|---|---:|---:|---:|"]
    rows += [f"| {each.target} | {each.runs:,} | {each.edges} | {1 if each.crash else 0} |" for each in covered]
    return "\n".join(rows)


def write(name: str, text: str) -> None:
    """Puts the table of a channel into its place in docs/reliability.md."""
    block = re.compile(rf"(<!-- measured: {BLOCKS[name]} -->\n).*?(<!-- end -->)", re.DOTALL)
    whole = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(block.sub(lambda match: f"{match[1]}{text}\n{match[2]}", whole), "utf-8")


def main() -> int:
    """Runs it all, prints the tables, and ends with 1 when something was found."""
    options = argparse.ArgumentParser()
    options.add_argument("--updates", type=int, default=100_000, help="so many on each channel")
    options.add_argument("--only", choices=GROUNDS, help="on this channel alone, and no readers of bytes")
    options.add_argument("--first", type=int, default=1000, help="the first of the seeds")
    options.add_argument("--write", action="store_true", help="put the tables into docs/reliability.md")
    chosen = options.parse_args()
    found, texts = [], {}
    for name in [chosen.only] if chosen.only else GROUNDS:
        outcome = feed_all(chosen.updates, name, chosen.first)
        texts[name] = table(outcome)
        found += outcome.faults
    if not chosen.only:
        covered = [coverage.measure(name, COVERAGE_RUNS) for name in coverage.TARGETS] if coverage.available() else []
        texts["telegram"] += f"\n\n{table_of_readers(covered)}"
        found += [f"{each.target}: {each.crash}" for each in covered if each.crash]
    for name, text in texts.items():
        print(f"{name}\n\n{text}\n")
        if chosen.write:
            write(name, text)
    print("\n\n".join(found[:10]), file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
