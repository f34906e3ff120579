"""The two cookies: who is signed in, and which device this is."""

import re
import secrets
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import Response

from desk.desk import Desk
from store.desk_sessions import TOKEN_BYTES, Computer

# Behind TLS the browser itself refuses such a cookie from anybody but this very host; and one of a path, where several
# share a host, from whom it came without TLS.
PREFIX, PREFIX_OF_PATH = "__Host-", "__Secure-"
SESSION, DEVICE = "desk", "desk_device"
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
DEVICE_S = 400 * 86_400
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")
BROWSERS = (("Edg/", "Edge"), ("coc_coc_browser", "Cốc Cốc"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
            ("Chrome/", "Chrome"), ("Safari/", "Safari"))  # fmt: skip


def name_of(desk: Desk, name: str) -> str:
    """A cookie's name as the browser knows it."""
    if not desk.secure:
        return name
    return (PREFIX_OF_PATH if desk.root else PREFIX) + name


def token(desk: Desk, request: Request) -> str:
    """The session's token that a browser sent; empty for none, or for what is none of ours."""
    return _ours(request.cookies.get(name_of(desk, SESSION), ""))


def device(desk: Desk, request: Request) -> str:
    """The device's token that a browser sent; empty for a new one."""
    return _ours(request.cookies.get(name_of(desk, DEVICE), ""))


def new_device() -> str:
    """A token for a device that has none."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def computer(desk: Desk, request: Request) -> Computer:
    """From where a request comes."""
    return Computer(device(desk, request), _browser(request.headers.get("user-agent", "")), address(desk, request))


def address(desk: Desk, request: Request) -> str:
    """The network address that a request comes from; behind the proxy that ends TLS on this machine, what it says.

    The last address that it names is the one that it saw itself: what stands before it anybody may write.
    """
    peer = request.client.host if request.client is not None else ""
    if not desk.secure or not _is_address(peer) or not ip_address(peer).is_loopback:
        return peer
    named = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return named if _is_address(named) else peer


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def put_token(desk: Desk, response: Response, value: str) -> None:
    """Gives the browser a session's token; it goes with the browser's end."""
    _put(desk, response, SESSION, value, None)


def put_device(desk: Desk, response: Response, value: str) -> None:
    """Gives the browser a device's token."""
    _put(desk, response, DEVICE, value, DEVICE_S)


def take_token(desk: Desk, response: Response) -> None:
    """Takes the session's token from the browser."""
    response.delete_cookie(
        name_of(desk, SESSION), path=f"{desk.root}/", secure=desk.secure, httponly=True, samesite="lax"
    )


def _put(desk: Desk, response: Response, name: str, value: str, age: int | None) -> None:
    path = f"{desk.root}/"
    response.set_cookie(
        name_of(desk, name), value, max_age=age, path=path, secure=desk.secure, httponly=True, samesite="lax"
    )


def _ours(value: str) -> str:
    return value if TOKEN.fullmatch(value) else ""


def _browser(agent: str) -> str:
    """What a browser calls itself, in two words of ours: none of its own are kept."""
    system = next((each for each in SYSTEMS if each in agent), "")
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    return " · ".join(filter(None, (browser, system.replace("Mac OS X", "macOS"))))
