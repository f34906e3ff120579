"""What stands behind a command in any order, as long as it is plain: /giahan 15/02 2b, /xacnhan sondung 2b."""

import re

from bot import reference
from bot.reference import BETWEEN, first_body
from words.office import Office
from words.reach import READ

# The verbs that take a task's code, and beside it an agency or a day.
CODE_AND_MORE = frozenset(
    {"extend", "snooze", "setdate", "paper", "suspend", "resume", "end", "transfer", "confirm", "return", "taken"}
    | {"reply", "history", "log", "evidence", "proof", "remark", "comment", "assignee"}
)
DAY = re.compile(r"\s{0,4}\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?(?=[\s,;]|$)[\s,;]{0,4}")
PERSON = re.compile(r"(?<!\S)P\s?\d{1,9}(?!\S)", re.IGNORECASE)
# An agency that gives, one that takes, and a day.
MOST_BEFORE = 3


def code_first(office: Office, words: str) -> str:
    """The words with the code in front of the agencies and the day that stand before it; others as they are."""
    if len(words) > READ or _begins_with_reference(office, words):
        return words
    names: list[str] = []
    days: list[str] = []
    rest = words
    for _ in range(MOST_BEFORE):
        if match := DAY.match(rest):
            days.append(match[0].strip(" ,;"))
            rest = rest[match.end() :]
        elif (hit := first_body(office, rest)) is not None:
            names.append(rest[: len(rest) - len(hit[1])].strip(BETWEEN))
            rest = hit[1].lstrip(BETWEEN)
        else:
            return words
        found = reference.read(office, rest)
        if found.code is not None:
            return " ".join(filter(None, (found.label, *names, *days, found.words)))
    return words


def day_last(office: Office, words: str) -> str:
    """The words with a day that they begin with behind the agencies that follow it."""
    match = DAY.match(words)
    hit = first_body(office, words[match.end() :]) if match and len(words) <= READ else None
    if match is None or hit is None:
        return words
    agencies, after = words[match.end() : len(words) - len(hit[1])], hit[1]
    while after.startswith(",") and (hit := first_body(office, after[1:])) is not None:
        agencies, after = words[match.end() : len(words) - len(hit[1])], hit[1]
    return f"{agencies.strip(BETWEEN)} {match[0].strip(' ,;')} {after.lstrip(BETWEEN)}"


def person_first(words: str) -> str:
    """The words with the one person's number (P2) in front."""
    found = PERSON.findall(words)
    if len(found) != 1 or words.lstrip().startswith(found[0]):
        return words
    return " ".join((found[0].replace(" ", ""), *PERSON.sub(" ", words).split()))


def _begins_with_reference(office: Office, words: str) -> bool:
    found = reference.read(office, words)
    numbers = (found.obligation, found.submission, found.request, found.opinion, found.inquiry)
    return found.code is not None or any(each is not None for each in numbers)
