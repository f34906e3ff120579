"""Invites somebody from the screen: the link and its QR code are shown once, and nowhere kept."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from desk import forms, qr
from desk.desk import Asked, Desk
from desk.page import render
from desk.pages.people import PATH
from desk.requests import posted
from desk.viewer import viewer_of
from plan.people import Role
from reports.figures.scope import find_agency
from reports.story.events_in_words import ON_SCREEN
from store import desk_presses, invites, settings
from words.message import say


def routes(desk: Desk) -> list[Route]:
    """Where the form goes."""
    return [Route(f"{PATH}/moi", posted(desk, invite), methods=["POST"])]


def invite(asked: Asked) -> Response:
    """Makes the invite, as /moi does; the same form again shows that it was made, and no link.

    Raises HTTPException(404) for who may not, and for an agency or a role that there is not.
    """
    nonce, role = forms.word(asked.form, forms.NONCE), _role(asked)
    agency = find_agency(asked.office, forms.word(asked.form, "agency"))
    if role is None or agency is None or not forms.is_nonce(nonce):
        raise HTTPException(404)
    code, bot = _make(asked, nonce, agency, role)
    with asked.anew() as again:
        link = asked.desk.invite_link(bot, code) if code else ""
        return render(
            again,
            "invited.html",
            role=again.t(f"role.{role}"),
            agency=again.office.agency_name(agency),
            days=invites.INVITE_DAYS,
            link=link,
            code=code,
            bot=bot,
            picture=qr.drawn(link) if link else None,
            way_back=f"{PATH}#{agency}",
        )


def _make(asked: Asked, nonce: str, agency: str, role: Role) -> tuple[str, str]:
    """The code, empty where this form made one before, and the name by which people find the bot."""
    desk = asked.desk
    with desk.store.unit() as session:
        today = asked.office.today(asked.now)
        fresh = viewer_of(session, asked.viewer.person_id, asked.viewer.session, today, desk.channel)
        if fresh is None or not fresh.is_admin:
            raise HTTPException(404)
        bot = settings.bot_name(session, desk.channel) or ""
        if desk_presses.get(session, nonce) is not None:
            return "", bot
        key = asked.office.invite_key() if not desk.invite_link(bot, "") else None
        label = forms.word(asked.form, "name")[:100]
        code = invites.make(
            session, agency, role, fresh.person_id, asked.now, via=ON_SCREEN, label=label, typed_with=key
        )
        # What is kept of the press names no code: the link is shown once.
        told = say(asked.t("desk.invited_before", agency=asked.office.agency_name(agency)))
        desk_presses.keep(session, nonce, fresh.person_id, (told,), asked.now)
        return code, bot


def _role(asked: Asked) -> Role | None:
    wanted = forms.word(asked.form, "role")
    return next((role for role in Role if role == wanted), None)
