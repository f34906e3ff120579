"""What a page offers to take back of what a form has just done: the buttons that the chat would have put under it."""

import re
from dataclasses import dataclass

from words.message import Message

# What each mark of a reference names.
NAMED = {"#": "obligation", "S": "submission", "R": "request", "Y": "opinion", "H": "inquiry"}
TAKE_BACK = re.compile(r"/takeback ([#SRYH])(\d{1,12})")
UNDO = re.compile(r"/undo (\d{1,12})")
ASSIGNEE = re.compile(r"/assignee #(\d{1,12}) (?:P(\d{1,12})|-)")


@dataclass(frozen=True)
class Undo:
    """One press: `act` of `desk.acts` with its fields; it is asked of the act itself whether it is still in time."""

    act: str
    button: str
    fields: tuple[tuple[str, str], ...]


def offered(message: Message) -> list[Undo]:
    """The presses under a reply that take back what it says."""
    found = []
    for button in (each for row in message.buttons for each in row):
        command = button.command
        if match := TAKE_BACK.fullmatch(command):
            found.append(Undo("take-back", button.label, ((NAMED[match[1]], match[2]),)))
        elif match := UNDO.fullmatch(command):
            found.append(Undo("undo", button.label, (("submission", match[1]),)))
        elif match := ASSIGNEE.fullmatch(command):
            found.append(Undo("assignee", button.label, (("obligation", match[1]), ("person", match[2] or ""))))
    return found
