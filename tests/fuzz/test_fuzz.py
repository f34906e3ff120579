"""A short run of what `make fuzz` does at length: whatever a phone sends, everything that must hold holds."""

import pytest

from tests.fuzz.run import feed

OF_TELEGRAM = {"message", "edited_message", "callback_query", "my_chat_member", "migration"}
OF_ZALO = {"text", "image", "voice", "group, text", "unsupported", "bots", "foreign chat", "no update", "text, broken"}


@pytest.mark.long
@pytest.mark.parametrize(("name", "wanted"), [("telegram", OF_TELEGRAM), ("zalo", OF_ZALO)])
def test_whatever_phones_send_everything_that_must_hold_holds(name: str, wanted: set[str]) -> None:
    outcome = feed(1500, start=20200102, name=name)
    assert outcome.updates >= 1500
    assert not outcome.faults, "\n\n".join(outcome.faults[:3])
    assert wanted <= {kind for kind, _ in outcome.counts}


def test_some_of_what_zalo_brings() -> None:
    outcome = feed(100, start=20200102, name="zalo")
    assert not outcome.faults, "\n\n".join(outcome.faults[:3])
    assert {"answered", "silent"} <= {end for _, end in outcome.counts}
