"""Packs a button's command and the outbox row it stands under into the 64 bytes that Telegram gives back on a press."""

from plan.errors import NhacViecError

LIMIT = 64
# Twelve digits of the delivery and the bar are taken.
ROOM = LIMIT - 13
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class ButtonError(NhacViecError):
    """A command is too long for a button, or the data of a press is not ours."""


def pack(delivery: int, command: str) -> str:
    """The callback data of a button; raises ButtonError over 64 bytes of UTF-8 (Bot API, InlineKeyboardButton)."""
    data = f"{_base36(delivery)}|{command}"
    if len(data.encode()) > LIMIT:
        raise ButtonError(f"a button's command is too long: {command!r}")
    return data


def unpack(data: str) -> tuple[int, str]:
    """The outbox row and the command; raises ButtonError for anything that `pack` did not make."""
    number, bar, command = data.partition("|")
    if not bar or not number or not command or any(char not in DIGITS for char in number) or len(number) > 12:
        raise ButtonError("not a button of ours")
    return int(number, 36), command


def _base36(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text or "0"
