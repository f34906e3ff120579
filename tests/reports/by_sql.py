"""The boxes counted a second time, by plain SQL over the obligations and their events: nothing of the service is used.

It reads an SQLite file. What counts from when is written here anew, from the rules and not from the program: an event
counts from its own moment, never later than its recording; what an answer goes to by itself counts with what sent it
there; a true moment that an admin gave holds for the answer as it stood then; a word on a lateness, or on its cause,
holds from the beginning.
"""

import sqlite3
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

BOXES = (
    "done_in_time", "done_late", "open", "near", "overdue", "waiting", "unproven", "returned", "flagged", "suspended",
    "transferred", "ended", "excused", "closed",
)  # fmt: skip
CAUSES = ("cause_confirmed", "cause_waiting")
NEAR = 7
COUNT = """
WITH known AS (
    SELECT id, obligation_id, kind, min(at, recorded_at) AS own, due, note
    FROM obligation_event WHERE recorded_at <= :known_at
),
numbered AS (
    SELECT known.*,
        max(CASE WHEN kind NOT IN ('held', 'proven', 'to_head', 'to_review') THEN id END) OVER past AS root,
        sum(kind = 'submitted') OVER past AS answer
    FROM known WINDOW past AS (PARTITION BY obligation_id ORDER BY id)
),
moved AS (
    SELECT obligation_id, answer, max(id) AS id FROM numbered WHERE kind = 'retimed' GROUP BY obligation_id, answer
),
timed AS (
    SELECT numbered.*, coalesce(true_one.own, root.own) AS moment
    FROM numbered
    JOIN known AS root ON root.id = numbered.root
    LEFT JOIN moved ON moved.obligation_id = numbered.obligation_id AND moved.answer = numbered.answer
        AND numbered.id <= moved.id AND numbered.kind IN ('submitted', 'supplemented', 'corrected', 'held', 'proven',
            'to_head', 'to_review', 'confirmed', 'retimed')
    LEFT JOIN known AS true_one ON true_one.id = moved.id
),
counting AS (
    SELECT * FROM timed WHERE moment <= :as_of AND kind NOT IN ('flagged', 'judged')
),
-- An answer that finds the work set aside, gone or answered changes nothing.
accepted AS (
    SELECT began.obligation_id, began.answer, began.id, began.own,
        EXISTS (SELECT 1 FROM counting AS event WHERE event.obligation_id = began.obligation_id
            AND event.answer = began.answer AND event.kind = 'retimed') AS is_moved,
        EXISTS (SELECT 1 FROM counting AS event WHERE event.obligation_id = began.obligation_id
            AND event.answer = began.answer AND event.kind = 'returned') AS is_returned,
        began.moment
    FROM counting AS began
    WHERE began.kind = 'submitted'
    AND coalesce((SELECT kind FROM counting AS event WHERE event.obligation_id = began.obligation_id
            AND event.id < began.id AND event.kind IN ('created', 'suspended', 'transferred', 'ended', 'excused',
                'resumed', 'closed', 'retired', 'restored')
            ORDER BY event.id DESC LIMIT 1), 'none') IN ('created', 'resumed', 'restored')
    AND coalesce((SELECT kind FROM counting AS event WHERE event.obligation_id = began.obligation_id
            AND event.id < began.id AND event.kind IN ('submitted', 'withdrawn', 'returned')
            ORDER BY event.id DESC LIMIT 1), 'none') <> 'submitted'
),
decisive AS (
    SELECT obligation_id, max(id) AS id FROM counting
    WHERE kind IN ('created', 'suspended', 'transferred', 'ended', 'excused', 'resumed', 'closed')
    OR (kind = 'retired' AND NOT EXISTS (SELECT 1 FROM counting AS later
        WHERE later.obligation_id = counting.obligation_id AND later.id > counting.id AND later.kind = 'restored'))
    OR (kind IN ('submitted', 'held', 'proven', 'to_head', 'to_review', 'confirmed', 'withdrawn', 'returned')
        AND (obligation_id, answer) IN (SELECT obligation_id, answer FROM accepted))
    GROUP BY obligation_id
),
answered AS (
    SELECT last.obligation_id,
        CASE WHEN last.is_moved THEN last.moment ELSE coalesce(
            (SELECT moment FROM accepted AS earlier WHERE earlier.obligation_id = last.obligation_id
                AND earlier.id < last.id AND earlier.is_returned AND earlier.is_moved ORDER BY earlier.id DESC LIMIT 1),
            (SELECT own FROM accepted AS earlier WHERE earlier.obligation_id = last.obligation_id
                AND earlier.id < last.id AND earlier.is_returned ORDER BY earlier.id LIMIT 1),
            last.own) END AS done_at,
        EXISTS (SELECT 1 FROM accepted AS earlier WHERE earlier.obligation_id = last.obligation_id
            AND earlier.is_returned AND NOT EXISTS (SELECT 1 FROM accepted AS later
                WHERE later.obligation_id = last.obligation_id AND later.id > earlier.id AND later.is_moved)
        ) AS was_returned
    FROM accepted AS last
    WHERE last.id = (SELECT max(id) FROM accepted WHERE accepted.obligation_id = last.obligation_id)
),
planning AS (
    SELECT id, obligation_id, kind, due,
        lag(due) OVER (PARTITION BY obligation_id, kind IN ('extended', 'dated', 'judged') ORDER BY id)
            AS planned_before
    -- The date that was given to what was open when it was judged holds from the beginning.
    FROM known WHERE kind = 'judged' AND due IS NOT NULL OR id IN (SELECT id FROM counting
        WHERE kind IN ('created', 'changed', 'restored', 'extended', 'dated'))
),
dates AS (
    SELECT obligation_id, due FROM planning AS last
    WHERE id = (SELECT max(id) FROM planning WHERE planning.obligation_id = last.obligation_id
        AND (kind IN ('created', 'extended', 'dated', 'judged') OR due IS NOT planned_before))
),
words AS (
    SELECT obligation_id, CASE WHEN kind = 'flagged' THEN 'flagged' WHEN due IS NOT NULL THEN ''
        ELSE substr(note, 1, instr(note || ' ', ' ') - 1) END AS word
    FROM known AS last WHERE id = (SELECT max(id) FROM known WHERE known.obligation_id = last.obligation_id
        AND kind IN ('flagged', 'judged'))
),
causes AS (
    SELECT obligation_id, CASE
        WHEN kind = 'cause_confirmed' THEN 'cause_confirmed'
        WHEN kind = 'cause_reopened' OR (kind = 'cause_told' AND note <> '') THEN 'cause_waiting' END AS cause
    FROM known AS last WHERE id = (SELECT max(id) FROM known WHERE known.obligation_id = last.obligation_id
        AND kind IN ('cause_told', 'cause_confirmed', 'cause_refused', 'cause_reopened'))
),
standing AS (
    SELECT obligation.id, event.kind AS last, dates.due, words.word, answered.done_at, causes.cause,
        coalesce(answered.was_returned, 0) AS was_returned,
        late_after(dates.due) AS late_after
    FROM obligation
    JOIN decisive ON decisive.obligation_id = obligation.id
    JOIN counting AS event ON event.id = decisive.id
    LEFT JOIN dates ON dates.obligation_id = obligation.id
    LEFT JOIN words ON words.obligation_id = obligation.id
    LEFT JOIN causes ON causes.obligation_id = obligation.id
    LEFT JOIN answered ON answered.obligation_id = obligation.id
    WHERE event.kind <> 'retired'
    AND (CASE :periodic WHEN 1 THEN obligation.kind = 'periodic' ELSE
        (obligation.kind = 'dated' OR (obligation.kind = 'undated' AND dates.due IS NOT NULL))
        AND NOT instr(:duties, ',' || obligation.task || ',') END)
    AND instr(:plans, ',' || obligation.plan_id || ',')
),
boxed AS (
    SELECT late_after < :today AS fell, cause,
        CASE
        WHEN last IN ('suspended', 'transferred', 'ended', 'excused', 'closed') THEN last
        WHEN last = 'held' THEN 'unproven'
        WHEN last IN ('to_head', 'to_review') THEN 'waiting'
        WHEN last IN ('submitted', 'proven', 'confirmed') THEN CASE
            WHEN word = 'late' THEN 'done_late'
            WHEN late_after IS NULL OR local_day(done_at) <= late_after OR word = 'in_time' THEN 'done_in_time'
            WHEN word = 'flagged' THEN 'flagged'
            ELSE 'done_late' END
        WHEN was_returned AND word IS NOT 'late' AND (late_after IS NULL OR local_day(done_at) <= late_after
            OR word = 'in_time') THEN 'returned'
        WHEN late_after < :today THEN CASE
            WHEN word = 'flagged' THEN 'flagged'
            ELSE 'overdue' END
        WHEN days_left(due) <= :near THEN 'near'
        ELSE 'open' END AS box
    FROM standing
)
SELECT box, fell, cause, count(*) FROM boxed GROUP BY box, fell, cause
"""


