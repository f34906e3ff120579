"""The codec of buttons: what goes in comes out, within 64 bytes, and nothing else is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.buttons import LIMIT, ButtonError, pack, unpack

COMMANDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(st.integers(0, 36**8), COMMANDS)
def test_what_is_packed_comes_out_or_is_refused(delivery: int, command: str) -> None:
    try:
        data = pack(delivery, command)
    except ButtonError:
        assert len(command.encode()) > LIMIT - 12
        return
    assert len(data.encode()) <= LIMIT
    assert unpack(data) == (delivery, command)


@given(st.text(max_size=80))
def test_foreign_data_is_refused_or_read_as_what_it_says(data: str) -> None:
    try:
        delivery, command = unpack(data)
    except ButtonError:
        return
    assert command
    assert delivery >= 0


def test_a_long_command_is_refused() -> None:
    with pytest.raises(ButtonError):
        pack(1, "/done " + "đ" * 40)
