"""Makes a page: a template with what it shows, every sentence from the catalogue, every value escaped."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from desk import forms, navigation, undoing
from desk.desk import Asked
from desk.spoken import spoken
from desk.undoing import Undo
from progress.submit import UNDO
from store import desk_presses
from words import render as looks
from words.catalogue import Catalogue
from words.mentions import bare
from words.message import Message
from words.office import Office

HERE = Path(__file__).parent


def render(asked: Asked, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page for somebody who is signed in: `values` are the template's, beside `asked`, `t`, `viewer` and `nonce`.

    Raises UndefinedError for a value that the template names and nobody gave.
    """
    shared = {
        "asked": asked,
        "viewer": asked.viewer,
        "csrf": asked.csrf,
        "nonce": forms.new_nonce,
        "back": asked.request.url.path + (f"?{asked.request.url.query}" if asked.request.url.query else ""),
        "nav": navigation.of(asked),
        "said": _said(asked),
    }
    return drawn(asked.office, template, status=status, **shared, **values)


def drawn(office: Office, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page for anybody: the door's pages, and what is not there."""
    return spoken_by(office.text, template, status=status, office=office, **values)


def spoken_by(text: Catalogue, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page that is no office's, as the board of all; `values` are the template's, beside `t`."""
    whole = _environment().get_template(template).render(t=text, **values)
    # A name inside a sentence bears whose it is until it leaves.
    return HTMLResponse(bare(whole), status_code=status)


def _said(asked: Asked) -> list[tuple[Message, list[Undo]]]:
    """What came of the form that led here, where it was this person's, and what takes it back while that is new."""
    nonce = asked.query.get(forms.SAID, "")
    row = desk_presses.get(asked.session, nonce) if forms.is_nonce(nonce) else None
    if row is None or row.person_id != asked.viewer.person_id:
        return []
    is_new = asked.now <= row.at + UNDO
    return [(each, undoing.offered(each) if is_new else []) for each in desk_presses.replies_of(row)]


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["day"], found.filters["spoken"] = looks.day, spoken
    return found
