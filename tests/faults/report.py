"""The table of a run, and its place in docs/reliability.md."""

from __future__ import annotations

import os
import platform
import re
import time

from tests.faults.broken import Verdict
from tests.faults.processes import NAMES, ROOT
from tests.faults.run import Run

PAGE = ROOT / "docs" / "reliability.md"
BLOCKS = {"telegram": "faults", "zalo": "faults-zalo", "postgresql": "faults-postgresql"}
LOSSES = (
    "messages lost in silence",
    "updates lost or not handled",
    "acts without an answer",
    "messages given up that no admin was told of",
    "confirmed submissions that are gone",
    "files that are not kept",
    "people who were not asked to send again",
)


def table(run: Run, verdict: Verdict, seconds: float) -> str:
    """Every figure of a run as Markdown."""
    figures, found = run.figures, verdict.figures
    injected = run.faults.injected
    causes = {
        key.removeprefix("repeats because ").strip() or "a cause that the harness did not see": n
        for key, n in found.items()
        if key.startswith("repeats because")
    }
    rows = [
        ("seed", str(run.seed)),
        ("real time", f"{seconds / 60:.1f} min"),
        ("machine", f"{os.cpu_count()} cores, Python {platform.python_version()}, {run.ground.name}"),
        ("kills (SIGKILL)", _each({name: figures[f"kills {name}"] for name in NAMES})),
        ("– aimed at a message that was just accepted", str(figures["kills at an accepted message"])),
        ("– messages that were accepted and whose receipt a kill cut off", str(found["sends cut by a kill"])),
        ("ends by SIGTERM", _each({name: figures[f"SIGTERM {name}"] for name in NAMES})),
        ("ended by themselves and started again", str(figures["ended by themselves"])),
        ("faults injected at the platform", _each(dict(sorted(injected.items())))),
        *run.side.rows(run),
        ("clock jumps forward / back", f"{figures['clock jumps forward']} / {figures['clock jumps back']}"),
        ("database locked for less than a second / longer than the service waits (15 s)",
         f"{figures['locked for less than a second']} / {figures['locked longer than the service waits']}"),
        _gone(run),
        ("updates from phones", str(found["updates"])),
        ("messages in the outbox", str(found["rows"])),
        ("sends that the platform accepted", str(run.accepted)),
        ("distinct messages among them", str(found["rows that arrived"])),
        ("repeats, of which marked", f"{found['repeats']}, {found['repeats marked']}"),
        ("– because", _each(causes)),
        ("answers that were lost after a message was accepted", str(found["messages whose answer was lost"])),
        ("marked though nothing had arrived before", str(found["rows with a mark before anything had arrived"])),
        ("in doubt at once, at most", str(run.most_in_doubt)),
        ("given up, on the admin's list", _each(dict(verdict.failed))),
        ("submissions confirmed / gone",
         f"{found['submissions confirmed']} / {found['confirmed submissions that are gone']}"),
        ("files sent / kept / asked for again",
         f"{found['files sent']} / {found['files kept']} / {found['files asked for again']}"),
        ("digests / reminders in them / said twice",
         f"{found['digests']} / {found['reminders in digests']} / {found['reminders said in two digests']}"),
        ("**lost in silence**", f"**{sum(found[each] for each in LOSSES)}**"),
    ]  # fmt: skip
    lines = ["| what | figure |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]
    return "\n".join(lines)


def _gone(run: Run) -> tuple[str, str]:
    """What goes away under everybody: the disk of a file, or a server."""
    if not run.ground.restarts:
        return "disk-full periods", str(run.figures["disk-full periods"])
    name = "server restarted: "
    counts = {how: run.figures[name + how] for how in ("in order", "crash")}
    return "the server was restarted under everybody", _each(counts)


def _each(counts: dict[str, int]) -> str:
    total = sum(counts.values())
    parts = ", ".join(f"{name} {count}" for name, count in counts.items() if count)
    return f"{total}: {parts}" if total and len(counts) > 1 else parts or "0"


def write(side: str, text: str) -> None:
    """Puts the table of a run on a platform into its place in docs/reliability.md."""
    block = re.compile(rf"(<!-- measured: {BLOCKS[side]} -->\n).*?(<!-- end -->)", re.DOTALL)
    PAGE.write_text(block.sub(lambda match: f"{match[1]}{text}\n{match[2]}", PAGE.read_text("utf-8")), "utf-8")


def progress(run: Run) -> str:
    """One line on how far a run is."""
    seconds = time.monotonic() - run.begun
    rate = run.accepted / seconds
    figures = f"{run.kills} kills, {run.accepted} sends ({rate:.0f}/s), {len(run.acts)} acts"
    clock = f"{run.office.local(run.now()):%d/%m %H:%M}"
    return f"{seconds / 60:5.1f} min: {figures}, in doubt at most {run.most_in_doubt}, {clock}"
