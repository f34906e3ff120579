"""A message as its channel can show it: in pages that it takes, with words in the place of buttons and files."""

import re
from dataclasses import replace

from channels.abilities import Abilities
from words import links
from words.languages import typed_in
from words.message import Button, Choice, Message, length, pages
from words.office import Office

# What a message says to write: words in quotation marks behind the verb, or a command.
TO_TYPE = re.compile(r"(?i:nhắn|gửi|trả lời|send|reply|write):? «([^«»\n]+)»|(?<![\w/:.])(/[a-z0-9_]+)")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def fitted(office: Office, message: Message, can: Abilities, after: str = "", bot: str = "") -> tuple[Message, ...]:
    """The message in as many pages as the channel needs; what fits already stays as it is.

    `after` is the letter behind which its choices begin, where it has to have some. `bot` is our name in a group that
    hands over only what begins with it.
    """
    if not can.buttons:
        message = in_words(office, message, after)
    if bot:
        message = _by_name(office, message, bot)
    if message.carries and not can.send:
        message = _without_its_file(office, message, can)
    return pages(message, room(office, message, can), can.measure)


def _by_name(office: Office, message: Message, bot: str) -> Message:
    """With a line that says how what is to be typed begins there, where something is, and once."""
    found = TO_TYPE.search(message.plain)
    example = message.choices[0].letter if message.choices else (found[1] or found[2]) if found is not None else ""
    if not example or f"@{bot} " in message.plain:
        return message
    return replace(message, parts=(*message.parts, office.text("typed.by_name", bot=bot, example=example)))


def _without_its_file(office: Office, message: Message, can: Abilities) -> Message:
    """With a link in its place, on the first page, where the office has a public address; otherwise with words alone.

    What it carries stays named where a link is: it is made when the message leaves (delivery.sender).
    """
    is_file = message.attachment is not None
    if not office.public_url:
        parts = (*message.parts, office.text("typed.no_file")) if is_file else message.parts
        return replace(message, parts=parts, picture=None, attachment=None)
    link = office.text("typed.file_link" if is_file else "typed.picture_link", link=links.to_file(office.public_url))
    first = 1 if message.parts and length(message.parts[0], can.measure) <= room(office, message, can) // 2 else 0
    return replace(message, parts=(*message.parts[:first], link, *message.parts[first:]))


def room(office: Office, message: Message, can: Abilities) -> int:
    """How long the text may be, so that the mark of a repeat still finds its place."""
    return can.most(message) - length(office.text("mark.perhaps_twice"), can.measure) - 2


def in_words(office: Office, message: Message, after: str = "") -> Message:
    """The same without buttons: a line says what to type for each of them; those without words have a letter."""
    message = typed_in(message)
    buttons = [button for row in message.buttons for button in row]
    said = [button.typed for button in buttons if button.typed]
    # A code with its title is chosen by the code: the title is read beside it.
    titles = [each.label for each in buttons if each.typed and each.label.startswith(f"{each.typed} ")]
    coded = [(button.label, _command(office, button)) for button in buttons if not button.typed]
    choices = tuple(Choice(letter, *each) for letter, each in zip(letters_after(after), coded, strict=False))
    parts = message.typed_parts or message.parts
    answers = office.text("typed.answers", answers=said, titles=titles) if said else ""
    options = office.text("typed.options", choices=choices, others=coded[len(choices) :]) if coded else ""
    shown = tuple(part for part in (*parts, answers, options) if part)
    return Message(shown, (), message.picture, message.attachment, choices=message.choices or choices)


def letters_after(letter: str) -> str:
    """All letters in the order in which they are given out next: the one behind the last first, and A behind Z."""
    begins = LETTERS.find(letter) + 1 if letter else 0
    return LETTERS[begins:] + LETTERS[:begins]


def _command(office: Office, button: Button) -> str:
    """What a button says, with the command's name as people know it."""
    verb, space, rest = button.command.removeprefix("/").partition(" ")
    return f"/{office.command_names.get(verb, verb)}{space}{rest}"
