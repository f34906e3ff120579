"""Says again in another language what was already put into words, as long as it was not taken to pieces."""

from dataclasses import replace
from typing import Any

from words.catalogue import Sentence
from words.message import Button, Message


def again(text: str, language: str | None) -> str:
    """A sentence of the catalogue in another language, None being the installation's; any other text as it is."""
    if not isinstance(text, Sentence):
        return text
    catalogue = text.catalogue.speaking(language)
    if catalogue is text.catalogue:
        return text
    return catalogue(text.key, **{name: _value(value, language) for name, value in text.values.items()})


def message_in(message: Message, language: str | None) -> Message:
    """A message whose sentences and buttons are in a language."""
    rows = tuple(tuple(Button(again(each.label, language), each.command) for each in row) for row in message.buttons)
    return replace(message, parts=tuple(again(part, language) for part in message.parts), buttons=rows)


def _value(value: Any, language: str | None) -> Any:
    if isinstance(value, str):
        return again(value, language)
    if isinstance(value, list | tuple):
        return type(value)(_value(each, language) for each in value)
    return value
