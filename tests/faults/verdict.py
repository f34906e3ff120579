"""Compares what really arrived with what the database says; every broken promise is a line of text."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

from delivery import retry
from tests.faults import people, unheard
from tests.faults.broken import Verdict
from tests.faults.ledger import Update
from tests.faults.rows import KILLED, MADE, Doubt, Row, assign, explain, read_doubts, read_rows
from tests.faults.run import Run

GIVEN_UP = ("perhaps:", "in doubt:", "the process ended while sending")


def judge(run: Run) -> Verdict:
    """Looks at everything after the processes have ended."""
    verdict = Verdict()
    doubts = read_doubts(run)
    run.store.close()
    with closing(sqlite3.connect(run.ground.as_file())) as database:
        database.row_factory = sqlite3.Row
        _soundness(database, verdict)
        rows = read_rows(run, database)
        run.gone = _gone(run, database)
        unknown = assign(run, rows)
        verdict.breaks("messages that no row explains", [f"{each.chat} {each.text[:60]!r}" for each in unknown])
        explain(run, rows, doubts)
        _losses(run, database, rows, verdict)
        _repeats(run, rows, doubts, verdict)
        _failures(run, rows, verdict)
        people.answers(run, database, rows, verdict)
        people.kept(run, database, rows, verdict)
        people.memory(rows, verdict)
        unheard.asked_again(run, database, verdict)
    logs = "".join(process.log.read_text("utf-8", "replace") for process in run.processes.values())
    verdict.breaks("secrets in the logs", ["the token"] if run.side.token.partition(":")[2] in logs else [])
    return verdict


def _soundness(database: sqlite3.Connection, verdict: Verdict) -> None:
    found = [row[0] for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [str(tuple(row)) for row in database.execute("PRAGMA foreign_key_check")]
    verdict.breaks("faults of the database file", found)


def _losses(run: Run, database: sqlite3.Connection, rows: dict[int, Row], verdict: Verdict) -> None:
    """A message is lost in silence when it neither arrived nor stands as failed."""
    lost = []
    for row in rows.values():
        name = f"delivery {row.id} ({row.kind} of {row.occasion}, {row.state})"
        forgotten = row.chat == "" and bool(row.arrivals)
        if row.state == "sent" and not forgotten and row.message_id not in {each.message_id for each in row.arrivals}:
            lost.append(f"{name} has a receipt and no message")
        # Where nothing is left to say when its text is made, as in a head's empty week, none goes.
        elif row.state == "dropped" and row.text is not None and row.kind not in MADE:
            lost.append(f"{name} was dropped")
        elif row.state in ("due", "in_doubt", "sending"):
            lost.append(f"{name} still waits: {row.error}")
    identities = {row.identity for row in rows.values()}
    lost += [f"broadcast {identity} has no row" for identity in run.posted if identity not in identities]
    verdict.breaks("messages lost in silence", lost)
    kept = _inbox(run, database)
    wrong = [
        f"update {each} ({kind}): {kept.get(each)}"
        for each, kind in run.platform.told.items()
        if kept.get(each) != "done" and each not in run.gone
    ]
    verdict.breaks("updates lost or not handled", wrong)
    verdict.figures["updates"] = len(run.platform.told)


def _inbox(run: Run, database: sqlite3.Connection) -> dict[Update, str]:
    """The state of every update that was kept."""
    return {run.side.update_of(key): state for key, state in database.execute("SELECT key, state FROM inbox")}


def _gone(run: Run, database: sqlite3.Connection) -> dict[Update, str]:
    """What the platform took from people and let go, or took along with an answer, and so was never kept."""
    kept = _inbox(run, database)
    return {update: why for update, why in run.side.gone(run).items() if update not in kept}


def _repeats(run: Run, rows: dict[int, Row], doubts: list[Doubt], verdict: Verdict) -> None:
    """At most one marked repeat for each message whose receipt was lost, and none without such a cause."""
    unmarked, baseless, many = [], [], []
    for row in rows.values():
        for former, repeat in zip(row.arrivals, row.arrivals[1:], strict=False):
            verdict.figures["repeats"] += 1
            verdict.figures["repeats marked"] += repeat.marked
            verdict.figures[f"repeats because {former.cause}"] += 1
            if not repeat.marked:
                sends = [f"{each.begun:.1f}-{each.at:.1f} {each.who} {each.life}" for each in row.arrivals]
                unmarked.append(f"delivery {row.id} ({row.kind}): {sends}")
            if not former.cause:
                known = [f"{each.error} of {each.who} {each.life}" for each in doubts if each.row == row.id]
                after = f"{repeat.begun - former.at:.1f} s after it was accepted: {known}"
                baseless.append(f"delivery {row.id} ({row.kind}) of {former.who} {former.life}, again {after}")
        if len(row.arrivals) > 1 + row.doubts:
            many.append(f"delivery {row.id}: {len(row.arrivals)} with {row.doubts} doubts")
    verdict.breaks("repeats without the mark", unmarked)
    verdict.breaks("repeats without a cause", baseless)
    verdict.breaks("rows that arrived oftener than their doubts allow", many)
    for arrival in run.platform.arrivals:
        verdict.figures["messages whose answer was lost"] += arrival.cause == "the answer was lost"
        verdict.figures["sends cut by a kill"] += arrival.cause == KILLED
    verdict.figures["rows"] = len(rows)
    verdict.figures["rows that arrived"] = sum(1 for row in rows.values() if row.arrivals)
    verdict.figures["rows with a mark before anything had arrived"] = sum(
        1 for row in rows.values() if row.arrivals and row.arrivals[0].marked
    )


def _failures(run: Run, rows: dict[int, Row], verdict: Verdict) -> None:
    """What was given up was given up for good, and an admin was told."""
    baseless, untold = [], []
    told = [row.id for row in rows.values() if row.occasion == "failed" and row.state == "sent"]
    refusals = Counter(run.platform.refused)
    for row in rows.values():
        if row.state != "failed":
            continue
        if row.error.startswith(run.side.closed) and row.chat in run.platform.forbidden:
            why = f"the chat is closed to the bot ({run.side.closed[-3:]})"
        elif row.error.startswith("refused: 400") and refusals[row.chat] > 0:
            refusals[row.chat] -= 1
            why = "the platform refused the text (400)"
        elif row.doubts > retry.MOST_DOUBTS and row.error.startswith(GIVEN_UP):
            why = f"more than {retry.MOST_DOUBTS} doubts"
        else:
            why = "without a cause"
            baseless.append(f"delivery {row.id} ({row.kind}, {row.doubts} doubts): {row.error}")
        verdict.failed[why] += 1
        if row.person_id is not None and not (row.reported and any(number > row.id for number in told)):
            untold.append(f"delivery {row.id}: {row.error}")
    verdict.breaks("messages given up without a cause", baseless)
    verdict.breaks("messages given up that no admin was told of", untold)
