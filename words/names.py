"""What people typed and called things, made safe to keep and to show; nothing here ever becomes a path by itself."""

import re
import unicodedata

from words.render import clip

# What no XML document may hold (XML 1.0, 2.2) or no terminal should see, but for tab and newline; halves of characters
# that JSON can carry; and what turns the direction of the text after it, so that "gpj.exe" reads as "exe.jpg".
DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ue000-\uf8ff]"
)
# Letters without a shape: two names that differ by them alone look the same.
UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\uffa0"
    "\U000e0000-\U000e0fff]"
)
HALVES = re.compile("[\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
# Vietnamese needs two marks on a letter; a hundred paint over the lines above and below.
MOST_MARKS = 4
# A Vietnamese telephone number, with the country's code or without, however its digits are grouped.
PHONE = re.compile(r"(?<![\w/])(?:\+?84|0)(?:[ .-]?\d){8,10}(?![\w/]|[.-]\d)")
LONGEST_NAME, LONGEST_FILE_NAME = 100, 120
NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\s]+')
CLAIMED = re.compile(r"\.[A-Za-z0-9]{1,8}$")
# Windows: "Naming Files, Paths, and Namespaces".
RESERVED = re.compile(r"^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)


def clean(text: str) -> str:
    """A person's text without control characters and direction overrides; tabs and newlines stay."""
    if text.isascii() and text.isprintable():
        return text
    text = HALVES.sub("\ufffd", DROPPED.sub("", LINE_ENDS.sub("\n", text)))
    return text if text.isascii() else _with_few_marks(text)


def _with_few_marks(text: str) -> str:
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def one_line(raw: str, limit: int = LONGEST_NAME) -> str:
    """A name of a person, group or file as it is shown: one line of at most `limit` characters that can be seen."""
    return clip(UNSEEN.sub("", clean(raw)), limit)


def of_person(raw: str) -> str:
    """A person's name as it is shown; empty where it has no letter: blanks, dots and pictures name nobody."""
    name = one_line(raw)
    return name if any(unicodedata.category(char).startswith("L") for char in name) else ""


def of_group(raw: str) -> str:
    """A group's name as it is shown; empty where it has neither a letter nor a digit."""
    name = one_line(raw)
    return name if any(unicodedata.category(char)[0] in "LN" for char in name) else ""


def of_channel(channel: str) -> str:
    """A channel as people call it: Telegram, Zalo; letters are called email in both languages."""
    return "Email" if channel == "mail" else channel.capitalize()


def masked(text: str) -> str:
    """A text whose telephone numbers show their last three digits only."""
    return PHONE.sub(lambda match: f"…{match[0][-3:]}", text)


def file_name(raw: str) -> str:
    """A file's name as it is shown; its end, which says what it claims to be, is never cut off."""
    name = " ".join(clean(raw).split())
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 12:
        return clip(name, LONGEST_NAME)
    return f"{clip(stem, LONGEST_NAME - len(extension) - 1)}.{extension}"


def safe_file_name(raw: str, extension: str) -> str:
    """A name under which a file may be written on any system: no path in it, at most 120 characters and 200 bytes.

    `extension` (without its dot) comes from the content; the one that the phone gave goes.
    """
    name = unicodedata.normalize("NFC", clean(raw).replace("\ufffd", ""))
    name = NOT_IN_FILE_NAMES.sub("_", name)
    stem = CLAIMED.sub("", name).strip("._ -~")
    if RESERVED.match(stem):
        stem = f"tep_{stem}"
    stem = stem[: LONGEST_FILE_NAME - len(extension) - 1]
    # Most file systems count bytes: 255 of them, and a program may add to a name.
    stem = stem.encode()[: 200 - len(extension) - 1].decode(errors="ignore").strip("._ -~")
    return f"{stem or 'tep'}.{extension}"
