"""Many that are alike at once: each an act of its own, in a transaction of its own, with a nonce of its own."""

import hashlib
from base64 import urlsafe_b64encode

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from desk import acting, forms
from desk.acts import ACTS, MANY
from desk.desk import Asked
from store import desk_presses
from words.message import Message, say

TICKED = "ticked"
# Of so many what was answered is shown one by one; of more in a sum.
SHOWN = 5


def do(asked: Asked) -> Response:
    """Does an act to each ticked row, and leads back to the page, which says what came of them."""
    act, nonce = asked.request.path_params["act"], forms.word(asked.form, forms.NONCE)
    if act not in MANY or not forms.is_nonce(nonce):
        raise HTTPException(404)
    rows = list(dict.fromkeys(each for each in asked.form.getlist(TICKED) if isinstance(each, str)))
    # All are read before the first is done: one that is no number ends it while nothing happened.
    sent = [(FormData([(MANY[act], row)]), derived(nonce, f"{act} {row}")) for row in rows]
    acts = [(ACTS[act](acting.said_here(asked.viewer, own, asked.now), form), own) for form, own in sent]
    done = [acting.carry_out(asked.desk, asked.viewer, made, own, asked.now) for made, own in acts]
    keep(asked, nonce, [message for each in done for message in each.replies], len(rows))
    return RedirectResponse(forms.with_said(forms.own_path(forms.word(asked.form, forms.BACK)), nonce), 303)


def derived(nonce: str, what: str) -> str:
    """The nonce of one of many: the same form sent twice gives the same, another form never does."""
    digest = hashlib.sha256(f"{nonce} {what}".encode()).digest()
    return urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def keep(asked: Asked, nonce: str, replies: list[Message], count: int) -> None:
    """Keeps what is shown of all of them; sent again the form shows what it showed before."""
    told = [say(asked.t("desk.many_done", count=count)), *replies[:SHOWN]]
    if len(replies) > SHOWN:
        told.append(say(asked.t("desk.many_more", count=len(replies) - SHOWN)))
    with asked.desk.store.unit() as session:
        if desk_presses.get(session, nonce) is None:
            desk_presses.keep(session, nonce, asked.viewer.person_id, told, asked.now)
