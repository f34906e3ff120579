"""What people may rely on: everything said is answered, what was confirmed is kept, nothing is said twice."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from hashlib import sha256
from typing import Any

from store.postings import Identity
from tests.faults.broken import Verdict
from tests.faults.ledger import Update
from tests.faults.rows import Row
from tests.faults.run import Act, Run

# No update is answered with more messages.
MOST_ANSWERS = 12
ITEM = re.compile(r"^(\S+) · (.+)\n.*\n(.+)$", re.MULTILINE)


def answers(run: Run, database: sqlite3.Connection, rows: dict[int, Row], verdict: Verdict) -> None:
    """Whoever said something got an answer that names it, or its answer stands as failed."""
    given: dict[Update, list[Row]] = defaultdict(list)
    updates = {key: run.side.update_of(key) for (key,) in database.execute("SELECT key FROM inbox")}
    made = {
        Identity("answer", f"{run.side.name}:{key}:{number}").key: update
        for key, update in updates.items()
        for number in range(1, MOST_ANSWERS + 1)
    }
    for row in rows.values():
        first = rows.get(row.first_id, row)
        if (update := made.get(first.identity)) is not None:
            given[update].append(row)
    confirmed = {
        source: rows[delivery]
        for source, delivery in database.execute(
            "SELECT s.source, d.id FROM submission s JOIN delivery d ON d.submission_id = s.id"
        )
    }
    notes = "\n".join(note for (note,) in database.execute("SELECT note FROM submission"))
    silent, wrong = [], []
    for act in run.acts:
        # What the platform let go is counted of its own (verdict), and nobody can answer it.
        if act.kind == "piece" or act.update in run.gone:
            continue
        found = [*given[act.update], *filter(None, [confirmed.get(_source(run, act))])]
        # What was said while a photo waited for its code became part of that photo's answer.
        if not found and act.kind != "tap" and not (act.token and act.token in notes):
            silent.append(f"{act.kind} {act.token} in update {act.update}")
        if act.kind in ("progress", "blocked") and found and not any(_echoes(row, act) for row in found):
            wrong.append(f"{act.kind} {act.token}")
    verdict.figures["acts"] = len(run.acts)
    verdict.breaks("acts without an answer", silent)
    verdict.breaks("answers that do not name the act", wrong)


def _source(run: Run, act: Act) -> str:
    return f"{run.side.name}:{act.chat}:{act.message_id}"


def _echoes(row: Row, act: Act) -> bool:
    return row.state == "failed" or any(act.token in each.text for each in row.arrivals)


def kept(run: Run, database: sqlite3.Connection, rows: dict[int, Row], verdict: Verdict) -> None:
    """What a person saw confirmed is in the database, evidence byte for byte."""
    submissions = {row["id"]: row for row in database.execute("SELECT * FROM submission")}
    gone = []
    for row in rows.values():
        if row.kind == "confirmation" and row.arrivals:
            verdict.figures["submissions confirmed"] += 1
            found = submissions.get(row.submission_id)
            if found is None or (found["withdrawn_at"] and found["id"] not in run.undone):
                gone.append(f"submission {row.submission_id}")
    verdict.breaks("confirmed submissions that are gone", gone)
    evidence: dict[str, Any] = {
        row["source"]: row
        for row in database.execute(
            "SELECT e.id, e.source, e.state, e.sha256, b.data FROM evidence e LEFT JOIN blob b ON b.sha256 = e.sha256"
        )
    }
    asked = {row.identity for row in rows.values()}
    missing = []
    for act in run.acts:
        for number, digest in enumerate(act.files):
            if act.update in run.gone:
                continue
            verdict.figures["files sent"] += 1
            file = evidence.get(f"{_source(run, act)}#{number}")
            if (
                file is not None
                and file["state"] == "stored"
                and file["sha256"] == digest == sha256(file["data"]).hexdigest()
            ):
                verdict.figures["files kept"] += 1
            elif file is not None and Identity("file-gone", file["id"]).key in asked:
                verdict.figures["files asked for again"] += 1
            else:
                missing.append(f"{act.kind} {act.token}: {file['state'] if file else 'no row'}")
    verdict.breaks("files that are not kept", missing)


def memory(rows: dict[int, Row], verdict: Verdict) -> None:
    """The same step of the same obligation is not said in two digests, unless the first was given up.

    A marked copy is left out: it says itself that it may be a repeat, and counts the days anew when it comes later.
    """
    said: dict[tuple[str, ...], int] = {}
    twice = []
    for row in rows.values():
        if row.kind != "digest" or not row.arrivals:
            continue
        verdict.figures["digests"] += 1
        for item in {found.groups() for each in row.arrivals if not each.marked for found in ITEM.finditer(each.text)}:
            key = (row.chat, *item)
            former = said.get(key)
            if former is not None and rows[former].state != "failed":
                twice.append(f"{item[0]} {item[1]} in deliveries {former} and {row.id}")
            said[key] = row.id
    verdict.figures["reminders in digests"] = len(said)
    verdict.breaks("reminders said in two digests", twice)
