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

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from sandbox.world import World
from tests.fuzz import coverage, updates
from tests.fuzz.coverage import Covered
from tests.fuzz.office import Office

BATCH = 25
# Many runs of this many updates, each from a start of its own: a run explores around what it began with.
RUN = 5000
COVERAGE_RUNS = 50_000
DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "reliability.md"
BLOCK = re.compile(r"(<!-- measured: fuzz -->\n).*?(<!-- end -->)", re.DOTALL)
INTRODUCTION = """\
`make fuzz` feeds offices with updates as strangers, officers, heads, admins and removed people cause them, in
private and in groups, and the same ones broken (wrong types, missing fields). After each it asks: did nothing
raise, is the update settled, does the platform take each answer as it is, did nobody's text become markup, did a
stranger learn nothing, did figures go only where they may, did roles change by an invite only, did answers come
from officers only, is there one answer to each private message, and is every obligation the replay of its events.
*Put aside* are updates that are not built as the platform promises (fields of a wrong type, a date that is none):
they rest in the inbox as failed. A stranger gets a few answers and then one a minute, which is most of the silence.
The readers of bytes are fuzzed by their coverage besides."""
# Memory, where there is such a folder: this run asks what the code does, not what the disk does.
FAST = Path("/dev/shm")


@dataclass(frozen=True)
class Outcome:
    """What came of a run."""

    updates: int
    seconds: float
    counts: Counter[tuple[str, str]]
    faults: list[str]


def feed(count: int, start: int = 0) -> Outcome:
    """Feeds about `count` updates to an office; the same `start` gives the same updates."""
    with (
        tempfile.TemporaryDirectory(dir=FAST if FAST.is_dir() else None) as folder,
        World(Path(folder), datetime.fromtimestamp(updates.NOW, UTC)) as world,
    ):
        office = Office(world)
        fed = 0

        @seed(start)
        @settings(
            max_examples=max(1, count // BATCH),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.lists(updates.case(office.codes), min_size=BATCH, max_size=BATCH))
        def run(cases: list[updates.Case]) -> None:
            nonlocal fed
            office.feed(cases)
            fed += len(cases)

        begin = time.perf_counter()
        run()
        office._check_replay()
        office.look.close()
        return Outcome(fed, time.perf_counter() - begin, office.counts, office.faults)


def feed_all(count: int) -> Outcome:
    """Feeds `count` updates in runs side by side, one a processor; says on the way how far it is."""
    began, outcomes = time.perf_counter(), list[Outcome]()
    starts = range(1000, 1000 + max(1, count // RUN))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for outcome in pool.map(feed, [min(RUN, count)] * len(starts), starts):
            outcomes.append(outcome)
            print(f"{len(outcomes)}/{len(starts)} runs, {len(outcome.faults)} faults", file=sys.stderr, flush=True)
    counts = sum((each.counts for each in outcomes), Counter[tuple[str, str]]())
    faults = [fault for each in outcomes for fault in each.faults]
    return Outcome(sum(each.updates for each in outcomes), time.perf_counter() - began, counts, faults)


def table(outcome: Outcome, covered: Sequence[Covered]) -> str:
    """The measurement as it stands in the document."""
    ends = ("answered", "silent", "put aside")
    rows = ["| updates | fed | answered | silence | put aside |", "|---|---:|---:|---:|---:|"]
    for kind in sorted({kind for kind, _ in outcome.counts}):
        found = [outcome.counts[kind, end] for end in ends]
        rows.append(f"| {kind} | {sum(found):,} | " + " | ".join(f"{each:,}" for each in found) + " |")
    rows.append(
        f"\n{outcome.updates:,} updates in {outcome.seconds:,.0f} s; something that must hold did not: "
        f"{len(outcome.faults)} times."
    )
    if covered:
        rows += ["\n| reader of bytes | runs | edges covered | inputs that broke it |", "|---|---:|---:|---:|"]
        rows += [f"| {each.target} | {each.runs:,} | {each.edges} | {1 if each.crash else 0} |" for each in covered]
    else:
        rows.append("\nThe readers of bytes were not fuzzed by coverage: atheris is not installed here.")
    return "\n".join(rows)


def write(text: str) -> None:
    """Puts the table into its place in docs/reliability.md, and makes what of it is missing."""
    whole = DOCUMENT.read_text("utf-8") if DOCUMENT.exists() else "# Reliability\n"
    if not BLOCK.search(whole):
        whole += f"\n## Hostile input\n\n{INTRODUCTION}\n\n<!-- measured: fuzz -->\n<!-- end -->\n"
    DOCUMENT.write_text(BLOCK.sub(lambda match: f"{match[1]}{text}\n{match[2]}", whole), "utf-8")


def main() -> int:
    """Runs it all, prints the table, and ends with 1 when something was found."""
    options = argparse.ArgumentParser()
    options.add_argument("--updates", type=int, default=100_000)
    options.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    chosen = options.parse_args()
    outcome = feed_all(chosen.updates)
    covered = [coverage.measure(name, COVERAGE_RUNS) for name in coverage.TARGETS] if coverage.available() else []
    text = table(outcome, covered)
    print(text)
    crashes = [f"{each.target}: {each.crash}" for each in covered if each.crash]
    print("\n\n".join(outcome.faults[:10] + crashes), file=sys.stderr)
    if chosen.write:
        write(text)
    return 1 if outcome.faults or crashes else 0


if __name__ == "__main__":
    sys.exit(main())
