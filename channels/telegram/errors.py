"""Every telegram.error as a ChannelError: was it sent, will it ever be, when may we try again.

PTB's BadRequest and TimedOut are both NetworkErrors, so the decision is made by the most special class and then by
the httpx cause: an error before the request left means "not sent", one while the answer was awaited "unknown".
"""

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    PassportDecryptionError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from channels.errors import ChannelError, FileGoneError, NotArrivedError, RivalError, Sent
from channels.over_http import sent_by
from words.faults import Fault

# Refusals that say something about the chat, and not about this message.
CHAT_IS_GONE = ("chat not found", "user is deactivated", "peer_id_invalid")
GROUP_IS_GONE = ("bot was kicked", "is not a member of", "group chat was deactivated", "group chat was deleted")
# A right that a group withholds, of one kind of message: the chat itself takes the other kinds, and takes this one
# as soon as the right is given. What names no kind is about all of them.
WITHHELD = {
    "rights to send photos": Fault.NO_PICTURES,
    "chat_send_photos_forbidden": Fault.NO_PICTURES,
    "rights to send documents": Fault.NO_FILES,
    "chat_send_docs_forbidden": Fault.NO_FILES,
    "chat_send_media_forbidden": Fault.NO_FILES,
    "rights to send": Fault.NO_WORDS,
    "chat_send_plain_forbidden": Fault.NO_WORDS,
    "chat_write_forbidden": Fault.NO_WORDS,
    "chat_restricted": Fault.NO_WORDS,
}


def classify(error: TelegramError) -> ChannelError:
    """The decision for an error of any call; the text never holds an address, which would hold the token."""
    match error:
        case RetryAfter():
            wait = error.retry_after
            seconds = wait if isinstance(wait, int | float) else wait.total_seconds()
            return ChannelError("429 retry later", retry_after=float(seconds))
        case ChatMigrated():
            return ChannelError("the group became a supergroup", moved_to=str(error.new_chat_id))
        case Forbidden():
            return _refused("403", error.message) or ChannelError(f"403 {error.message}", gone=True)
        case InvalidToken():
            return ChannelError("the platform does not accept the token (or a proxy answers for it)", stop=True)
        case Conflict():
            return RivalError("409 another program receives this bot's messages", stop=True)
        case EndPointNotFound():
            return ChannelError("404 the platform does not know this call", permanent=True)
        case BadRequest():
            return _refused("400", error.message) or ChannelError(f"400 {error.message}", permanent=True)
        case PassportDecryptionError():
            return ChannelError("passport data cannot be read", permanent=True)
        case TimedOut() | NetworkError():
            return _by_cause(error)
        case _:
            return ChannelError(f"{type(error).__name__}: {error.message}", sent=Sent.UNKNOWN)


def classify_fetch(error: TelegramError) -> ChannelError:
    """The decision for a file: too big is final, any other bad request may be "temporarily unavailable"."""
    if type(error) is BadRequest and "too big" in error.message.lower():
        return FileGoneError(f"400 {error.message}", permanent=True)
    return classify(error)


def classify_download(error: TelegramError) -> ChannelError:
    """The decision for the address of a file, which getFile gave: a 404 there says nothing about the token."""
    if isinstance(error, InvalidToken | Forbidden | BadRequest):
        return NotArrivedError("the address of the file leads nowhere")
    return classify(error)


def _refused(status: str, message: str) -> ChannelError | None:
    """What a refusal says about the chat or about our rights in it; None where it is about this message."""
    said, text = message.lower(), f"{status} {message}"
    if any(words in said for words in GROUP_IS_GONE):
        return ChannelError(text, gone=True, fault=Fault.REMOVED)
    if any(words in said for words in CHAT_IS_GONE):
        return ChannelError(text, gone=True)
    withheld = next((fault for words, fault in WITHHELD.items() if words in said), None)
    return ChannelError(text, permanent=True, fault=withheld) if withheld else None


def _by_cause(error: TelegramError) -> ChannelError:
    cause = error.__cause__
    sent = Sent.NO if "pool timeout" in error.message.lower() else sent_by(cause)
    name = type(cause).__name__ if cause is not None else error.message
    return ChannelError(f"network: {name}", sent=sent)
