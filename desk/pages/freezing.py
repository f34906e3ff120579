"""Chốt số liệu at the screen, to a day before the period's end too: exactly the figures that are shown are frozen."""

from datetime import datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from desk import forms
from desk.desk import Asked, Desk
from desk.page import render
from desk.pages.reports import OF_AGENCIES, PATH, figures, named, place_of, scope_of, window_of
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
from words.dates import sent_day
from words.message import Message, say


def routes(desk: Desk) -> list[Route]:
    """Where the form goes: for the whole office, and for an agency."""
    paths = (f"{PATH}/{{key}}/chot", f"{OF_AGENCIES}/{{agency}}/{{key}}/chot")
    return [Route(path, posted(desk, press), methods=["POST"]) for path in paths]


def show(asked: Asked) -> Response:
    """What would be frozen: the period's end once it is over, before that the end of the day that the address names.

    Raises HTTPException(404) for who may not, and where there is nothing to freeze.
    """
    scope, window = scope_of(asked), window_of(asked)
    if not asked.viewer.is_admin:
        raise HTTPException(404)
    day = sent_day(asked.query.get("den", ""))
    shown = Shown(window.key, scope, asked.now, early=None if window.over else day)
    if not window.over and (day is None or not _is_there(asked, shown)):
        return _ask_day(asked, window, scope, wrong=bool(asked.query.get("den")))
    record = make(asked.session, asked.office, shown.window(asked.office), scope=scope, known_at=asked.now)
    if not record.rows:
        raise HTTPException(404)
    before = issued.latest(asked.session, window.key, scope)
    return render(
        asked,
        "freezing.html",
        period=named(asked, window.key),
        about=record.about,
        window=window,
        record=record,
        early=shown.early,
        figures=figures(record, None),
        corrects=before[0].number if before else None,
        whole=reason_of_whole(asked.office.speaking(None), before, window),
        way_back=place_of(window.key, scope),
    )


def _ask_day(asked: Asked, window: Window, scope: tuple[str, ...], *, wrong: bool) -> Response:
    # The period's last day is its end; today's figures are those of this moment.
    until = min(asked.office.today(asked.now), window.last - timedelta(days=1))
    period = named(asked, window.key)
    place = place_of(window.key, scope)
    return render(asked, "freezing_day.html", place=place, period=period, window=window, until=until, wrong=wrong)


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
        scope, window = scope_of(again), window_of(again)
    nonce, shown = forms.word(asked.form, forms.NONCE), _shown(asked, window.key, scope)
    if not forms.is_nonce(nonce) or shown.known_at > asked.now or not _is_there(asked, shown):
        raise HTTPException(400)
    # Of a period's end only what was shown after it.
    if shown.early is None and not shown.window(asked.office).over:
        raise HTTPException(400)
    if (shown.corrects is not None or shown.early) and not shown.reason:
        raise HTTPException(400)
    _freeze(asked, shown, nonce)
    return RedirectResponse(forms.with_said(place_of(window.key, scope), nonce), 303)


def _shown(asked: Asked, key: str, scope: tuple[str, ...]) -> Shown:
    corrects, early = forms.word(asked.form, "corrects"), forms.word(asked.form, "early")
    try:
        known_at = datetime.fromisoformat(forms.word(asked.form, "known_at"))
    except ValueError:
        raise HTTPException(400) from None
    if known_at.tzinfo is None:
        raise HTTPException(400)
    number = forms.number(asked.form, "corrects") if corrects else None
    day = forms.day(asked.form, "early") if early else None
    return Shown(key, scope, known_at, number, forms.word(asked.form, "note")[:1000], day)


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
