"""A picture or document that left as a link: read for a day, in a response that can do nothing in our pages."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from answer import page
from answer.place import Place
from desk.file_response import PICTURES, of_file
from files.content import export_name
from store import file_links
from store.link_tables import FileLink
from words.links import TOKEN
from words.render import size


def show(place: Place, request: Request) -> Response:
    """The page of a file: a picture itself, of anything else its name and where it is taken from."""
    found = _found(place, request)
    with place.store.look() as session:
        office = place.office_of(session)
    return page.drawn(
        office,
        "file.html",
        name=_name(found),
        size=size(len(found.data)),
        href=f"{request.url.path}/tep",
        is_picture=found.content in PICTURES,
        until=found.expires_at,
        address=office.public_url + request.url.path,
    )


def whole(place: Place, request: Request) -> Response:
    """Its bytes."""
    found = _found(place, request)
    return of_file(_name(found), found.content, found.data)


def _found(place: Place, request: Request) -> FileLink:
    """Raises HTTPException(404) for what is over or never was, and 429 for who asks for much of that."""
    now, token = place.clock(), request.path_params["token"]
    with place.store.look() as session:
        found = file_links.by_token(session, token, now) if TOKEN.fullmatch(token) else None
    if found is None:
        host = request.client.host if request.client is not None else ""
        raise HTTPException(404 if place.limits.guesses.takes(host, now) else 429)
    return found


def _name(found: FileLink) -> str:
    return export_name(found.name or "hinh", found.content)
