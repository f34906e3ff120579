"""A message as a value: pieces of text and buttons, with no platform in it."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from words.mentions import bare

Measure = Callable[[str], int]
"""How long a platform says that a text is, once it is read without markup."""

TAG = re.compile(r"<(/?)(b|i|code)>")


@dataclass(frozen=True)
class Button:
    """A press says `command`, exactly as if the person had typed it.

    `typed` is what people say for it in their own words, where there are such words and it may be shown as that.
    """

    label: str
    command: str
    typed: str = ""


@dataclass(frozen=True)
class Choice:
    """A letter that people type in the place of a button, and what it says."""

    letter: str
    label: str
    command: str


@dataclass(frozen=True)
class Message:
    """What a person is to read.

    `parts` are pieces that are not to be cut (a heading, an item), in a small markup: <b>, <i>, <code> and the five
    HTML entities. `picture` names a picture that is drawn when the message is sent, `attachment` a file that is
    fetched then ("evidence:12"); the text goes under it. `typed_parts` are the pieces as they read where there are no
    buttons, () where they are the same; `choices` are what the text says may be chosen by a letter there.
    """

    parts: tuple[str, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: str | None = None
    attachment: str | None = None
    typed_parts: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()

    @property
    def carries(self) -> bool:
        """Whether the text goes under a picture or a file, where less of it fits."""
        return self.picture is not None or self.attachment is not None

    @property
    def markup(self) -> str:
        """The whole text, pieces apart by an empty line."""
        return "\n\n".join(self.parts)

    @property
    def plain(self) -> str:
        """The whole text without markup."""
        return plain(self.markup)

    def to_json(self) -> dict[str, Any]:
        """The message as it is kept in the outbox."""
        return {
            "parts": list(self.parts),
            "buttons": [[[each.label, each.command, each.typed] for each in row] for row in self.buttons],
            "picture": self.picture,
            "attachment": self.attachment,
            **({"typed": list(self.typed_parts)} if self.typed_parts else {}),
            **({"choices": [[each.letter, each.label, each.command] for each in self.choices]} if self.choices else {}),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Message":
        """The message that `to_json` kept."""
        rows = tuple(tuple(Button(*each) for each in row) for row in data["buttons"])
        # Rows of before the first attachment do not name one.
        typed, choices = tuple(data.get("typed", ())), tuple(Choice(*each) for each in data.get("choices", ()))
        return cls(tuple(data["parts"]), rows, data["picture"], data.get("attachment"), typed, choices)


def unmarked(message: Message) -> Message:
    """The message as it leaves: nobody is told by which row a person is kept."""
    rows = tuple(tuple(replace(each, label=bare(each.label)) for each in row) for row in message.buttons)
    parts, typed = tuple(map(bare, message.parts)), tuple(map(bare, message.typed_parts))
    return replace(message, parts=parts, buttons=rows, typed_parts=typed)


def say(
    *parts: str,
    buttons: Iterable[Sequence[Button]] = (),
    picture: str | None = None,
    attachment: str | None = None,
) -> Message:
    """A message of the given pieces; empty ones are left out."""
    shown = tuple(tuple(row) for row in buttons if row)
    return Message(tuple(part for part in parts if part), shown, picture, attachment)


def plain(markup: str) -> str:
    """The text that a person reads, without tags and entities."""
    return unescape(TAG.sub("", bare(markup)))


def length(markup: str, measure: Measure = len) -> int:
    """How long the text is once it is read; in code points unless measured otherwise."""
    return measure(plain(markup))


def fit(parts: Sequence[str], limit: int, *, used: int = 0, measure: Measure = len) -> int:
    """How many of the leading pieces fit into `limit` of which `used` is taken; pieces stand 2 apart."""
    for count, part in enumerate(parts):
        used += length(part, measure) + 2
        if used > limit:
            return count
    return len(parts)


def pages(message: Message, limit: int, measure: Measure = len) -> tuple[Message, ...]:
    """The message as several, none over `limit`, nothing lost; the buttons stand under the last.

    A piece that alone is too long loses its markup and is cut where it reads best.
    """
    # A platform refuses an empty message, and a piece of nothing but spaces could become one.
    pieces = [piece for part in message.parts for piece in _cut(part, limit, measure) if plain(piece).strip()]
    result: list[Message] = []
    while pieces:
        count = max(1, fit(pieces, limit + 2, measure=measure))
        result.append(Message(tuple(pieces[:count])))
        pieces = pieces[count:]
    if not result:
        return (message,)
    first, last = result[0], result[-1]
    if message.carries:
        result[0] = Message(first.parts, (), message.picture, message.attachment)
        last = result[-1]
    result[-1] = Message(last.parts, message.buttons, last.picture, last.attachment, choices=message.choices)
    return tuple(result)


def _cut(part: str, limit: int, measure: Measure) -> list[str]:
    if length(part, measure) <= limit:
        return [part]
    found, rest = [], plain(part)
    while measure(rest) > limit:
        end = _good_end(rest, _longest(rest, limit, measure))
        found.append(escape(rest[:end].strip()))
        rest = rest[end:].strip()
    return [*found, escape(rest)]


def _good_end(text: str, most: int) -> int:
    """Where a text is cut best, at `most` or before: at the end of a paragraph, a line, a sentence, else of a word."""
    for mark, least in (("\n\n", most // 3), ("\n", most // 3), (". ", most // 2), (" ", most // 2)):
        end = text.rfind(mark, 0, most)
        if end > least:
            return end + len(mark.rstrip())
    return most


def _longest(text: str, limit: int, measure: Measure) -> int:
    """How many of the leading characters measure no more than `limit`, at least one."""
    most = min(limit, len(text))
    while most > 1 and measure(text[:most]) > limit:
        most -= 1
    return most


def escape(text: str) -> str:
    """Text of a person as markup that shows it as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
