"""Somebody who agreed to an invite as an admin waits for a second one: they read that they have no right yet."""

from bot.turn import Turn
from progress.acts import nominating
from store import nominations
from store.people_tables import Invite


def by_invite(turn: Turn, agency_id: str, invite: Invite | None) -> None:
    """Names them, and asks the admins who may confirm it."""
    named_by = invite.made_by if invite is not None else None
    row = nominations.add(turn.session, turn.person_id, agency_id, turn.now, via=turn.via, named_by=named_by)
    turn.answer(nominating.waits(turn.session, turn.office, row))
    but, channel = (row.person_id, turn.person_id), turn.incoming.channel
    for told in nominating.to_admins(turn.session, turn.office, row, channel, but):
        turn.notifier.tell_of(told)
