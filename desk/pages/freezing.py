"""Chốt số liệu at the screen: the figures are shown whole, and exactly those are frozen at the press."""

from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from desk import forms
from desk.desk import Asked, Desk
from desk.page import render
from desk.pages.reports import PATH, figures, named, window_of
from desk.requests import posted
from desk.viewer import viewer_of
from progress.items import code_of
from progress.notifying import Notifier
from reports.figures import issued
from reports.figures.freezing import Shown, freeze, told
from reports.figures.freezing import named as issue_named
from reports.figures.period import make
from reports.story.events_in_words import ON_SCREEN
from store import desk_presses, people
from words.message import Message, say


def routes(desk: Desk) -> list[Route]:
    """Where the form goes."""
    return [Route(f"{PATH}/{{key}}/chot", posted(desk, press), methods=["POST"])]


def show(asked: Asked) -> Response:
    """What would be frozen; raises HTTPException(404) for who may not, and while the period runs."""
    window = window_of(asked)
    record = make(asked.session, asked.office, window, known_at=asked.now)
    if not asked.viewer.is_admin or not window.over or not record.rows:
        raise HTTPException(404)
    before = issued.latest(asked.session, window.key)
    return render(
        asked,
        "freezing.html",
        key=window.key,
        period=named(asked, window.key),
        window=window,
        record=record,
        figures=figures(record.dated),
        corrects=before[0].number if before else None,
        way_back=f"{PATH}/{window.key}",
    )


def press(asked: Asked) -> Response:
    """Freezes what was shown, once for its nonce; raises HTTPException 404 or 400 for what no form of ours says."""
    with asked.anew() as again:
        window = window_of(again)
    nonce, shown = forms.word(asked.form, forms.NONCE), _shown(asked, window.key)
    if not forms.is_nonce(nonce) or not window.over or not window.as_of <= shown.known_at <= asked.now:
        raise HTTPException(400)
    if shown.corrects is not None and not shown.reason:
        raise HTTPException(400)
    _freeze(asked, shown, nonce)
    return RedirectResponse(forms.with_said(f"{PATH}/{window.key}", nonce), 303)


def _shown(asked: Asked, key: str) -> Shown:
    corrects = forms.word(asked.form, "corrects")
    try:
        known_at = datetime.fromisoformat(forms.word(asked.form, "known_at"))
    except ValueError:
        raise HTTPException(400) from None
    if known_at.tzinfo is None:
        raise HTTPException(400)
    number = forms.number(asked.form, "corrects") if corrects else None
    return Shown(key, (), known_at, number, forms.word(asked.form, "note")[:1000])


def _freeze(asked: Asked, shown: Shown, nonce: str) -> None:
    """Who acts is read anew: a role that ended meanwhile decides nothing."""
    desk = asked.desk
    with desk.store.unit() as session:
        office = desk.office_of(session).speaking(asked.viewer.language)
        me = asked.viewer
        fresh = viewer_of(session, me.person_id, me.session, office.today(asked.now), desk.channel)
        if fresh is None or not fresh.is_admin:
            raise HTTPException(404)
        if desk_presses.get(session, nonce) is not None:
            return
        made = freeze(session, office, shown, asked.now, person_id=fresh.person_id, via=ON_SCREEN)
        if made is None:
            reply: Message = say(office.text("ending.answered"))
        else:
            codes = [code_of(office, row) for row in made.answered]
            reply = say(
                office.text("report.done", **issue_named(office, shown, made.issue, made.record), answered=codes)
            )
            by = people.named(session, office.agency_short, fresh.person_id)
            person = people.get(session, fresh.person_id)
            notifier = Notifier(session, office, person, fresh.here.channel, asked.now)
            notifier.tell_admins(told(office, shown, made, by))
        desk_presses.keep(session, nonce, fresh.person_id, (reply,), asked.now)
