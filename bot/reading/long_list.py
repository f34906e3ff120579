"""A list that is longer than a small screen: as much as is read at once, the rest a press away («Xem tiếp»)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from bot.turn import Turn
from words.codes import fold
from words.message import Button, plain

# What one and a half screens of 360 x 740 hold, in lines of the characters that stand in one.
LINES, WIDTH = 34, 36
START = re.compile(r"\s{0,4}\b(?:tu|from)[\s.]{1,4}(\d{1,4})$")


@dataclass(frozen=True)
class Entry:
    """One entry of a list, and the heading of the group that it stands in."""

    text: str
    group: str = ""


@dataclass(frozen=True)
class Asked:
    """What a list was asked for: the command with its words, and from which entry on, 1 for the first."""

    verb: str
    words: str
    first: int = 1


def read(verb: str, rest: str) -> Asked:
    """The words behind a command, without a "từ 13" at their end."""
    folded = fold(rest)
    match = START.search(folded) or re.fullmatch(r"(?:tu|from)[\s.]+(\d{1,4})", folded)
    if match is None or len(folded) != len(rest):
        return Asked(verb, rest)
    return Asked(verb, rest[: match.start()].strip(" ."), max(1, int(match[1])))


def show(
    turn: Turn,
    asked: Asked,
    entries: Sequence[Entry],
    *,
    heading: str,
    footer: Sequence[str] = (),
    buttons: Sequence[Sequence[Button]] = (),
) -> None:
    """Sends the page of a list that was asked for; the footer stands under its last one, `buttons` under its first."""
    start = min(asked.first, max(1, len(entries))) - 1
    shown = _page(entries[start:], _lines(heading))
    parts = [heading, *_grouped(shown)]
    left = len(entries) - start - len(shown)
    words = f"{asked.words} {turn.text('list.from', number=start + len(shown) + 1)}".strip()
    command = f"/{asked.verb} {words}"
    if left and turn.limits.buttons and len(command.encode()) > turn.limits.button_bytes:
        # No button holds such words: all of it comes at once, in as many messages as it takes.
        parts, left = [heading, *_grouped(entries[start:])], 0
    rows = [*buttons] if not start else []
    if not left:
        turn.answer(*parts, *footer, buttons=rows)
        return
    more = Button(turn.text("list.more", count=left), command, command)
    turn.answer(*parts, buttons=[*rows, [more]])


def _page(entries: Sequence[Entry], used: int) -> Sequence[Entry]:
    """The leading entries that fit; one at least."""
    group = None
    for count, entry in enumerate(entries):
        used += _lines(entry.text) + 1 + (_lines(entry.group) if entry.group and entry.group != group else 0)
        group = entry.group
        if used > LINES and count:
            return entries[:count]
    return entries


def _grouped(entries: Sequence[Entry]) -> list[str]:
    """The texts, the first of each group under its heading."""
    found, group = [], ""
    for entry in entries:
        heads = entry.group if entry.group != group else ""
        found.append(f"{heads}\n{entry.text}" if heads else entry.text)
        group = entry.group
    return found


def _lines(markup: str) -> int:
    return sum(max(1, ceil(len(line) / WIDTH)) for line in plain(markup).splitlines())
