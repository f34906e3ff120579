"""`make year YEAR=--ways`: the first half of the year over three channels beside the same half all on Telegram."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC
from pathlib import Path

from reports.figures.summary import build
from tests.year import accounted, count, play, reports, ways

PERIODS = ("2020-Q1", "2020-H1")


def run(tell: Callable[[str], None]) -> tuple[str, Sequence[str]]:
    """Plays both and gives the tables, and whatever is not as it must be."""
    with tempfile.TemporaryDirectory() as folder, ways.all_on_telegram(Path(folder)) as plain:
        plain.play(ways.ON_PAPER - ways.DAY)
        plain.world.now = play.morning(ways.ON_PAPER).astimezone(UTC)
        ways.comes_on_paper(plain)
        plain.play(ways.LAST, ways.ON_PAPER)
        tell("played on Telegram alone")
        expected = _standing(plain)
        wrong = list(count.differences(plain))
    with tempfile.TemporaryDirectory() as folder, ways.begin(Path(folder)) as year:
        year.play_all()
        tell("played over three channels")
        found, accounts = _standing(year), accounted.Accounts(year)
        wrong += [
            f"{key}: {found.get(key)}, but {value} on Telegram alone" for key, value in _differing(expected, found)
        ]
        wrong += [*count.differences(year), *reports.wrong(year, PERIODS), *accounts.wrong()]
        return table(year, accounts), wrong


def _standing(year: play.Year) -> dict[str, object]:
    """Each box, where each thing owed stands, and the record of each period."""
    with year.world.service.store.look() as session:
        found = build(session, year.world.service.current(), year.world.now)
    result: dict[str, object] = {f"box {box}": found.dated[box] for box in count.BOXES}
    result |= {f"{line.agency} {line.milestone} {line.occurrence}": line.box for line in found.lines}
    for key in PERIODS:
        result |= {f"{key} {name}": value for name, value in reports.figures_of(reports.made(year, key)).items()}
    return result


def _differing(one: dict[str, object], other: dict[str, object]) -> Iterator[tuple[str, object]]:
    yield from ((key, one.get(key)) for key in sorted({*one, *other}) if one.get(key) != other.get(key))


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
    again = f"{year.sent_again} messages were sent again after Telegram had been away, {year.judged} results judged."
    return "\n".join([*lines, "", again])
