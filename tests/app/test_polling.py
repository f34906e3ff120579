"""How soon the platform is asked again after a poll that failed."""

import pytest

from app.polling import SOON_S, TROUBLE_S, pause_s
from channels.errors import ChannelError

CUT, BURST, ASKED = ChannelError("cut"), ChannelError("a burst", stop=True), ChannelError("wait", retry_after=7.0)


@pytest.mark.parametrize(
    ("error", "failed", "forgets", "pause"),
    [
        (CUT, 1, True, SOON_S),
        (CUT, 2, True, TROUBLE_S),
        (BURST, 1, True, TROUBLE_S),
        (ASKED, 1, True, 7.0),
        (CUT, 1, False, TROUBLE_S),
    ],
)
def test_where_what_people_say_meanwhile_is_lost_it_is_asked_again_soon(
    error: ChannelError, failed: int, forgets: bool, pause: float
) -> None:
    assert pause_s(error, failed, forgets=forgets) == pause
