"""Everything that happens because time passed, in order. Run at each beat; run twice it does nothing more."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from delivery import retry, which_serves
from scheduler import (
    admins_late_list,
    agency_heads,
    assignees_left,
    channels_away,
    coordinating,
    enqueue,
    flags,
    kept_files,
    letter_offers,
    monitoring,
    notices,
    reviews,
    successions,
    unanswered,
    unnamed,
    weekly,
)
from store import delivery_leases, privacy, serving, settings
from store.engine import Store
from words.office import Office

log = logging.getLogger(__name__)

# What time alone makes due may wait so long, but for what leaves at an hour of the office's own.
EVERY, SOON = timedelta(minutes=5), timedelta(minutes=1)
Steps = tuple[Callable[[], object], ...]


def tick(store: Store, office: Office, now: datetime) -> None:
    """One whole beat at `now` (UTC), with its sign of life."""
    steps(store, office, now)
    live(store, now)


def live(store: Store, now: datetime) -> None:
    """Writes down that there is a beat."""
    with store.unit(tells=False) as session:
        settings.beat(session, "scheduler", now)


def steps(store: Store, office: Office, now: datetime) -> datetime:
    """What is due at `now` (UTC); where nothing is, nothing is written.

    Gives the instant (UTC) from which on something may be due though nobody committed anything. A step that raises is
    logged, does not keep the next from its turn, and has another one within a minute.
    """
    with store.one_view():
        return _steps(store, office, now)


def _steps(store: Store, office: Office, now: datetime) -> datetime:
    own: Steps = (
        lambda: enqueue.digests(store, office, now),
        lambda: agency_heads.tell_heads(store, office, now),
        lambda: admins_late_list.tell_admins(store, office, now),
        lambda: letter_offers.offer(store, office, now),
        lambda: weekly.summaries(store, office, now),
        lambda: coordinating.tell(store, office, now),
        lambda: monitoring.tell(store, office, now),
        lambda: notices.all_notices(store, office, now),
        lambda: reviews.long_waits(store, office, now),
        lambda: kept_files.tell(store, office, now),
        lambda: unanswered.remind(store, office, now),
    )
    before: Steps = (
        lambda: _rescue(store, now),
        lambda: channels_away.look_after(store, office, now),
        lambda: _close(store, office, now),
        lambda: unnamed.record(store, office, now),
        lambda: successions.follow(store, office, now),
        lambda: assignees_left.end(store, office, now),
    )
    after: Steps = (lambda: _forget(store, now),)
    # What nobody knows to be the copy that serves begins nothing by itself: it is made up for as after an outage.
    between: Steps = (lambda: _ask_who_serves(store, office, now),) if _is_held(store) else own
    failed = False
    for step in (*before, *between, *after):
        try:
            step()
        except Exception:
            log.exception("a step of the beat at %s failed", now.isoformat())
            failed = True
    return _floor(now, SOON) + SOON if failed else again(store, office, now)


def again(store: Store, office: Office, now: datetime) -> datetime:
    """The instant (UTC) from which on time alone may make something due: a window opens, the week's messages leave, the
    lease of what was being sent ends, or EVERY is over.
    """
    today = office.today(now)
    hours = [*(start for start, _ in office.windows), office.weekly_at]
    moments = [datetime.combine(today, each, office.zone).astimezone(UTC) for each in hours]
    with store.look() as session:
        lease = delivery_leases.next_end(session)
    found: list[datetime] = [_floor(now, EVERY) + EVERY, *moments, *([lease] if lease is not None else ())]
    return min(each for each in found if each > now)


def _floor(now: datetime, step: timedelta) -> datetime:
    return now - (now - datetime.min.replace(tzinfo=UTC)) % step


def _is_held(store: Store) -> bool:
    with store.look() as session:
        return serving.held(session) is not None


def _ask_who_serves(store: Store, office: Office, now: datetime) -> None:
    with store.unit() as session:
        which_serves.ask(session, office, now)


def _rescue(store: Store, now: datetime) -> None:
    """Messages whose sender died go into doubt and are sent again with a mark."""
    with store.look() as session:
        ends = delivery_leases.next_end(session)
    if ends is None or ends > now:
        return
    with store.unit() as session:
        count = delivery_leases.rescue(session, now, retry.MOST_DOUBTS)
    if count:
        log.warning("%s messages in doubt after their sender ended", count)


def _close(store: Store, office: Office, now: datetime) -> None:
    with store.look() as session:
        if not notices.to_close(session, office, now) and not flags.outages(session, now):
            return
    with store.unit() as session:
        notices.close_ended(session, office, now)
        flags.flag(session, office, now)


def _forget(store: Store, now: datetime) -> None:
    """Blanks the chats of strangers and of people who erased their data, once the last message to them has left."""
    with store.look() as session:
        if not privacy.left_to_forget(session, now):
            return
    with store.unit() as session:
        privacy.forget_chats(session, now)
