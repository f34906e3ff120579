"""Asks what the pictures of an album are for, when its caption did not come or put no question about them."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import reference
from bot.door import replies
from bot.turn import Turn, identify
from bot.which import owed
from channels.abilities import Abilities
from channels.base import ChatKind, Incoming, What
from store import addresses, loose, submissions
from store.answer_tables import Evidence
from words.office import Office

# How long an album's caption is waited for before its sender is asked what the pictures are.
ALBUM_WAITS = timedelta(seconds=4)


def ask_about_albums(session: Session, office: Office, channel: str, now: datetime, limits: Abilities) -> int:
    """Asks once for the code of each album of a channel of which nothing was asked yet; returns how many.

    What comes after the question goes where the rest of its album goes.
    """
    unasked: dict[str, list[Evidence]] = {}
    for file in loose.unasked_albums(session, channel, now - ALBUM_WAITS):
        unasked.setdefault(file.album or "", []).append(file)
    asked = 0
    for album, files in unasked.items():
        known = loose.is_album_asked(session, album)
        loose.note_asked(session, files, now)
        if not known:
            asked += 1
            _ask_about(session, office, album, files[0].person_id, now, limits)
    return asked


def _ask_about(session: Session, office: Office, album: str, person_id: int, now: datetime, limits: Abilities) -> None:
    files = submissions.loose_of_album(session, album)
    address = addresses.address_of(session, person_id, files[0].channel)
    if address is None:
        return
    first = files[0]
    incoming = Incoming(
        channel=first.channel,
        key=f"album:{album}",
        what=What.MESSAGE,
        chat=album.removeprefix(f"{first.channel}:").rpartition(":")[0],
        chat_kind=ChatKind.PRIVATE,
        chat_title="",
        user=address.user,
        user_name="",
        text="",
        sent_at=first.sent_at,
        message_id=first.source.rpartition("#")[0].rpartition(":")[2],
    )
    turn = Turn(session, office, incoming, now, limits)
    identify(turn)
    turn.files = tuple(file.id for file in files if file.id is not None)
    if replies.is_expected(turn, None, ""):
        replies.take(turn)
    elif turn.person is not None:
        owed.find_or_ask(turn, "done", reference.read(turn.office, ""))
