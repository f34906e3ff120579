"""What people were told about the office's work, kept when the outbox lets it go: audits come years later.

Neither chats nor numbers of a platform are kept; the names that a message mentions are renamed where a person is
erased, as in the outbox.
"""

from sqlalchemy import ColumnElement, insert, literal
from sqlmodel import Session, col, func, or_, select

from store.answer_tables import Submission
from store.people_tables import GroupChat
from store.report_tables import KeptAbout, KeptMessage
from store.tables import Delivery, Reminder

SAME = ("person_id", "channel", "in_group", "kind", "sent_at", "state", "doubts", "last_error", "body")


def keep(session: Session, where: ColumnElement[bool]) -> int:
    """Keeps the messages of the outbox of which a condition holds and which are about obligations, each once.

    Returns how many were new.
    """
    about = or_(
        col(Delivery.obligation_id).is_not(None),
        col(Delivery.submission_id).is_not(None),
        col(Delivery.id).in_(select(Reminder.delivery_id).where(col(Reminder.delivery_id).is_not(None))),
    )
    wanted = where & about & col(Delivery.id).not_in(select(KeptMessage.delivery_id))
    numbers = session.exec(select(Delivery.id).where(wanted)).all()
    if not numbers:
        return 0
    title = (
        select(GroupChat.title)
        .where(GroupChat.channel == Delivery.channel, GroupChat.chat == Delivery.chat)
        .where(col(Delivery.in_group).is_(True))
        .scalar_subquery()
    )
    at = func.coalesce(col(Delivery.sent_at), col(Delivery.not_before))
    taken = select(Delivery.id, func.coalesce(title, literal("")), at, *(getattr(Delivery, name) for name in SAME))
    rows = taken.where(wanted)
    session.connection().execute(insert(KeptMessage).from_select(["delivery_id", "group_title", "at", *SAME], rows))
    _about(session, since=min(number for number in numbers if number is not None))
    return len(numbers)


def _about(session: Session, since: int) -> None:
    """Notes what the messages kept just now are about: those that have no such note yet."""
    noted = select(KeptAbout.kept_id)
    new = (col(KeptMessage.id).not_in(noted)) & (col(KeptMessage.delivery_id) >= since)
    same = col(Delivery.id) == KeptMessage.delivery_id
    steps = (
        select(KeptMessage.id, Reminder.obligation_id, Reminder.rung)
        .join(Delivery, same)
        .join(Reminder, col(Reminder.delivery_id) == Delivery.id)
        .where(new, Reminder.person_id == Delivery.person_id)
    )
    names = ["kept_id", "obligation_id", "rung"]
    session.connection().execute(insert(KeptAbout).from_select(names, steps))
    one = (
        select(KeptMessage.id, func.coalesce(Delivery.obligation_id, Submission.obligation_id), literal(None))
        .join(Delivery, same)
        .join(Submission, col(Submission.id) == Delivery.submission_id, isouter=True)
        .where(new, func.coalesce(Delivery.obligation_id, Submission.obligation_id).is_not(None))
    )
    session.connection().execute(insert(KeptAbout).from_select(names, one))
