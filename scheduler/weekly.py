"""The summary that comes into each bound group by itself, once a week, in the words and the picture of /summary."""

import logging
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from channels.abilities import Abilities
from plan.weekly import nominal_day
from reports.figures.parts_in_words import messages
from reports.figures.scope import about, agencies_of
from reports.figures.summary import build
from scheduler.enqueue import perhaps_said
from scheduler.paged import is_the_newest, page_of
from store import audit, deliveries, group_chats
from store.engine import Store
from store.people_tables import GroupChat
from store.postings import Destination, Identity, Posting
from store.tables import Delivery
from store.types import DeliveryKind
from words.message import Message
from words.office import Office

log = logging.getLogger(__name__)


def summaries(store: Store, office: Office, now: datetime) -> int:
    """Plans this week's summary for every group that was bound before its moment; returns how many.

    After downtime it comes later in the same week; the week and the group are its identity.
    """
    moment = office.weekly_moment(now)
    if moment is None or now < moment or not office.may_send(now):
        return 0
    week = nominal_day(office.weekly_day, office.today(now))
    with store.look() as session:
        waiting = [each for each in group_chats.every(session) if _owed(session, each, week, moment)]
    made = 0
    for group in waiting:
        try:
            with store.unit() as session:
                made += _plan(session, office, group, week, now)
        except Exception:
            # One group's trouble is not the next one's; the next beat tries again.
            log.exception("the week's summary for group %s could not be made", group.id)
    return made


def identity_of(group: GroupChat, week: date) -> Identity:
    """The identity of a group's summary of a week, named by the day that it should come on."""
    return Identity("weekly", group.id, week)


def _owed(session: Session, group: GroupChat, week: date, moment: datetime) -> bool:
    return group.linked_at <= moment and not deliveries.exists(session, identity_of(group, week))


def _plan(session: Session, office: Office, group: GroupChat, week: date, now: datetime) -> bool:
    why, doubts = f"the summary of the week of {week}", perhaps_said(session, office, now)
    there = Destination(group.channel, group.chat, topic=group.topic, in_group=True)
    posting = Posting(DeliveryKind.WEEKLY, why, identity_of(group, week), doubts=doubts)
    return deliveries.post(session, there, posting, now) is not None


def make(session: Session, office: Office, row: Delivery, now: datetime, can: Abilities) -> Message | None:
    """The page of the summary that a row stands for: the figures are those of the sending."""
    group = group_chats.linked(session, row.channel, row.chat)
    week = nominal_day(office.weekly_day, office.today(now))
    if group is None or not is_the_newest(session, row, identity_of(group, week)):
        return None
    figures = build(session, office, now, agencies=agencies_of(office, group.scope))
    words, picture = messages(office, figures, about=about(office, group.scope))
    if not group.scope and (head := _audit_head(session, office)):
        words = replace(words, parts=(*words.parts, head))
    # A caption without its picture says nothing.
    said = [words, picture] if can.send or office.public_url else [words]
    return page_of(session, office, row, said, can, now)


def _audit_head(session: Session, office: Office) -> str:
    """How far the audit has come, in a chat that whoever can write the database cannot write; empty for none."""
    count, head = audit.head(session)
    return office.text("summary.audit_head", count=count, head=head[: audit.SHOWN]) if count else ""
