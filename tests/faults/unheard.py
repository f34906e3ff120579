"""What a platform let go while nobody polled for minutes: who had been written to that day is asked to send again."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime

from tests.faults.broken import Verdict
from tests.faults.run import Away, Run
from tests.faults.zalo_ledger import WatchedZalo

# Plain text of outage.gap in data/texts_vi.toml, with the minute in which the gap began.
ASKED = re.compile(r"Từ (\d\d:\d\d ngày \d\d/\d\d/\d{4}) đến [^,]+, hệ thống không nhận được tin trên kênh này")


def asked_again(run: Run, database: sqlite3.Connection, verdict: Verdict) -> None:
    """Counts what was dropped, and finds whoever was not asked although they had been written to."""
    platform, forgotten = run.platform, []
    if not isinstance(platform, WatchedZalo):
        return
    for key in platform.dropped_keys() & set(run.gone):
        said = platform.said[str(key)]
        gap = next((each for each in run.away if each.begun <= said.moment <= each.ended), None)
        if gap is None:
            run.figures["dropped within seconds"] += 1
            continue
        run.figures["dropped in those minutes"] += 1
        # A chat that takes nothing any more takes no notice either, and stands on the admins' list.
        if said.user in platform.forbidden or not _was_written_to(run, database, said.user, gap.since, gap.until):
            continue
        if any(each.at > said.moment and _is_about(run, each.text, gap) for each in platform.by_chat[said.user]):
            run.figures["of people who were asked again"] += 1
        else:
            forgotten.append(f"{said.user}, who wrote at {said.at:%d/%m %H:%M:%S}")
    verdict.breaks("people who were not asked to send again", forgotten)


def _is_about(run: Run, text: str, gap: Away) -> bool:
    """Whether somebody is asked to send again what they wrote in a gap: being asked about a later one is not enough."""
    found = ASKED.search(text)
    if found is None:
        return False
    began = datetime.strptime(found[1], "%H:%M ngày %d/%m/%Y").replace(tzinfo=run.office.zone)
    return began <= gap.until


def _was_written_to(run: Run, database: sqlite3.Connection, user: str, since: datetime, until: datetime) -> bool:
    """Whether something left for somebody between the beginning of the day and the end of a gap."""
    day = run.office.day_of(since)[0]
    moments = [each.replace(tzinfo=None).isoformat(" ") for each in (day, until)]
    query = "SELECT count(*) FROM delivery WHERE chat = ? AND state = 'sent' AND sent_at >= ? AND sent_at <= ?"
    return bool(database.execute(query, (user, *moments)).fetchone()[0])
