"""«Chốt đến ngày 10/03 vì …»: the day and the reason of a freeze before a period's end."""

import re
from dataclasses import dataclass
from datetime import date

from words.codes import fold
from words.dates import IN_WORDS, read_day

# Folded. What follows names the day first, and then why.
EARLY = re.compile(r"\b(?:chot(?:\s{1,4}so\s{1,4}lieu)?|freeze)\s{1,4}(?:tinh\s{1,4})?(?:den|toi|to|until)\b")
LEADS = re.compile(r"[\s:]*(?:het\s{1,4})?(?:ngay\s{1,4})?")
TODAY = re.compile(r"(?:hom nay|today)\b")
DAY = re.compile(r"[\d/.-]*\d")
WHY = re.compile(r"[\s,;:.–-]*(?:(?:vi|do|ly do|li do|because|reason)\b)?[\s:,–-]*")


@dataclass(frozen=True)
class Early:
    """The words of a freeze before a period's end, after «chốt đến»: the day is read once the period is known."""

    words: str

    def day_from(self, first: date, today: date) -> tuple[date | None, str]:
        """The local day, and why; a day without a year is the first such one of the period, which begins at `first`.

        None for words that begin with no day.
        """
        words = IN_WORDS.sub(lambda found: "/".join(filter(None, found.groups())), self.words)
        folded = fold(words)
        if len(folded) != len(words):
            return None, ""
        lead = LEADS.match(folded)
        start = lead.end() if lead else 0
        if found := TODAY.match(folded, start):
            return today, _why(words, folded, found.end())
        if (found := DAY.match(folded, start)) and (day := read_day(found[0], first)) is not None:
            return day, _why(words, folded, found.end())
        return None, ""


def _why(words: str, folded: str, place: int) -> str:
    lead = WHY.match(folded, place)
    return words[lead.end() if lead else place :].strip()