def count(
    connection: sqlite3.Connection,
    as_of: datetime,
    days_off: Collection[date],
    *,
    plans: Collection[str],
    known_at: datetime | None = None,
    days_worked: Collection[date] = (),
    duties: Collection[str] = (),
    periodic: bool = False,
    hours: int = 7,
) -> dict[str, int]:
    """Obligations by box at an instant, with total, fallen and fallen_done; `open` has those near in it.

    `days_off` are the local days off that are no plain weekends and `days_worked` those of weekends that are worked, as
    known at `known_at` (`as_of` unless told otherwise); `duties` the codes that are no tasks; `periodic` counts the
    reports instead of the milestones with a date. `hours` is the office's zone, east of UTC.
    """

    def works(day: date) -> bool:
        return day in days_worked or (day.weekday() < 5 and day not in days_off)

    def near(day: date, step: int) -> date:
        while not works(day):
            day += timedelta(days=step)
        return day

    today = (as_of.astimezone(UTC) + timedelta(hours=hours)).date()

    def late_after(due: str | None) -> str | None:
        return near(date.fromisoformat(due), 1).isoformat() if due else None

    def local_day(moment: str | None) -> str | None:
        return (datetime.fromisoformat(moment) + timedelta(hours=hours)).date().isoformat() if moment else None

    def days_left(due: str) -> int:
        """Working days after today until the last working day on or before the due date."""
        anchor = near(date.fromisoformat(due), -1)
        return sum(works(today + timedelta(days=number)) for number in range(1, (anchor - today).days + 1))

    for function in (late_after, local_day, days_left):
        connection.create_function(function.__name__, 1, function)
    found = connection.execute(
        COUNT,
        {
            "as_of": _written(as_of),
            "known_at": _written(known_at or as_of),
            "today": today.isoformat(),
            "near": NEAR,
            "periodic": int(periodic),
            "duties": f",{','.join(duties)},",
            "plans": f",{','.join(plans)},",
        },
    ).fetchall()
    return _totals(found)


def _totals(found: list[tuple[str, int | None, str | None, int]]) -> dict[str, int]:
    boxes = {box: sum(number for each, _, _, number in found if each == box) for box in BOXES}
    boxes["open"] += boxes["near"]
    done = boxes["done_in_time"] + boxes["done_late"]
    apart = sum(boxes[box] for box in ("waiting", "unproven", "returned", "flagged"))
    fallen_done = sum(number for box, fell, _, number in found if fell and box in ("done_in_time", "done_late"))
    late = [(cause, number) for box, _, cause, number in found if box in ("done_late", "overdue")]
    overdue = boxes["overdue"]
    return boxes | {
        "total": done + boxes["open"] + overdue + apart,
        "fallen": fallen_done + overdue,
        "fallen_done": fallen_done,
        **{each: sum(number for cause, number in late if cause == each) for each in CAUSES},
    }


def _written(moment: datetime) -> str:
    """An instant as the database keeps it."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
