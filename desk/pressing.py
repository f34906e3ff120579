"""A form of an admin's whose words no act of its own takes: done once for its nonce, by who is still an admin."""

from collections.abc import Callable, Sequence

from sqlmodel import Session
from starlette.exceptions import HTTPException

from desk import forms
from desk.desk import Asked
from desk.viewer import Viewer, viewer_of
from store import desk_presses
from words.message import Message
from words.office import Office

Do = Callable[[Session, Office, Viewer], Sequence[Message]]
"""Does it in the transaction that is given, with the office in the person's language; gives what is shown of it."""


def nonce_of(asked: Asked) -> str:
    """The form's nonce; raises HTTPException(404) where it has none of ours."""
    nonce = forms.word(asked.form, forms.NONCE)
    if not forms.is_nonce(nonce):
        raise HTTPException(404)
    return nonce


def once(asked: Asked, do: Do) -> str:
    """Does what the form says unless it was sent before; gives its nonce.

    Who acts is read anew: raises HTTPException(404) for who is no admin, or no more.
    """
    desk, nonce = asked.desk, nonce_of(asked)
    with desk.store.unit() as session:
        office = desk.office_of(session)
        me = asked.viewer
        fresh = viewer_of(session, me.person_id, me.session, office.today(asked.now), desk.channel)
        if fresh is None or not fresh.is_admin:
            raise HTTPException(404)
        if desk_presses.get(session, nonce) is None:
            replies = do(session, office.speaking(fresh.language), fresh)
            desk_presses.keep(session, nonce, fresh.person_id, replies, asked.now)
    return nonce
