"""One update, whole: who said it, what it says, whether they may, and the effect; all in the caller's transaction."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.answers import albums, answer
from bot.commands import BY_VERB, VERBS
from bot.door import may, replies
from bot.people import strangers
from bot.turn import Turn, identify
from bot.which import owed
from channels.base import Abilities, ChatKind, Incoming, What
from plan.people import Role
from progress.submit import keep_files
from store import deliveries, people, submissions
from words import grammar
from words.office import Office

# How long an album's caption is waited for before its sender is asked what the pictures are.
ALBUM_WAITS = timedelta(seconds=4)


def handle(session: Session, office: Office, incoming: Incoming, now: datetime, limits: Abilities) -> Turn:
    """Does what an update asks for; everything it causes, answers included, is in this transaction."""
    turn = Turn(session, office, incoming, now, limits)
    _handle(turn)
    if incoming.topic is not None:
        deliveries.put_into_topic(session, incoming.channel, incoming.chat, incoming.topic, now)
    return turn


def _handle(turn: Turn) -> None:
    session, office, incoming, now, limits = turn.session, turn.office, turn.incoming, turn.now, turn.limits
    if incoming.what not in (What.MESSAGE, What.PRESS, What.EDITED):
        _chat_changed(turn)
        return
    if not incoming.addressed:
        return
    identify(turn)
    _prove_arrival(turn)
    said = grammar.read(incoming.text, VERBS)
    if turn.person is not None and (turn.agencies or Role.ADMIN in turn.roles):
        said_here = owed.said_now(turn, incoming.text)
        turn.files = keep_files(session, office, incoming, said_here, limits, now)
    if incoming.what is What.EDITED and submissions.by_source(session, turn.source) is not None:
        turn.answer(turn.text("done.edited"))
        return
    expected = not said.slash and incoming.what is What.MESSAGE and replies.expects(turn, said.verb, said.rest)
    verb = said.verb if said.verb in BY_VERB and not expected else None
    command = BY_VERB["help" if verb is None else verb]
    if (no := may.refusal(turn, command)) is not None:
        if incoming.chat_kind is ChatKind.PRIVATE or verb is not None:
            strangers.answer(turn, no)
        return
    if _for_somebody_else(turn):
        strangers.answer(turn, turn.text("access.not_yours"))
        return
    if albums.album_piece(turn):
        return
    if expected:
        replies.take(turn)
    elif not said.slash and incoming.what is What.MESSAGE and turn.person is not None and turn.question("basis"):
        _basis(turn)
    elif verb is not None:
        command.run(turn, said.rest)
    elif said.slash and incoming.chat_kind is ChatKind.GROUP:
        return
    else:
        answer.plain(turn, said.rest)


def _basis(turn: Turn) -> None:
    """What an admin was asked for comes in the next message, and goes on with what was said before."""
    asked = turn.question("basis")
    assert asked is not None
    command, said = BY_VERB[asked.data["verb"]], f"{asked.data['rest']}{asked.data['joined']}{turn.incoming.text}"
    turn.settle_question()
    if (no := may.refusal(turn, command)) is not None:
        strangers.answer(turn, no)
    else:
        command.run(turn, said)


def _prove_arrival(turn: Turn) -> None:
    """A press or a reply settles the doubt about the message it is on."""
    incoming = turn.incoming
    if incoming.what is What.PRESS and incoming.delivery and incoming.message_id:
        row = deliveries.get(turn.session, incoming.delivery)
        if row is not None and (row.channel, row.chat) == (incoming.channel, incoming.chat):
            deliveries.arrived(turn.session, incoming.delivery, incoming.message_id, turn.now)
    elif incoming.reply_to and turn.person is not None:
        deliveries.arrived_unseen(turn.session, incoming.channel, incoming.chat, incoming.reply_to, turn.now)


def _for_somebody_else(turn: Turn) -> bool:
    """A button in a group that stands under a message to another person."""
    row = deliveries.get(turn.session, turn.incoming.delivery) if turn.incoming.delivery else None
    return row is not None and row.person_id not in (None, turn.person_id_or_none)


def _chat_changed(turn: Turn) -> None:
    session, incoming, now = turn.session, turn.incoming, turn.now
    match incoming.what:
        case What.BLOCKED:
            people.mark_unreachable(session, incoming.channel, incoming.chat, "closed by the person", now)
        case What.UNBLOCKED:
            people.mark_reachable(session, incoming.channel, incoming.user)
        case What.REMOVED:
            people.unbind_group(session, incoming.channel, incoming.chat, now)
        case What.MIGRATED:
            people.move_group(session, incoming.channel, incoming.chat, incoming.text)
            deliveries.move_chat(session, incoming.channel, incoming.chat, incoming.text)
        case What.ADDED:
            strangers.greet(turn, turn.text("group.hello"))
        case _:
            return


def ask_about_albums(session: Session, office: Office, channel: str, now: datetime, limits: Abilities) -> int:
    """Asks once for the code of each album that came without a caption on a channel; returns how many."""
    asked = set()
    for file in submissions.unasked_albums(session, channel, now - ALBUM_WAITS):
        file.asked_at = now
        session.add(file)
        assert file.album is not None
        if file.album not in asked:
            asked.add(file.album)
            _ask_about(session, office, file.album, file.person_id, now, limits)
    return len(asked)


def _ask_about(session: Session, office: Office, album: str, person_id: int, now: datetime, limits: Abilities) -> None:
    files = submissions.loose_of_album(session, album)
    address = people.address_of(session, person_id, files[0].channel)
    if address is None:
        return
    first = files[0]
    incoming = Incoming(
        channel=first.channel,
        key=f"album:{album}",
        what=What.MESSAGE,
        chat=album.partition(":")[0],
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
    if turn.person is not None:
        owed.find(turn, "done", "")
