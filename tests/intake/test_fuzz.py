"""Some hundred broken documents in each run; `make fuzz-intake` feeds 100,000."""

import warnings

from tests.intake.fuzz import feed


def test_broken_documents_are_read_or_refused() -> None:
    with warnings.catch_warnings():
        # The libraries warn of what they mend in a broken file; our own code is under no warning here.
        warnings.simplefilter("ignore")
        ended = feed(300, seed=7)
    assert sum(ended.values()) == 300
    assert {"read", "broken"} <= set(ended)
