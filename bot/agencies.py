"""An agency at the beginning of what an admin types: sondung, UBND xã Sơn Dung, Phòng Nội vụ."""

from bot.start import find_agency
from words.office import Office

# The longest names of agencies have about ten words.
LONGEST = 14


def leading_agency(office: Office, text: str) -> tuple[str | None, str]:
    """The agency that the text begins with, by id, name or alias, and the rest; None where it begins with none."""
    words = text.split()
    for count in range(min(len(words), LONGEST), 0, -1):
        found = find_agency(office, " ".join(words[:count]).rstrip(",;:"))
        if found is not None:
            return found, " ".join(words[count:])
    return None, text
