"""How a reminder asks, by how the work stands in time."""

import pytest

from plan.lateness import Lateness
from plan.tone import Tone, tone


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (Lateness(), Tone.REMIND),
        (Lateness(days_left=15), Tone.REMIND),
        (Lateness(days_left=4), Tone.REMIND),
        (Lateness(days_left=3), Tone.ASK),
        (Lateness(days_left=0), Tone.ASK),
        (Lateness(is_late=True, days_late=0), Tone.ASK),
        (Lateness(is_late=True, days_late=5), Tone.ASK),
        (Lateness(is_late=True, days_late=6), Tone.URGE),
        (Lateness(is_late=True, days_late=300), Tone.URGE),
        (Lateness(days_left=20, days_returned=1), Tone.ASK),
        (Lateness(days_returned=6), Tone.URGE),
    ],
)
def test_it_grows_to_an_urgent_request_and_never_further(found: Lateness, wanted: Tone) -> None:
    assert tone(found) is wanted
