"""The names of files in an evidence file: code, agency, day, product and number, in letters that every system has.

Vietnamese letters are folded: the zip programs of Windows and of phones disagree on how a zip says the encoding of its
names. The contents say what each file was called when it was sent.
"""

import re
from collections import Counter
from datetime import date

from files.content import export_name
from words.codes import fold, typeable

NOT_PLAIN = re.compile(r"[^a-z0-9]+")
LONGEST = 40


class Names:
    """Gives each file a name that no other has, whatever the system thinks of capital letters."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def new(self, folder: str, code: str, agency: str, day: date, product: str, sent_as: str, content: str) -> str:
        """minh-chung/2b_sondung_2020-01-20_05-kh-ubnd_01_ke-hoach.pdf: at most 200 characters, never reserved.

        `content` is what the bytes are: the extension that the phone gave counts for nothing. No part holds a _, so
        the parts tell any two names apart.
        """
        stem, _, extension = export_name(sent_as, content).rpartition(".")
        parts = (_plain(typeable(code)), _plain(agency), day.isoformat(), _plain(product))
        head = f"{folder}/{'_'.join(filter(None, parts))}"
        self._counts[head] += 1
        return f"{head}_{self._counts[head]:02}_{_plain(stem) or 'tep'}.{extension}"


def _plain(words: str) -> str:
    return NOT_PLAIN.sub("-", fold(words)).strip("-")[:LONGEST].strip("-")
