"""Chốt số liệu at the screen, to a day before the period's end too: exactly the figures that are shown are frozen."""

from datetime import date, datetime, timedelta

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
from reports.figures.freezing import Shown, freeze, reason_of_whole, told
from reports.figures.freezing import named as issue_named
from reports.figures.period import make
from reports.figures.record import Window
from reports.story.events_in_words import ON_SCREEN
from store import desk_presses, people
from words.message import Message, say


def routes(desk: Desk) -> list[Route]:
    """Where the form goes."""
    return [Route(f"{PATH}/{{key}}/chot", posted(desk, press), methods=["POST"])]


def show(asked: Asked) -> Response:
    """What would be frozen: the period's end once it is over, before that the end of the day that the address names.

    Raises HTTPException(404) for who may not, and where there is nothing to freeze.
    """
    window = window_of(asked)
    if not asked.viewer.is_admin:
        raise HTTPException(404)
    day = _day_or_none(asked.query.get("den", ""))
    shown = Shown(window.key, (), asked.now, early=None if window.over else day)
    if not window.over and (day is None or not _is_there(asked, shown)):
        return _ask_day(asked, window, wrong=bool(asked.query.get("den")))
    record = make(asked.session, asked.office, shown.window(asked.office), known_at=asked.now)
    if not record.rows:
        raise HTTPException(404)
    before = issued.latest(asked.session, window.key)
    return render(
        asked,
        "freezing.html",
        key=window.key,
        period=named(asked, window.key),
        window=window,
        record=record,
        early=shown.early,
        figures=figures(record, None),
        corrects=before[0].number if before else None,
        whole=reason_of_whole(asked.office.speaking(None), before, window),
        way_back=f"{PATH}/{window.key}",
    )


def _ask_day(asked: Asked, window: Window, *, wrong: bool) -> Response:
    # The period's last day is its end; today's figures are those of this moment.
    until = min(asked.office.today(asked.now), window.last - timedelta(days=1))
    period = named(asked, window.key)
    return render(asked, "freezing_day.html", key=window.key, period=period, window=window, until=until, wrong=wrong)


def _is_there(asked: Asked, shown: Shown) -> bool:
    """Whether the period has what was shown: of a day of it that has come."""
    try:
        shown.window(asked.office)
    except ValueError:
        return False
    return True


def press(asked: Asked) -> Response:
    """Freezes what was shown, once for its nonce; raises HTTPException 404 or 400 for what no form of ours says."""
    with asked.anew() as again:
        window = window_of(again)
    nonce, shown = forms.word(asked.form, forms.NONCE), _shown(asked, window.key)
    if not forms.is_nonce(nonce) or shown.known_at > asked.now or not _is_there(asked, shown):
        raise HTTPException(400)
    # Of a period's end only what was shown after it.
    if shown.early is None and not shown.window(asked.office).over:
        raise HTTPException(400)
    if (shown.corrects is not None or shown.early) and not shown.reason:
        raise HTTPException(400)
    _freeze(asked, shown, nonce)
    return RedirectResponse(forms.with_said(f"{PATH}/{window.key}", nonce), 303)


def _shown(asked: Asked, key: str) -> Shown:
    corrects, early = forms.word(asked.form, "corrects"), forms.word(asked.form, "early")
    try:
        known_at = datetime.fromisoformat(forms.word(asked.form, "known_at"))
    except ValueError:
        raise HTTPException(400) from None
    if known_at.tzinfo is None:
        raise HTTPException(400)
    number = forms.number(asked.form, "corrects") if corrects else None
    day = forms.day(asked.form, "early") if early else None
    return Shown(key, (), known_at, number, forms.word(asked.form, "note")[:1000], day)


def _day_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


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
