"""What is known of the real platform only by hearsay: each a switch, set to the reading that is worse for us."""

from dataclasses import dataclass
from typing import Literal


@dataclass
class Assumptions:
    """`kept_s` is for how many seconds what people write is kept while no poll is open; 0: for no moment.

    `poll_every_s` is how often one may poll, in seconds of real time: more often is answered with a page. `again` is
    how often each update comes again. `closed` is the code for a chat that was closed to the bot, `most_messages` how
    many leave in a month, `photo_lives_s` how long the address of a photo serves. `cut_polls_take` says that a poll
    whose caller is gone still takes the next update, to nowhere.
    """

    kept_s: float = 0.0
    poll_every_s: float = 1.0
    again: int = 0
    errors_in_200: bool = True
    idle_status: Literal[200, 408] = 200
    code_as_text: bool = False
    code_field: Literal["error_code", "errorCode"] = "error_code"
    zero_on_success: bool = True
    two_servers_named: bool = True
    wrapped_hooks: bool = False
    photo_field: Literal["photo_url", "photo"] = "photo_url"
    unsupported_is_named: bool = False
    closed: Literal[403, 410] = 410
    most_messages: int = 3000
    photo_lives_s: float = 60.0
    cut_polls_take: bool = True
    # Only on this machine: the real one takes public https addresses alone.
    loopback_webhooks: bool = False
