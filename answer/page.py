"""Makes a page: a template with what it shows, every sentence from the catalogue, every value escaped, one style."""

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from desk.spoken import spoken
from words.catalogue import Catalogue
from words.mentions import bare
from words.office import Office

TEMPLATES = Path(__file__).parent / "templates"
# In the page itself: on a weak line one answer is all that has to come.
STYLE = (TEMPLATES / "page.css").read_text("utf-8")
STYLE_HASH = f"sha256-{b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}"


def drawn(office: Office, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page; `values` are the template's, beside `t`. Raises UndefinedError for one that nobody gave."""
    return spoken_by(office.text, template, status=status, whose=office.compiler_name, office=office, **values)


def spoken_by(text: Catalogue, template: str, *, status: int = 200, whose: str = "", **values: Any) -> HTMLResponse:
    """The same in a catalogue's words; `whose` page it is, "" where that cannot be said."""
    style = Markup(STYLE)  # noqa: S704 -- our own file
    whole = _environment().get_template(template).render(t=text, whose=whose, style=style, **values)
    # A name inside a sentence bears whose it is until it leaves.
    return HTMLResponse(bare(whole), status_code=status)


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["spoken"] = spoken
    return found
