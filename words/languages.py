"""Says again in another language what was already put into words, as long as it was not taken to pieces."""

from dataclasses import replace
from typing import Any

from words.catalogue import Sentence
from words.message import Button, Message

# The end of the key of a sentence as it reads where there are no buttons.
TYPED = "_typed"


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
    rows = tuple(tuple(_button_in(each, language) for each in row) for row in message.buttons)
    return replace(message, parts=tuple(again(part, language) for part in message.parts), buttons=rows)


def typed_in(message: Message) -> Message:
    """A message that knows how it reads where there are no buttons to speak of."""
    typed = tuple(as_typed(part) for part in message.parts)
    return message if message.typed_parts or typed == message.parts else replace(message, typed_parts=typed)


def as_typed(text: str) -> str:
    """A sentence of the catalogue in its form without buttons, where it has one; any other text as it is."""
    if not isinstance(text, Sentence):
        return text
    key = f"{text.key}{TYPED}" if f"{text.key}{TYPED}" in text.catalogue else text.key
    values = {name: _value_typed(value) for name, value in text.values.items()}
    if key == text.key and all(values[name] is text.values[name] for name in values):
        return text
    return text.catalogue(key, **values)


def _value_typed(value: Any) -> Any:
    if isinstance(value, str):
        return as_typed(value)
    if isinstance(value, list | tuple):
        found = [_value_typed(each) for each in value]
        return value if all(new is old for new, old in zip(found, value, strict=True)) else type(value)(found)
    return value


def _button_in(button: Button, language: str | None) -> Button:
    return replace(button, label=again(button.label, language), typed=again(button.typed, language))


def _value(value: Any, language: str | None) -> Any:
    if isinstance(value, str):
        return again(value, language)
    if isinstance(value, list | tuple):
        return type(value)(_value(each, language) for each in value)
    return value
