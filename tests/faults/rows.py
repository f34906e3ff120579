"""The outbox after a run, row by row, with the messages that each row became and what became of their answers."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field

from progress import confirmation
from store import delivery_leases
from store.tables import Delivery
from tests.faults.ledger import Arrival
from tests.faults.run import Run, text_of
from words.message import plain

# A receipt is written right after the answer, on a busy machine some seconds later: a trouble that begins after that
# did not touch it.
WRITTEN_S = 8.0
# A process is known to have ended some time after it has: its parent is as busy.
KNOWN_S = 5.0
# A jump is written down right after the clock was moved.
SOON_S = 1.0
# Their pages are let go when what they say is made anew for another day.
MADE = ("digest", "head", "weekly", "snooze", "urge")
RESCUED = "perhaps: the process ended while sending"
KILLED = "the process was killed inside the send"


@dataclass
class Row:
    """A row of the outbox and the messages that it became."""

    id: int
    kind: str
    chat: str
    text: str | None
    state: str
    doubts: int
    identity: str
    occasion: str
    first_id: int
    message_id: str | None
    error: str
    reported: bool
    person_id: int | None
    submission_id: int | None
    arrivals: list[Arrival] = field(default_factory=list)


@dataclass
class Doubt:
    """Why a row went into doubt at `at`, in monotonic seconds: what it says, and which process held it; `over` says
    that its lease had run out.
    """

    row: int
    who: str
    life: int
    over: bool
    error: str
    at: float


def read_doubts(run: Run) -> list[Doubt]:
    """All of them, in their order; before the database becomes a file."""
    lives = defaultdict(list)
    for name, process in run.processes.items():
        for life, (pid, since) in enumerate(process.lives, 1):
            lives[pid].append((since, name, life))
    doubts = []
    for row, token, until, moment, error, at in run.ground.ask("SELECT * FROM harness_doubt ORDER BY at"):
        _, pid, _ = token.rsplit(":", 2)
        # The last that bore this number: a thousand starts go round all of them.
        _, name, life = max(each for each in lives[int(pid)] if each[0] <= at - run.zero)
        doubts.append(Doubt(row, name, life, until <= moment, error, at - run.zero))
    return doubts


def read_rows(run: Run, database: sqlite3.Connection) -> dict[int, Row]:
    """The whole outbox."""
    found = {}
    for row in database.execute("SELECT * FROM delivery ORDER BY id"):
        found[row["id"]] = Row(
            row["id"], row["kind"], row["chat"], text_of(run, row["body"]), row["state"], row["doubts"],
            row["identity"] or "", row["occasion"], row["first_id"] or row["id"],
            row["message_id"], row["last_error"], bool(row["reported"]), row["person_id"],
            row["submission_id"],
        )  # fmt: skip
    return found


def assign(run: Run, rows: dict[int, Row]) -> list[Arrival]:
    """Gives every arrival to the one row it came from; what no row explains comes back.

    By what was being sent to its chat, by the receipt, and else by its text: of several rows with the same words the
    one whose doubts allow the most.
    """
    received = {(row.chat, row.message_id): row for row in rows.values() if row.message_id}
    by_text: dict[tuple[str, str], list[Row]] = defaultdict(list)
    made: dict[str, list[Row]] = defaultdict(list)
    for row in rows.values():
        if row.kind in MADE and row.doubts:
            made[row.chat].append(row)
        if row.text is not None:
            by_text[row.chat, row.text].append(row)
        if row.kind == "confirmation" and (line := _first_line(run, row)) is not None:
            by_text[row.chat, line].append(row)
    unknown, later = [], []
    for arrival in run.platform.arrivals:
        named = arrival.perhaps or ((arrival.row,) if arrival.row else ())
        known = [rows[each] for each in named if each in rows]
        if not known and (receipt := received.get((arrival.chat, arrival.message_id))):
            known = [receipt]
        # Of what strangers were answered the chat is not kept once it has left.
        known = [each for each in known if each.chat in ("", arrival.chat)]
        same = [each for each in known if each.text == arrival.text]
        # What is made when it is sent is said anew when it is sent again: its row keeps what it said last.
        sure = same or known
        # What was being sent then may have been something else, where the platform took this one late.
        others = by_text.get((arrival.chat, arrival.text), ())
        if len(sure) == 1 and (same or not others):
            sure[0].arrivals.append(arrival)
        else:
            later.append(arrival)
    for arrival in later:
        line = arrival.text.partition("\n")[0]
        likely = by_text.get((arrival.chat, arrival.text)) or by_text.get((arrival.chat, line)) or [
            # What is made when it leaves said something else on the day on which it left again.
            row for row in made[arrival.chat] if len(row.arrivals) <= row.doubts
        ]  # fmt: skip
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
        message = confirmation.make(session, run.office, kept, run.now(), run.side.abilities) if kept else None
    return plain(message.parts[0]).partition("\n")[0] if message else None


def explain(run: Run, rows: dict[int, Row], doubts: list[Doubt]) -> None:
    """Writes into each arrival why its receipt was not kept, where there is a reason.

    Each doubt explains one arrival of the process that held the row: what became of the row says which.
    """
    of_row: dict[int, list[Doubt]] = defaultdict(list)
    for each in doubts:
        of_row[each.row].append(each)
    for row in rows.values():
        left = of_row[row.id]
        for arrival in row.arrivals[:-1] if row.state == "sent" else row.arrivals:
            mine = [each for each in left if each.who == arrival.who]
            # What a killed process had sent off may have been taken when its row was in doubt already.
            doubt = next((each for each in mine if each.at >= arrival.begun), mine[-1] if mine else None)
            if doubt is None:
                continue
            left.remove(doubt)
            arrival.cause = arrival.cause or _by_trouble(run, arrival) or _by_doubt(run, doubt)


def _by_doubt(run: Run, doubt: Doubt) -> str:
    if not doubt.error.startswith(RESCUED):
        return "the answer did not come in time"
    died = run.ends.get((doubt.who, doubt.life))
    if died is not None and died < doubt.at + KNOWN_S:
        return KILLED
    lease = delivery_leases.LEASE.total_seconds()
    moves = [by for at, by in run.moves if doubt.at - lease < at <= doubt.at + SOON_S and by.total_seconds() > 0]
    return "the clock jumped inside the send" if doubt.over and moves else ""


def _by_trouble(run: Run, arrival: Arrival) -> str:
    end = arrival.at + WRITTEN_S
    for trouble in run.troubles:
        if trouble.who in ("", arrival.who) and trouble.begun < end and trouble.ended > arrival.begun:
            if trouble.kind == "disk":
                return "the receipt met a full disk"
            if trouble.kind == "server":
                return "the server was restarted inside the send"
            if trouble.ended - trouble.begun > 14:
                return "the receipt met a locked database"
    return ""
