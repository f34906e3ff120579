"""Forms: what may be sent, who sent it, and that it is done once.

Every form bears a token that only a page of the same session knows (against pages of other sites) and a nonce of its
own (against a press that is doubled, or sent again by the browser).
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import date
from typing import TypeVar
from urllib.parse import parse_qsl, quote, urlsplit

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from words.dates import sent_day

CSRF, NONCE, BACK, SAID = "csrf", "nonce", "back", "said"
NONCE_SHAPE = re.compile(r"[A-Za-z0-9_-]{22}")
MOST_BYTES = 256 * 1024
MOST_FIELDS = 500
# Digits of a number: no row of an office has more, and every database takes them.
LONGEST = 12
URLENCODED = "application/x-www-form-urlencoded"
HOME = "/"
Choice = TypeVar("Choice", bound=str)


def new_nonce() -> str:
    """A nonce for one form."""
    return secrets.token_urlsafe(16)


def is_nonce(text: str) -> bool:
    """Whether it is one of our shape."""
    return NONCE_SHAPE.fullmatch(text) is not None


def csrf_of(token: str) -> str:
    """The token of a session's forms: it is derived, so nothing more is kept, and says nothing of the session's."""
    return hmac.new(token.encode(), b"desk form", hashlib.sha256).hexdigest()


def check(form: FormData, token: str) -> None:
    """Raises HTTPException(403) for a form that no page of this session made."""
    if not token or not hmac.compare_digest(word(form, CSRF).encode(), csrf_of(token).encode()):
        raise HTTPException(403)


async def read(request: Request) -> FormData:
    """The fields of a form without files; raises HTTPException 413 or 400 for what is too big or no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != URLENCODED:
        raise HTTPException(400)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise HTTPException(413)
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise HTTPException(400) from None
    sent: list[tuple[str, str | UploadFile]] = [*fields]
    return FormData(sent)


def word(form: FormData, name: str) -> str:
    """A field's text; empty where it was not sent."""
    found = form.get(name, "")
    return found.strip() if isinstance(found, str) else ""


def number_or_none(text: str) -> int | None:
    """The number of a row or a page that a browser sent; None for what is none, or longer than any of ours."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None


def number_of(text: str) -> int:
    """The same; raises HTTPException(404) for what is none, as for a row that is not there."""
    found = number_or_none(text)
    if found is None:
        raise HTTPException(404)
    return found


def number(form: FormData, name: str) -> int:
    """A field's number of a row; raises HTTPException(404) for anything else."""
    return number_of(word(form, name))


def day_or_none(form: FormData, name: str) -> date | None:
    """A field's local day, as a browser sends one (2020-01-31); None where it is none, so that the act asks for it."""
    return sent_day(word(form, name))


def numbers(form: FormData, name: str) -> tuple[int, ...]:
    """A field's numbers of rows, 12,15,40, each once; raises HTTPException(404) for anything else."""
    return tuple(dict.fromkeys(map(number_of, word(form, name).split(","))))


def day(form: FormData, name: str) -> date:
    """A field's day, as a browser sends one; raises HTTPException(400) for anything else."""
    found = sent_day(word(form, name))
    if found is None:
        raise HTTPException(400)
    return found


def one_of(form: FormData, name: str, choices: Sequence[Choice]) -> Choice:
    """A field's choice; raises HTTPException(400) for none that was offered."""
    wanted = word(form, name)
    for each in choices:
        if each == wanted:
            return each
    raise HTTPException(400)


def own_path(text: str) -> str:
    """A path of this site to go back to; the first page for anything that could lead elsewhere."""
    parts = urlsplit(text.replace("\\", "/"))
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith("//"):
        return HOME
    if any(ord(each) < 32 for each in text):
        return HOME
    query = "&".join(each for each in parts.query.split("&") if each and not each.startswith(f"{SAID}="))
    return quote(parts.path, safe="/-_.~%") + (f"?{quote(query, safe='=&-_.~%+')}" if query else "")


def with_said(path: str, nonce: str) -> str:
    """The page to go back to, which shows what came of the form."""
    return f"{path}{'&' if '?' in path else '?'}{SAID}={nonce}"
