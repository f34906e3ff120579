"""Logs for an operator: one line a record; tokens, passwords, phone numbers and control characters are taken out."""

import logging
import re
from typing import Any

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
# The name and the password of a proxy or a database, as an address holds them.
PASSWORD = re.compile(r"(?<=://)[^\s/@]+:[^\s/@]+(?=@)")
# A Vietnamese number as people write it: 0912345678, 0912 345 678, +84 912.345.678. Its last three digits stay.
PHONE = re.compile(r"(?<![\w.,+-])(?:\+84[ .-]?|0)\d{2,3}[ .-]?\d{3}[ .-]?(\d?)(\d{3})(?!\w)")
# What a terminal obeys, what turns the direction of a line, and halves of characters, which no stream can write.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class Redacting(logging.Formatter):
    """Formats, and then takes out what is secret or would deceive: tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as text."""
        text = PASSWORD.sub("<password>", TOKEN.sub("<token>", super().format(record)))
        return CONTROL.sub("?", PHONE.sub(r"0••••••\2", text))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- the library's name
        """The record's own line: a newline in somebody's text must not begin what looks like another record."""
        return super().formatMessage(record).replace("\n", "\\n")

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- the library's name
        """A traceback with its lines, each set in, because an error's text may hold somebody's newlines too."""
        return "\n".join(f"    {line}" for line in super().formatException(ei).splitlines())


def set_up(level: str, who: str) -> None:
    """Sends logs to standard error; httpx logs every address at INFO, and the address holds the token."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting(f"%(asctime)s {who} %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("alembic", "httpx", "httpcore", "matplotlib", "PIL"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It warns of every beat that was left out because the former one was still at work, which is what we want of it.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
