"""Compares what really arrived with what the database says, row by row; every broken promise is a line of text."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from delivery import retry
from progress import confirmation
from store.tables import Delivery
from tests.faults.ledger import Arrival
from tests.faults.run import TOKEN, Act, Run, text_of
from words.message import plain

# A receipt is written right after the answer, or given up once the database was busy for 15 seconds.
WRITTEN_S = 20.0
SHOWN = 12
GIVEN_UP = ("in doubt:", "the process ended while sending", "network:", "429", "Internal", "TelegramError")
ITEM = re.compile(r"^(\S+) · (.+)\n.*\n(Hạn: .+)$", re.MULTILINE)


@dataclass
class Row:
    """A row of the outbox and the messages that it became."""

    id: int
    kind: str
    chat: str
    text: str | None
    state: str
    doubts: int
    subject: str
    message_id: str | None
    error: str
    reported: bool
    person_id: int | None
    submission_id: int | None
    arrivals: list[Arrival] = field(default_factory=list)


@dataclass
class Verdict:
    """`broken` names each broken promise; `figures` are the numbers of the table."""

    broken: list[str] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    def breaks(self, promise: str, found: list[str]) -> None:
        """Writes down what breaks a promise, if anything does."""
        self.figures[promise] = len(found)
        if found:
            self.broken.append(f"{promise}: {len(found)}: " + "; ".join(found[:SHOWN]))


def judge(run: Run) -> Verdict:
    """Looks at everything after the processes have ended."""
    verdict = Verdict()
    with closing(sqlite3.connect(run.database)) as database:
        database.row_factory = sqlite3.Row
        _soundness(database, verdict)
        rows = read_rows(database)
        unknown = assign(run, rows)
        verdict.breaks("messages that no row explains", [f"{each.chat} {each.text[:60]!r}" for each in unknown])
        _causes(run, rows)
        _losses(run, database, rows, verdict)
        _repeats(run, rows, verdict)
        _failures(run, rows, verdict)
        _answers(run, database, rows, verdict)
        _kept(run, database, rows, verdict)
        _memory(rows, verdict)
    logs = "".join(process.log.read_text("utf-8", "replace") for process in run.processes.values())
    verdict.breaks("secrets in the logs", ["the token"] if TOKEN.partition(":")[2] in logs else [])
    return verdict


def read_rows(database: sqlite3.Connection) -> dict[int, Row]:
    """The whole outbox."""
    found = {}
    for row in database.execute("SELECT * FROM delivery ORDER BY id"):
        found[row["id"]] = Row(
            row["id"], row["kind"], row["chat"], text_of(row["body"]), row["state"], row["doubts"],
            row["subject"] or "", row["message_id"], row["last_error"], bool(row["reported"]), row["person_id"],
            row["submission_id"],
        )  # fmt: skip
    return found


def assign(run: Run, rows: dict[int, Row]) -> list[Arrival]:
    """Gives every arrival to the one row it came from; what no row explains comes back.

    By its buttons, by the receipt, and else by its text: of several rows with the same words the one whose doubts allow
    the most.
    """
    received = {(row.chat, row.message_id): row for row in rows.values() if row.message_id}
    by_text: dict[tuple[str, str], list[Row]] = defaultdict(list)
    digests: dict[str, list[Row]] = defaultdict(list)
    for row in rows.values():
        if row.text is not None:
            by_text[row.chat, row.text].append(row)
        elif row.kind == "digest":
            digests[row.chat].append(row)
        elif (line := _first_line(run, row)) is not None:
            by_text[row.chat, line].append(row)
    unknown, later = [], []
    for arrival in run.platform.arrivals:
        known = rows.get(arrival.row) if arrival.row else received.get((arrival.chat, arrival.message_id))
        if known is not None and known.chat == arrival.chat:
            known.arrivals.append(arrival)
        else:
            later.append(arrival)
    for arrival in later:
        line = arrival.text.partition("\n")[0]
        likely = by_text.get((arrival.chat, arrival.text)) or by_text.get((arrival.chat, line))
        if likely is None and line.startswith("Việc của đơn vị"):
            likely = digests.get(arrival.chat)
        if likely:
            max(likely, key=lambda row: (row.doubts - len(row.arrivals), -row.id)).arrivals.append(arrival)
        else:
            unknown.append(arrival)
    for row in rows.values():
        # In the order in which they were sent: a slow one may be overtaken by its repeat.
        row.arrivals.sort(key=lambda each: each.begun)
    return unknown


def _first_line(run: Run, row: Row) -> str | None:
    """How a confirmation begins, however often its other lines change."""
    with run.store.look() as session:
        kept = session.get(Delivery, row.id)
        message = confirmation.make(session, run.office, kept, run.now()) if kept else None
    return plain(message.parts[0]).partition("\n")[0] if message else None


def _causes(run: Run, rows: dict[int, Row]) -> None:
    """Writes into each arrival why its receipt was not kept, where there is a reason."""
    for name, life, row_id, _, _ in run.cut:
        row = rows.get(row_id)
        mine = [each for each in row.arrivals if (each.who, each.life) == (name, life)] if row else []
        if mine and not mine[-1].cause:
            mine[-1].cause = "the process was killed inside the send"
    for row in rows.values():
        for arrival in row.arrivals[:-1] if row.state == "sent" else row.arrivals:
            arrival.cause = arrival.cause or _by_trouble(run, arrival)


def _by_trouble(run: Run, arrival: Arrival) -> str:
    end = arrival.at + WRITTEN_S
    for trouble in run.troubles:
        if trouble.who in ("", arrival.who) and trouble.begun < end and trouble.ended > arrival.begun:
            if trouble.kind == "disk":
                return "the receipt met a full disk"
            if trouble.ended - trouble.begun > 14:
                return "the receipt met a locked database"
    if any(arrival.begun - 1 < at < end and by.total_seconds() > 0 for at, by in run.moves):
        return "the clock jumped inside the send"
    return ""


def _soundness(database: sqlite3.Connection, verdict: Verdict) -> None:
    found = [row[0] for row in database.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [str(tuple(row)) for row in database.execute("PRAGMA foreign_key_check")]
    verdict.breaks("faults of the database file", found)


def _losses(run: Run, database: sqlite3.Connection, rows: dict[int, Row], verdict: Verdict) -> None:
    """A message is lost in silence when it neither arrived nor stands as failed."""
    lost = []
    for row in rows.values():
        name = f"delivery {row.id} ({row.kind}, {row.state})"
        if row.state == "sent" and row.message_id not in {each.message_id for each in row.arrivals}:
            lost.append(f"{name} has a receipt and no message")
        elif row.state == "dropped" and row.kind not in ("digest", "confirmation"):
            lost.append(f"{name} was dropped")
        elif row.state in ("due", "in_doubt", "sending"):
            lost.append(f"{name} still waits: {row.error}")
    subjects = {row.subject for row in rows.values()}
    lost += [f"broadcast {subject} has no row" for subject in run.posted if subject not in subjects]
    verdict.breaks("messages lost in silence", lost)
    kept = {int(key.partition(":")[0]): state for key, state in database.execute("SELECT key, state FROM inbox")}
    wrong = [
        f"update {each} ({kind}): {kept.get(each)}"
        for each, kind in run.platform.told.items()
        if kept.get(each) != "done"
    ]
    verdict.breaks("updates lost or not handled", wrong)
    verdict.figures["updates"] = len(run.platform.told)


def _repeats(run: Run, rows: dict[int, Row], verdict: Verdict) -> None:
    """At most one marked repeat for each message whose receipt was lost, and none without such a cause."""
    unmarked, baseless, many = [], [], []
    for row in rows.values():
        for former, repeat in zip(row.arrivals, row.arrivals[1:], strict=False):
            verdict.figures["repeats"] += 1
            verdict.figures["repeats marked"] += repeat.marked
            verdict.figures[f"repeats because {former.cause}"] += 1
            if not repeat.marked:
                unmarked.append(f"delivery {row.id}")
            if not former.cause:
                baseless.append(f"delivery {row.id} ({row.kind}) of {former.who} {former.life}")
        if len(row.arrivals) > 1 + row.doubts:
            many.append(f"delivery {row.id}: {len(row.arrivals)} with {row.doubts} doubts")
    verdict.breaks("repeats without the mark", unmarked)
    verdict.breaks("repeats without a cause", baseless)
    verdict.breaks("rows that arrived oftener than their doubts allow", many)
    for arrival in run.platform.arrivals:
        verdict.figures["messages whose answer was lost"] += arrival.cause == "the answer was lost"
        verdict.figures["sends cut by a kill"] += arrival.cause == "the process was killed inside the send"
    verdict.figures["rows"] = len(rows)
    verdict.figures["rows that arrived"] = sum(1 for row in rows.values() if row.arrivals)
    verdict.figures["rows with a mark before anything had arrived"] = sum(
        1 for row in rows.values() if row.arrivals and row.arrivals[0].marked
    )


def _failures(run: Run, rows: dict[int, Row], verdict: Verdict) -> None:
    """What was given up was given up for good, and an admin was told."""
    baseless, untold = [], []
    told = [
        int(row.subject.split(":")[1])
        for row in rows.values()
        if row.subject.startswith("failed:") and row.state == "sent"
    ]
    refusals = Counter(run.platform.refused)
    for row in rows.values():
        if row.state != "failed":
            continue
        if row.error.startswith("403") and row.chat in run.platform.forbidden:
            why = "the chat is closed to the bot (403)"
        elif row.error.startswith("400") and refusals[row.chat] > 0:
            refusals[row.chat] -= 1
            why = "the platform refused the text (400)"
        elif row.doubts > retry.MOST_DOUBTS and row.error.startswith(GIVEN_UP):
            why = f"more than {retry.MOST_DOUBTS} doubts"
        else:
            why = "without a cause"
            baseless.append(f"delivery {row.id} ({row.kind}, {row.doubts} doubts): {row.error}")
        verdict.failed[why] += 1
        if row.person_id is not None and not (row.reported and any(number >= row.id for number in told)):
            untold.append(f"delivery {row.id}: {row.error}")
    verdict.breaks("messages given up without a cause", baseless)
    verdict.breaks("messages given up that no admin was told of", untold)


def _answers(run: Run, database: sqlite3.Connection, rows: dict[int, Row], verdict: Verdict) -> None:
    """Whoever said something got an answer that names it, or its answer stands as failed."""
    answers: dict[int, list[Row]] = defaultdict(list)
    for row in rows.values():
        parts = row.subject.split(":")
        if parts[0] == "answer" and parts[2].isdigit():
            answers[int(parts[2])].append(row)
    confirmed = {
        source: rows[delivery]
        for source, delivery in database.execute(
            "SELECT s.source, d.id FROM submission s JOIN delivery d ON d.submission_id = s.id"
        )
    }
    notes = "\n".join(note for (note,) in database.execute("SELECT note FROM submission"))
    silent, wrong = [], []
    for act in run.acts:
        if act.kind == "piece":
            continue
        found = [*answers[act.update], *filter(None, [confirmed.get(_source(act))])]
        # What was said while a photo waited for its code became part of that photo's answer.
        if not found and act.kind != "tap" and not (act.token and act.token in notes):
            silent.append(f"{act.kind} {act.token} in update {act.update}")
        if act.kind in ("progress", "blocked") and found and not any(_echoes(row, act) for row in found):
            wrong.append(f"{act.kind} {act.token}")
    verdict.figures["acts"] = len(run.acts)
    verdict.breaks("acts without an answer", silent)
    verdict.breaks("answers that do not name the act", wrong)


def _source(act: Act) -> str:
    return f"telegram:{act.chat}:{act.message_id}"


def _echoes(row: Row, act: Act) -> bool:
    return row.state == "failed" or any(act.token in each.text for each in row.arrivals)


def _kept(run: Run, database: sqlite3.Connection, rows: dict[int, Row], verdict: Verdict) -> None:
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
    asked = {row.subject for row in rows.values()}
    missing = []
    for act in run.acts:
        for number, digest in enumerate(act.files):
            verdict.figures["files sent"] += 1
            file = evidence.get(f"{_source(act)}#{number}")
            if (
                file is not None
                and file["state"] == "stored"
                and file["sha256"] == digest == sha256(file["data"]).hexdigest()
            ):
                verdict.figures["files kept"] += 1
            elif file is not None and f"file-gone:{file['id']}" in asked:
                verdict.figures["files asked for again"] += 1
            else:
                missing.append(f"{act.kind} {act.token}: {file['state'] if file else 'no row'}")
    verdict.breaks("files that are not kept", missing)


def _memory(rows: dict[int, Row], verdict: Verdict) -> None:
    """The same step of the same obligation is not said in two digests, unless the first was given up."""
    said: dict[tuple[str, ...], int] = {}
    twice = []
    for row in rows.values():
        if row.kind != "digest" or not row.arrivals:
            continue
        verdict.figures["digests"] += 1
        for item in {found.groups() for each in row.arrivals for found in ITEM.finditer(each.text)}:
            key = (row.chat, *item)
            former = said.get(key)
            if former is not None and rows[former].state != "failed":
                twice.append(f"{item[0]} {item[1]} in deliveries {former} and {row.id}")
            said[key] = row.id
    verdict.figures["reminders in digests"] = len(said)
    verdict.breaks("reminders said in two digests", twice)
