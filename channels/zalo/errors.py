"""Every answer and every failure of Zalo's API as a decision: was it sent, will it ever be, may others be.

The envelope decides: errors come with HTTP 200, and successes may bear an error code of 0. The status is looked at only
where there is no envelope, in a page of the gateway.
"""

import json
from typing import Any

import httpx

from channels.errors import ChannelError, Sent
from channels.over_http import sent_by
from channels.zalo.token import Token

NO_UPDATES, NO_WEBHOOK = 408, 404
# What a 400 says where the chat is meant, and not the message.
OF_CHAT = ("chat_id", "chat not found", "user_id", "user not found")
# The documentation gives 403 these words; any other 403 is read as a closed chat.
SERVER_FAULT = "internal server error"


class ZaloError(ChannelError):
    """An answer that is no success; `code` is the platform's error code, None where there is no number for one."""

    def __init__(self, code: int | None, text: str, **decision: Any) -> None:
        super().__init__(text, **decision)
        self.code = code


def result_of(status: int, body: bytes, token: Token) -> Any:
    """What a call gave, None where a success holds nothing; raises ZaloError."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise _no_envelope(status, token.masked(body.decode("utf-8", "replace"))) from None
    if not isinstance(found, dict):
        raise ZaloError(None, "malformed: the answer is no object", sent=Sent.UNKNOWN)
    given = found.get("error_code", found.get("errorCode"))
    code, said_ok = _code(given), found.get("ok")
    if said_ok is True and code in (None, 0) and not (given and code is None):
        return found.get("result")
    if said_ok is None and code == 0:
        return found.get("result")
    if said_ok is not False and code in (None, 0):
        raise ZaloError(None, "malformed: neither a success nor an error", sent=Sent.UNKNOWN)
    said = found.get("description") or found.get("message") or ""
    raise refused(code, token.masked(str(said)))


def refused(code: int | None, said: str) -> ZaloError:
    """The decision for an error of the envelope; `said` is the platform's words, masked."""
    text, low = f"{code or 'no code'} {said}".strip(), said.lower()
    match code:
        case 401:
            words = "the platform does not accept the token (or a proxy answers for it)"
            return ZaloError(code, f"401 {words}", stop=True)
        case 404:
            # The address is wrong, or the platform took a call away: no message gets past it, and none is lost.
            return ZaloError(code, f"404 the platform does not know this call: {said}", stop=True)
        case 429:
            # Too fast, or the month is spent: it does not say which, nor for how long. The bot as a whole is meant.
            return ZaloError(code, f"429 too many: {said}", stop=True)
        case 410:
            return ZaloError(code, text, gone=True)
        case 403 if SERVER_FAULT not in low:
            return ZaloError(code, text, gone=True)
        case 400:
            return ZaloError(code, text, permanent=True, gone=any(words in low for words in OF_CHAT))
        case _:
            return ZaloError(code, text, sent=Sent.UNKNOWN)


def unreached(error: httpx.HTTPError | httpx.InvalidURL) -> ChannelError:
    """The decision for a call that ended without an answer; the text never holds the address."""
    return ChannelError(f"network: {type(error).__name__}", sent=sent_by(error))


def _no_envelope(status: int, said: str) -> ZaloError:
    if status == 429:
        return ZaloError(429, f"429 too many, by the gateway: {said}", stop=True)
    # A gateway that gave up may have handed the message on before.
    return ZaloError(None, f"{status} a page in the place of an answer: {said}", sent=Sent.UNKNOWN)


def _code(given: object) -> int | None:
    """A code, which comes as a number or as a text."""
    if isinstance(given, str):
        given = int(given) if given.strip().lstrip("-").isdecimal() and len(given) < 10 else None
    return given if isinstance(given, int) and not isinstance(given, bool) else None
