"""`make year`: plays the whole year and prints what came of it; the transcripts go into a folder."""

import argparse
import logging
import re
import sys
import tempfile
import time
from pathlib import Path

from store.engines import sqlite_backup
from tests import postgresql
from tests.year import count, half, moved, play, reports

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"year": DOCS / "year.md", "ways": DOCS / "channels.md"}
READ = ("Đinh Thị Lan", "Đinh Tân", "Lê Lập", "Chủ tịch Liên", "Nguyễn Thị Hương")


def main() -> int:
    """Exit code 1 when a figure is not what the script knows to be true."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument(
        "--keep", type=Path, default=None, help="a new folder for the database and what five phones show"
    )
    arguments.add_argument("--write", action="store_true", help="put the tables into the page of docs/ that holds them")
    arguments.add_argument("--ways", action="store_true", help="the first half over Telegram, Zalo and mail instead")
    arguments.add_argument(
        "--moved",
        action="store_true",
        help="at its end move the record to a PostgreSQL and back, and compare the reports",
    )
    chosen = arguments.parse_args()
    began = time.monotonic()
    if chosen.ways:
        return _over_three_channels(began, is_written=chosen.write)
    with tempfile.TemporaryDirectory() as folder, play.begin(Path(folder)) as world:
        year = play.Year(world)
        year.begin()
        year.play()
        print(report(year))
        print(f"\nplayed in {time.monotonic() - began:.0f} s")
        if chosen.write:
            write("year", report(year))
        if chosen.keep:
            keep(year, chosen.keep)
        wrong = [*count.differences(year), *reports.wrong(year)]
        wrong += [f"{box}: {counted}, not {known}" for box, (counted, known) in count.figures(year).items()
                  if counted != known]  # fmt: skip
        if chosen.moved:
            number, others = moved.there_and_back(year)
            wrong += others
            print(f"moved to PostgreSQL and back: {number} files of reports compared, {len(others)} differences")
            postgresql.stop()
        print("\n".join(wrong))
        return int(bool(wrong))


def _over_three_channels(began: float, *, is_written: bool) -> int:
    """Exit code 1 when anything is not as where all are on Telegram, or not accounted for."""
    logging.disable(logging.WARNING)
    tables, wrong = half.run(lambda what: print(f"{time.monotonic() - began:.0f} s: {what}", flush=True))
    print(tables)
    print("\n".join(wrong))
    if is_written:
        write("ways", tables)
    return int(bool(wrong))


def write(name: str, tables: str) -> None:
    """Puts the tables into the page between its marks."""
    page = PAGES[name]
    block = re.compile(rf"(<!-- measured: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    page.write_text(block.sub(lambda found: f"{found[1]}{tables}\n{found[2]}", page.read_text("utf-8")), "utf-8")


def keep(year: play.Year, folder: Path) -> None:
    """Leaves the year's record, with which reports can be made, and what five people read."""
    folder.mkdir(parents=True)
    sqlite_backup.copy(year.world.database, folder / "nhacviec.db")
    for name in READ:
        (folder / f"{name}.txt").write_text(count.transcript(year, name), "utf-8")


def report(year: play.Year) -> str:
    """The two tables."""
    rows = ["| box | the service | the script |", "|---|---:|---:|"]
    rows += [f"| {box} | {counted} | {known} |" for box, (counted, known) in count.figures(year).items()]
    rows += ["", "| messages a week nobody asked for | people | median | 9 of 10 weeks at most | worst | whose |"]
    rows += ["|---|---:|---:|---:|---:|---|"]
    rows += [
        f"| {load.role} | {load.people} | {load.median:g} | {load.ninety:g} | {load.worst} | {load.worst_who} |"
        for load in count.loads(year)
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
