"""Writes the generated parts of the documents: `make docs`. A test proves that they are what they describe."""

import re
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.settings import Settings
from channels.abilities import Abilities
from channels.mail.abilities import ABILITIES as MAIL
from channels.telegram.abilities import ABILITIES
from channels.zalo.abilities import ABILITIES as ZALO
from plan.model import Value
from plan.status import MOVES, EventKind, State
from reports.word.documents import GIVEN, LETTER, OPINION, PROOF, REPORT
from reports.word.placeholders import names
from sandbox.phone import Phone, text_of
from sandbox.world import World
from store.types import DeliveryState, EvidenceState, InboxState
from tests import conversation
from tests.bot import access_matrix
from tests.channels.poor import Poor

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
FILES = (
    "README.md",
    "docs/settings.md",
    "docs/states.md",
    "docs/commands.md",
    "docs/reliability.md",
    "docs/templates.md",
    "docs/channels.md",
)


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


def channels_table() -> str:
    """What each channel can, from what it says of itself."""
    shown = {"Telegram": ABILITIES, "Zalo": ZALO, "mail": MAIL, "the poorest (tests only)": Poor.abilities}
    rows = [f"| | {' | '.join(shown)} |", f"|---|{'---|' * len(shown)}"]
    for what, say_it in CHANNEL_ROWS.items():
        rows.append(f"| {what} | {' | '.join(say_it(can) for can in shown.values())} |")
    return "\n".join(rows)


def _yes(can: bool) -> str:
    return "yes" if can else "no"


def _megabytes(count: int) -> str:
    return f"up to {count // 1024 // 1024} MB" if count else "no"


def _waits(keeps: timedelta | None) -> str:
    if keeps is None:
        return "waits for us"
    return f"waits for us for {keeps.total_seconds() / 3600:g} hours" if keeps else "is lost"


def _pace(seconds: float, burst: int) -> str:
    return f"one in {seconds:.3g} s after {burst} at once" if seconds else "no limit"


CHANNEL_ROWS: Mapping[str, Callable[[Abilities], str]] = {
    "a text": lambda can: f"{can.text} {can.unit}",
    "a text under a picture or file": lambda can: f"{can.caption} {can.unit}" if can.caption else "–",
    "buttons": lambda can: f"yes, {can.button_bytes} bytes of a command" if can.buttons else "no: what to type is said",
    "files out": lambda can: _megabytes(can.send),
    "shown as a picture": lambda can: _megabytes(can.photo),
    "files in": lambda can: _megabytes(can.fetch),
    "kinds of files in": lambda can: ", ".join(can.kinds_in) or "–",
    "a file that was sent lies": lambda can: "at an address that anybody can open" if can.open_files else "in the chat",
    "messages of ours can be edited": lambda can: _yes(can.edits),
    "a message can be replied to": lambda can: _yes(can.replies),
    "a message has a subject": lambda can: _yes(can.letters),
    "what is said while nobody asks": lambda can: _waits(can.keeps),
    "typing is shown": lambda can: _yes(can.typing),
    "menu of commands": lambda can: f"yes, names of `{can.menu}`" if can.menu else "no",
    "an invite is": lambda can: f"a link, `{can.invite}`" if can.invite else "a code that is typed",
    "groups": lambda can: "yes, of what begins with the bot's name" if can.by_name else _yes(can.groups),
    "price of a message": lambda can: can.price or "none",
    "messages a day": lambda can: str(can.quota) if can.quota else "no limit",
    "people in a month": lambda can: str(can.month.people) if can.month else "no limit",
    "messages in a month": lambda can: str(can.month.messages) if can.month else "no limit",
    "pace, in all": lambda can: _pace(can.pace.overall_s, can.pace.overall_burst),
    "pace, in a chat": lambda can: _pace(can.pace.chat_s, can.pace.chat_burst),
    "pace, in a group": lambda can: _pace(can.pace.group_s, can.pace.group_burst),
}


MAKERS: Mapping[str, Callable[[], str]] = {
    "settings": settings_table,
    "moves": moves_table,
    "rows": rows_table,
    "commands": conversation.table,
    "access": access_matrix.table,
    "transcript": transcript,
    "channels": channels_table,
    "report_names": lambda: names_table(GIVEN[REPORT]),
    "letter_names": lambda: names_table(GIVEN[LETTER]),
    "opinion_names": lambda: names_table(GIVEN[OPINION]),
    "proof_names": lambda: names_table(GIVEN[PROOF]),
}


def fill(text: str) -> str:
    """A document with its generated parts made anew."""
    return BLOCK.sub(lambda match: f"{match[1]}{MAKERS[match[2]]()}\n{match[3]}", text)


if __name__ == "__main__":
    for name in FILES:
        path = ROOT / name
        path.write_text(fill(path.read_text("utf-8")), "utf-8")
