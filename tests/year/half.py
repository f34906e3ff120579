"""`make year YEAR=--ways`: the first half of the year over three channels beside the same half all on Telegram."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from reports.figures.boxes import Box
from reports.figures.summary import build
from tests.year import accounted, count, play, reports, ways

PERIODS = ("2020-Q1", "2020-H1")


def run(tell: Callable[[str], None]) -> tuple[str, Sequence[str]]:
    """Plays both and gives the tables, and whatever is not as it must be."""
    with tempfile.TemporaryDirectory() as folder, ways.all_on_telegram(Path(folder)) as plain:
        plain.play(ways.LAST)
        tell("played on Telegram alone")
        expected, wrong = _standing(plain), list(count.differences(plain))
    with tempfile.TemporaryDirectory() as folder, ways.begin(Path(folder)) as year:
        year.play_all()
        tell("played over three channels")
        found, accounts, excused = _standing(year), accounted.Accounts(year), year.fell_in_the_outage()
        differing = sorted(each for each in {*expected, *found} if expected.get(each) != found.get(each))
        wrong += [
            f"{each}: {found.get(each)}, but {expected.get(each)} on Telegram alone"
            for each in differing
            if each[1:] not in excused
        ]
        # Rulings after the outage are later than what was frozen in March.
        wrong += [*count.differences(year), *reports.wrong(year, PERIODS, frozen=""), *accounts.wrong()]
        others = [f"- {' '.join(each)}: {found.get(each)}, not {expected.get(each)}" for each in differing]
        return "\n".join([f"{table(year, accounts)} Other than on Telegram alone:", "", *others]), wrong


def _standing(year: play.Year) -> dict[tuple[str, ...], Box]:
    """Where each thing owed stands, at the end and in the record of each period: by when, agency, milestone, period."""
    with year.world.service.store.look() as session:
        lines = build(session, year.world.service.current(), year.world.now).lines
    result: dict[tuple[str, ...], Box] = {
        ("now", line.agency, line.milestone, line.occurrence): line.box for line in lines
    }
    for key in PERIODS:
        for row in reports.made(year, key).rows:
            result[key, row.agency, row.milestone, row.occurrence] = row.box
    return result


def table(year: ways.Ways, accounts: accounted.Accounts) -> str:
    """The figures beside the script's, what became of every message, and what each month took."""
    lines = ["| box | the service | the script |", "|---|---:|---:|"]
    lines += [f"| {box} | {counted} | {known} |" for box, (counted, known) in count.figures(year).items()]
    lines += ["", "| rows of the outbox | on | of what kind |", "|---:|---|---|"]
    lines += [f"| {many} | {channel} | {end} |" for (channel, end), many in sorted(accounts.ends().items())]
    lines += [
        "",
        "| month | Telegram | mail | Zalo | median a person | worst | whose |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for each in accounts.months():
        telegram, mail, zalo = (each.by_channel[name] for name in (accounted.TELEGRAM, accounted.MAIL, accounted.ZALO))
        lines.append(
            f"| {each.name} | {telegram} | {mail} | {zalo} | {each.zalo_median} | {each.zalo_worst} | {each.whose} |"
        )
    again = f"After the outage {year.sent_again} messages were sent again and {year.judged} results judged."
    return "\n".join([*lines, "", again])
