"""What a group does not let us send goes out as what it does; which group and which right is told to the admins."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from channels.base import Outgoing
from store import deliveries, group_chats, people
from store.postings import Identity, notice, to_person
from store.tables import Delivery
from words.faults import Fault
from words.office import Office
from words.render import size


def without(office: Office, outgoing: Outgoing, fault: Fault) -> Outgoing | None:
    """The message without what is not taken with it, with a line that says where it is; None where nothing is left
    to leave out.

    A picture that is a file of its own may still go as a document.
    """
    message, attached = outgoing.message, outgoing.attached
    if fault is Fault.NO_PICTURES and attached is not None and attached.photo:
        return replace(outgoing, attached=replace(attached, photo=False))
    if fault is Fault.NO_FILES and attached is not None:
        line = office.text("fault.file_elsewhere", name=attached.name)
    elif fault is Fault.TOO_BIG and attached is not None:
        line = office.text("fault.file_too_big", name=attached.name, size=size(len(attached.data)))
    elif fault is Fault.TOO_BIG and outgoing.picture is not None:
        line = office.text("fault.picture_too_big")
    elif fault in (Fault.NO_PICTURES, Fault.NO_FILES) and outgoing.picture is not None:
        line = office.text("fault.picture_elsewhere")
    else:
        return None
    words = replace(message, parts=(*message.parts, line), picture=None, attachment=None)
    return replace(outgoing, message=words, picture=None, attached=None)


def tell_admins(session: Session, office: Office, row: Delivery, fault: Fault, now: datetime) -> None:
    """Names the group and the right to every admin, once a month as long as it lasts."""
    group = group_chats.linked(session, row.channel, row.chat)
    if group is None:
        return
    identity = Identity("no-right", f"{group.id}:{fault}", office.today(now).replace(day=1))
    text = office.text("fault.right_missing", group=group.title, right=str(fault))
    _tell(session, identity, text, "a group withholds a right", now)


def take_leave(session: Session, office: Office, channel: str, chat: str, now: datetime, by: str = "") -> None:
    """Lets go of a group that we are no longer in and tells the admins; nothing for one that was not bound.

    `by` is the name of who took us out, "" where nobody knows.
    """
    group = group_chats.linked(session, channel, chat)
    if group is None:
        return
    group_chats.unbind(session, channel, chat, now)
    identity = Identity("group-left", f"{group.id}:{now.isoformat()}")
    text = office.text("fault.group_left", group=group.title, by=by)
    _tell(session, identity, text, "a group took us out", now)


def take_name(session: Session, office: Office, channel: str, chat: str, title: str, now: datetime) -> None:
    """Keeps the name that a bound group bears now, and tells the admins where it is another one."""
    group = group_chats.linked(session, channel, chat)
    if group is None or not title or group.title == title:
        return
    identity = Identity("group-renamed", f"{group.id}:{now.isoformat()}")
    text = office.text("fault.group_renamed", before=group.title, after=title)
    group_chats.rename(session, group, title)
    _tell(session, identity, text, "a group was renamed", now)


def _tell(session: Session, identity: Identity, text: str, why: str, now: datetime) -> None:
    for person, address in people.admins(session):
        deliveries.post(session, to_person(address), notice(identity.to(person.id), text, why), now)
