"""Writes the generated parts of the documents: `make docs`. A test proves that they are what they describe."""

import re
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.settings import Settings
from plan.model import Value
from plan.status import MOVES, EventKind, State
from reports.word.documents import GIVEN, LETTER, PROOF, REPORT
from reports.word.placeholders import names
from sandbox.phone import Phone, text_of
from sandbox.world import World
from store.types import DeliveryState, EvidenceState, InboxState
from tests import conversation
from tests.bot import access_matrix

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
FILES = ("README.md", "docs/states.md", "docs/commands.md", "docs/reliability.md", "docs/templates.md")


def settings_table() -> str:
    """Every setting with its default, from the fields themselves."""
    rows = ["| setting | what | default |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.default
        described = field.description or ""
        shown = "" if default is None or default == "" or "default:" in described else _default(default)
        rows.append(f"| `{name.upper()}` | {described} | {shown} |")
    return "\n".join(rows)


def _default(value: object) -> str:
    if isinstance(value, ZoneInfo):
        return f"`{value.key}`"
    if isinstance(value, tuple):
        parts = [f"{each[0]:%H:%M}-{each[1]:%H:%M}" if isinstance(each, tuple) else str(each) for each in value]
        return f"`{','.join(parts)}`" if parts else ""
    return f"`{value}`"


def moves_table() -> str:
    """The states of an obligation and what leads from one to the next."""
    rows = ["| event | from | to |", "|---|---|---|", "| created | – | open |"]
    for event, moves in MOVES.items():
        stays = [start for start, end in moves.items() if start is end]
        if stays:
            rows.append(f"| {event} | {', '.join(stays)} | the same |")
        for target in dict.fromkeys(end for start, end in moves.items() if start is not end):
            sources = ", ".join(start for start, end in moves.items() if end is target and start is not end)
            # What comes back into the plan comes back as what it was: plan.status.apply.
            end = "what it was" if event is EventKind.RESTORED else target
            rows.append(f"| {event} | {sources} | {end} |")
    listed = ", ".join(f"`{state}`" for state in State)
    return f"States: {listed}.\n\n" + "\n".join(rows)


def rows_table() -> str:
    """The states of the rows that wait for something."""
    kinds: Mapping[str, type] = {"inbox": InboxState, "delivery": DeliveryState, "evidence": EvidenceState}
    return "\n".join(f"- {name}: {', '.join(f'`{state}`' for state in kind)}" for name, kind in kinds.items())  # type: ignore[attr-defined]


def transcript() -> str:
    """A reminder and its answer, from the service itself."""
    with tempfile.TemporaryDirectory() as folder:
        start = datetime(2020, 1, 14, 7, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        with World(Path(folder), start) as world:
            lan = world.officer("Lan", "sondung")
            world.at(2020, 1, 14, 7, 30)
            reminder = _lines(lan)[:8]
            lan.forgets().sends_photo("/done 2b")
            answer = _lines(lan)[0]
    lines = [f"07:30  bot   {reminder[0]}", *(f"             {line}" for line in reminder[1:])]
    lines += ["07:31  Lan   [ảnh] /done 2b", f"07:31  bot   {answer}"]
    return (
        "```text\n"
        + "\n".join(line if len(line) <= 112 else line[:111].rpartition(" ")[0] + "…" for line in lines)
        + "\n```"
    )


def _lines(phone: Phone) -> list[str]:
    return [line for line in text_of(phone.unread[-1]).splitlines() if line]


def names_table(given: type[Value]) -> str:
    """The placeholders that a template is filled from."""
    rows = ["| placeholder | what it says |", "|---|---|"]
    return "\n".join([*rows, *(f"| `{name}` | {what} |" for name, _, what in names(given))])


MAKERS: Mapping[str, Callable[[], str]] = {
    "settings": settings_table,
    "moves": moves_table,
    "rows": rows_table,
    "commands": conversation.table,
    "access": access_matrix.table,
    "transcript": transcript,
    "report_names": lambda: names_table(GIVEN[REPORT]),
    "letter_names": lambda: names_table(GIVEN[LETTER]),
    "proof_names": lambda: names_table(GIVEN[PROOF]),
}


def fill(text: str) -> str:
    """A document with its generated parts made anew."""
    return BLOCK.sub(lambda match: f"{match[1]}{MAKERS[match[2]]()}\n{match[3]}", text)


if __name__ == "__main__":
    for name in FILES:
        path = ROOT / name
        path.write_text(fill(path.read_text("utf-8")), "utf-8")
