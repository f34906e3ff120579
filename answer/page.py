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
from words.mentions import bare
from words.office import Office

TEMPLATES = Path(__file__).parent / "templates"
# In the page itself: on a weak line one answer is all that has to come.
STYLE = (TEMPLATES / "page.css").read_text("utf-8")
STYLE_HASH = f"sha256-{b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}"


def drawn(office: Office, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page; `values` are the template's, beside `t`. Raises UndefinedError for one that nobody gave."""
    style = Markup(STYLE)  # noqa: S704 -- our own file
    text = _environment().get_template(template).render(t=office.text, office=office, style=style, **values)
    # A name inside a sentence bears whose it is until it leaves.
    return HTMLResponse(bare(text), status_code=status)


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
