"""How much of a text is read for its meaning: what is longer is kept whole, and its first letters are read."""

import re

# Longer than any command, code, name, day and reason for which a rule looks; what a person explains may be longer.
READ = 1000
SPACE = re.compile(r"\s")


def parted(text: str, most: int = READ) -> tuple[str, str]:
    """What of a text is read and what only belongs to it, parted between two words where there are two."""
    if len(text) <= most:
        return text, ""
    at = next((place for place in range(most, most // 2, -1) if SPACE.match(text[place])), most)
    return text[:at], text[at:].strip()


def joined(read: str, rest: str) -> str:
    """A text again, after its first part was read."""
    return f"{read} {rest}".strip() if rest else read
