"""The summary that comes into each bound group by itself, once a week, in the words and the picture of /summary."""

import logging
from datetime import datetime

from sqlmodel import Session

from delivery.sender import Maker
from plan.weekly import nominal_day
from reports.figures.in_words import messages
from reports.figures.scope import about, agencies_of
from reports.figures.summary import build
from scheduler.enqueue import perhaps_said
from scheduler.paged import page
from store import deliveries, people
from store.engine import Store
from store.people_tables import GroupChat
from store.tables import Delivery
from store.types import DeliveryKind
from words.message import Message, pages
from words.office import Office

log = logging.getLogger(__name__)


def summaries(store: Store, office: Office, now: datetime) -> int:
    """Plans this week's summary for every group that was bound before its moment; returns how many.

    After downtime it comes later in the same week; the week and the group are its unique subject.
    """
    moment = office.weekly_moment(now)
    if moment is None or now < moment or not office.may_send(now):
        return 0
    week = nominal_day(office.weekly_day, office.today(now)).isoformat()
    with store.look() as session:
        waiting = [each for each in people.groups(session) if _owed(session, each, week, moment)]
    made = 0
    for group in waiting:
        try:
            with store.unit() as session:
                made += _plan(session, office, group, week, now)
        except Exception:
            # One group's trouble is not the next one's; the next beat tries again.
            log.exception("the week's summary for group %s could not be made", group.id)
    return made


def subject_of(group: GroupChat, week: str) -> str:
    """The identity of a group's summary of a week, named by the day that it should come on."""
    return f"weekly:{week}:{group.id}"


def _owed(session: Session, group: GroupChat, week: str, moment: datetime) -> bool:
    return group.linked_at <= moment and not deliveries.exists(session, subject_of(group, week))


def _plan(session: Session, office: Office, group: GroupChat, week: str, now: datetime) -> bool:
    subject = subject_of(group, week)
    if deliveries.exists(session, subject):
        return False
    why = f"the summary of the week of {week}"
    row = deliveries.plan(
        session,
        DeliveryKind.WEEKLY,
        group.channel,
        group.chat,
        why,
        now,
        subject=subject,
        person_id=None,
        topic=group.topic,
    )
    row.doubts = perhaps_said(session, office, now)
    return True


def maker(limit: int) -> Maker:
    """The maker for a channel whose messages hold `limit` code points: the figures are those of the sending."""

    def make(session: Session, office: Office, row: Delivery, now: datetime) -> Message | None:
        group = people.group(session, row.channel, row.chat)
        if group is None:
            return None
        figures = build(session, office, now, agencies=agencies_of(office, group.scope))
        words, picture = messages(office, figures, about=about(office, group.scope))
        return page(session, row, (*pages(words, limit), picture), now)

    return make
