"""The door's addresses, and the way from a page to the door and back."""

from urllib.parse import urlencode

from starlette.requests import Request

from desk.forms import own_path

SIGN_IN, SECOND, FIRST_VISIT, SEND_CODE = "/vao", "/vao/ma", "/vao/lan-dau", "/vao/gui-ma"
UNLOCK, SIGN_OUT = "/mo-khoa", "/ra"
NEXT = "next"


def sign_in_from(request: Request) -> str:
    """The door, which leads on to the page that was wanted; a form that was sent is no page."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return with_next(SIGN_IN, wanted) if request.method == "GET" and wanted != "/" else SIGN_IN


def with_next(path: str, wanted: str) -> str:
    """A page of the door that leads on to another page of this site."""
    found = own_path(wanted)
    return path if found == "/" else f"{path}?{urlencode({NEXT: found})}"
