"""How a call to a platform fails, and what is known after it."""

from enum import StrEnum

from plan.errors import NhacViecError
from words.faults import Fault

# After how many seconds it is worth looking whether a channel was set up that was not.
HELD_AGAIN_S = 3600.0


class Sent(StrEnum):
    """What is known after a failed send."""

    NO = "no"
    UNKNOWN = "unknown"


class ChannelError(NhacViecError):
    """A call to the platform failed; the fields carry the decision.

    `sent`: certainly not, or unknown. `permanent`: this message will never be taken. `gone`: nor will any other in
    this chat. `stop`: no chat takes anything (token, proxy). `fault`: the word by which people are told; the text
    itself is for the log.
    `retry_after`: seconds the platform asks for. `moved_to`: the chat's new id.
    """

    def __init__(
        self,
        text: str,
        *,
        sent: Sent = Sent.NO,
        permanent: bool = False,
        gone: bool = False,
        stop: bool = False,
        retry_after: float | None = None,
        moved_to: str | None = None,
        fault: Fault | None = None,
    ) -> None:
        super().__init__(text)
        told = Fault.CLOSED if gone else Fault.REFUSED if permanent else Fault.PERHAPS
        self.fault = fault or (told if permanent or gone or sent is Sent.UNKNOWN else Fault.OTHER)
        self.sent, self.permanent, self.gone, self.stop = sent, permanent or gone, gone, stop
        self.retry_after, self.moved_to = retry_after, moved_to

    @property
    def is_of_platform(self) -> bool:
        """Whether the platform as a whole seems to be away, and not this chat or this message to be at fault."""
        about_one = self.permanent or self.moved_to is not None or self.retry_after is not None
        return self.stop or not about_one


class RivalError(ChannelError):
    """Another program receives the messages that are ours: two copies of the service with one token."""


class UnreadableError(NhacViecError):
    """An update is not built as the platform's documentation says; it will not be in a minute either."""


class FileGoneError(ChannelError):
    """The platform will not hand this file over, now or later."""


class NotArrivedError(ChannelError):
    """What came for a file is not the file: nothing, a part of it, or a page that says something else."""


class NotHeldError(ChannelError):
    """This process has no channel of that name; the row waits for one that has."""

    def __init__(self, channel: str) -> None:
        super().__init__(f"no channel {channel!r} is set up here", retry_after=HELD_AGAIN_S)
