"""A short run of what `make fuzz` does at length: whatever a phone sends, everything that must hold holds."""

import pytest

from tests.fuzz.run import feed


@pytest.mark.long
def test_whatever_phones_send_everything_that_must_hold_holds() -> None:
    outcome = feed(1500, start=20200102)
    assert outcome.updates >= 1500
    assert not outcome.faults, "\n\n".join(outcome.faults[:3])
    kinds = {kind for kind, _ in outcome.counts}
    assert {"message", "edited_message", "callback_query", "my_chat_member", "migration"} <= kinds
