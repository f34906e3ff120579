"""A person's name inside a message keeps whose it is until the message leaves, so that erasing finds that name alone.

The marks are letters of Unicode's private use, which no name can hold (words.names.clean) and nobody is sent.
"""

import re

from words import links

OPEN, OF, CLOSE = "\ue000", "\ue001", "\ue002"
MENTION = re.compile(f"{OPEN}[0-9]+{OF}([^{CLOSE}]*){CLOSE}")


def mention(person_id: int, name: str) -> str:
    """A name for a message that others read."""
    return f"{start_of(person_id)}{name}{CLOSE}"


def start_of(person_id: int) -> str:
    """What every mention of a person begins with."""
    return f"{OPEN}{person_id}{OF}"


def bare(text: str) -> str:
    """The text as a person reads it; an address that is marked shows no secret."""
    text = links.bare(text)
    return MENTION.sub(r"\1", text) if OPEN in text else text


def renamed(text: str, person_id: int, name: str) -> str:
    """The text with another name wherever a person is mentioned."""
    return re.sub(f"{start_of(person_id)}[^{CLOSE}]*{CLOSE}", lambda _: mention(person_id, name), text)
