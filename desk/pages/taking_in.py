"""What came by mail or on paper, many at once: a line for each report that is missing, each an act of its own.

A line that is filled in and has no mistake is recorded once; one that has stays in the form with what is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from desk import acting, forms, list_links, uploads
from desk.desk import Asked, Desk
from desk.page import render
from desk.pages.reports import PATH, by_agency, named, window_of
from desk.queue.many import derived, keep
from desk.requests import posted
from progress.acts.decisions import Delivered, RecordPaper
from progress.acts.on_paper import moment
from progress.handed_in import handed_in
from progress.items import code_of
from reports.figures.record import Window
from store.tables import Obligation
from words.dates import sent_day
from words.message import Message, plain
from words.office import Office

LONGEST = 200
# What a browser sends of so many lines goes through the lock, too.
AT_ONCE = 50
FIELDS = ("day", "time", "way", "number", "signed", "title")
# Where one of these is filled in, the line is meant.
MEANT = ("day", "time", "number", "signed", "title", "file")


@dataclass(frozen=True)
class Line:
    """A report that is missing, and what was typed about it; `wrong` names the sentence that says what is."""

    row: int
    agency: str
    code: str
    path: str
    returned: bool
    typed: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys((*FIELDS, "file"), ""))
    wrong: str = ""


@dataclass(frozen=True)
class Came:
    """How a report came: its moment (UTC), the way, and the words that are recorded of it."""

    day: date
    at: datetime
    way: Delivered
    words: str


class WrongError(Exception):
    """A line has a mistake; `key` names the sentence."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


def routes(desk: Desk) -> list[Route]:
    """Where the form goes."""
    return [Route(f"{PATH}/{{key}}/nhan", posted(desk, take, read=uploads.whole), methods=["POST"])]


def show(asked: Asked) -> Response:
    """The form; raises HTTPException(404) for who decides nothing, and for a period that has not begun."""
    window = window_of(asked)
    if not asked.viewer.is_admin:
        raise HTTPException(404)
    return _shown(asked, window, lines(asked, window.key))


def take(asked: Asked) -> Response:
    """Records each line that is filled in and right, once for the form's nonce; shows the others again."""
    nonce = forms.word(asked.form, forms.NONCE)
    with asked.anew() as again:
        window = window_of(again)
        if not asked.viewer.is_admin or not forms.is_nonce(nonce):
            raise HTTPException(404)
        typed = [(line, _typed(asked.form, line.row)) for line in lines(again, window.key)]
    meant = [(line, words) for line, words in typed if any(words[name] for name in MEANT)]
    left: list[Line] = []
    replies: list[Message] = []
    for line, words in meant:
        said, wrong = _record(asked, window, line, words, nonce)
        replies += said
        left += [replace(line, typed=words, wrong=wrong)] if wrong else []
    if replies:
        keep(asked, nonce, replies, len(replies))
    if not left:
        # Sent again, what was recorded is missing no more: what was said of it is shown again.
        return RedirectResponse(forms.with_said(f"{PATH}/{window.key}", nonce), 303)
    with asked.anew() as again:
        # Whatever page of the form it was, what is wrong stands first.
        wrong_ones = {line.row: line for line in left}
        found = lines(again, window.key)
        shown = [*wrong_ones.values(), *(line for line in found if line.row not in wrong_ones)]
        return _shown(again, window, shown, replies)


def lines(asked: Asked, key: str) -> list[Line]:
    """The reports of a period that are missing, in the order of the plan."""
    return [_line(asked.office, row) for row in by_agency(asked.office, handed_in(asked.session, key).missing)]


def _line(office: Office, row: Obligation) -> Line:
    name, number = office.agency_short(row.agency_id), row.id or 0
    return Line(number, name, code_of(office, row), list_links.of_task(number), row.kept_at is not None)


def _shown(asked: Asked, window: Window, found: list[Line], done: list[Message] | None = None) -> Response:
    pages = max(1, -(-len(found) // AT_ONCE))
    page = min(pages, max(1, forms.number_or_none(asked.query.get("trang", "")) or 1))
    return render(
        asked,
        "taking_in.html",
        key=window.key,
        period=named(asked, window.key),
        lines=found[AT_ONCE * (page - 1) : AT_ONCE * page],
        page=page,
        pages=pages,
        done=done or [],
        wrong=sum(1 for each in found if each.wrong),
        ways=tuple(Delivered),
        first=window.first,
        today=asked.office.today(asked.now),
        way_back=f"{PATH}/{window.key}",
    )


def _typed(form: FormData, row: int) -> dict[str, str]:
    found = {name: forms.word(form, f"{name}-{row}") for name in FIELDS}
    sent = form.get(f"file-{row}")
    # What is no file is the name of one that was chosen before the page was locked.
    found["file"] = (sent.filename or "") if isinstance(sent, UploadFile) else forms.word(form, f"file-{row}")
    return found


def _record(
    asked: Asked, window: Window, line: Line, typed: Mapping[str, str], nonce: str
) -> tuple[tuple[Message, ...], str]:
    """What is said of a line that was recorded, or the sentence's name of what is wrong with it."""
    file = uploads.of(asked.form, f"file-{line.row}")
    try:
        if typed["file"] and (file is None or not file.data):
            raise WrongError("file")
        came = read(asked.office.speaking(None), window, typed, asked.now)
    except WrongError as error:
        return (), error.key
    own = derived(nonce, f"take in {line.row}")
    said = acting.said_here(asked.viewer, own, asked.now, came.words)
    act = RecordPaper(said, (line.row,), came.day, came.at, came.way, open_only=True)
    done = acting.carry_out(asked.desk, asked.viewer, act, own, asked.now, (file,) if file else ())
    return done.replies, ""


def read(office: Office, window: Window, typed: Mapping[str, str], now: datetime) -> Came:
    """What a line says; raises WrongError.

    A report came between the first day of its period and now; without an hour it counts from the day's close, as the
    chat counts paper. The document was signed on no later day, and is recorded in the office's language.
    """
    day = _day(typed["day"], "day")
    at = _moment(office, day, typed["time"], now)
    if at > now or day > office.today(now):
        raise WrongError("future")
    if day < window.first:
        raise WrongError("before")
    signed = _day(typed["signed"], "signed") if typed["signed"] else None
    if signed is not None and (not typed["number"] or signed > day):
        raise WrongError("signed_later" if typed["number"] else "number")
    if typed["way"] not in tuple(Delivered):
        raise WrongError("way")
    if max(len(typed["number"]), len(typed["title"])) > LONGEST:
        raise WrongError("long")
    way, said = Delivered(typed["way"]), {name: typed[name] for name in ("number", "title")}
    words = plain(office.text("intake_form.note", signed=signed, way=way, at=at, **said))
    return Came(day, at, way, words)


def _day(text: str, key: str) -> date:
    found = sent_day(text)
    if found is None:
        raise WrongError(key)
    return found


def _moment(office: Office, day: date, typed: str, now: datetime) -> datetime:
    if not typed:
        return moment(office, day, now)
    try:
        return datetime.combine(day, time.fromisoformat(typed), office.zone).astimezone(UTC)
    except ValueError:
        raise WrongError("time") from None
