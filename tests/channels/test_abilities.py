"""What Telegram says it can is what the conversation needs of it."""

import re

from bot.commands import menu
from channels.telegram import buttons
from channels.telegram.abilities import ABILITIES


def test_every_name_in_a_menu_is_made_of_the_letters_that_the_platform_takes() -> None:
    names = {name for place in ("private", "group", "admin", "leader") for name, _ in menu(place)}
    assert names
    assert {name for name in names if not re.fullmatch(ABILITIES.menu, name)} == set()


def test_the_longest_command_that_a_button_is_said_to_hold_fits_beside_the_largest_delivery() -> None:
    largest = 36**12 - 1
    assert buttons.unpack(buttons.pack(largest, "x" * ABILITIES.button_bytes)) == (
        largest,
        "x" * ABILITIES.button_bytes,
    )


def test_an_invite_is_a_link_that_hands_over_the_code() -> None:
    assert ABILITIES.invite_link("nhacviec_bot", "abc-_1") == "https://t.me/nhacviec_bot?start=abc-_1"
