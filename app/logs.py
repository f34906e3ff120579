"""Logs for an operator: one line a record; tokens, passwords, phone numbers and control characters are taken out."""

import logging
import re
import traceback
from typing import Any

# As it is given, and as an address may write it.
TOKEN = re.compile(r"(?<!\d)\d{5,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
# The name and the password of a proxy or a database, as an address holds them.
PASSWORD = re.compile(r"(?<=://)[^\s/@]+:[^\s/@]+(?=@)")
# A Vietnamese number as people write it: 0912345678, 0912 345 678, +84 912.345.678. Its last three digits stay.
PHONE = re.compile(r"(?<![\w.,+-])(?:\+84[ .-]?|0)\d{2,3}[ .-]?\d{3}[ .-]?(\d?)(\d{3})(?!\w)")
# What a terminal obeys, what turns the direction of a line, and halves of characters, which no stream can write.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

# Heard from WARNING on, whatever the level.
NOISY = ("alembic", "httpx", "httpcore", "telegram", "matplotlib", "PIL")


class Redacting(logging.Formatter):
    """Formats, and then takes out what is secret or would deceive: tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as text."""
        # What another handler made of the error is not ours to repeat.
        record.exc_text = None
        text = PASSWORD.sub("<password>", TOKEN.sub("<token>", super().format(record)))
        return CONTROL.sub("?", PHONE.sub(r"0••••••\2", text))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- the library's name
        """The record's own line: a newline in somebody's text must not begin what looks like another record."""
        return super().formatMessage(record).replace("\n", "\\n")

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- the library's name
        """A traceback with its lines, each set in, because an error's text may hold somebody's newlines too."""
        return "\n".join(f"    {line}" for line in _told(ei[1]).splitlines())


def _told(error: BaseException) -> str:
    """An error and what led to it: where, of which kind, and in words only where those quote nothing that was sent.

    What Python and the libraries say of a value ("invalid literal for int(): …") repeats it, and people's words and
    names are not for the log. What every place meets, a server that is away, is told of without where that was.
    """
    from store.engine import is_met_anywhere

    if is_met_anywhere(error):
        return f"{type(error).__qualname__}: {' '.join(str(getattr(error, 'orig', None) or error).split())}"
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    led = f"{_told(before)}\nwhich led to:\n" if before is not None else ""
    where = "".join(traceback.format_tb(error.__traceback__))
    return f"{led}{where}{type(error).__qualname__}{f': {error}' if _quotes_nothing(error) else ''}"


def _quotes_nothing(error: BaseException) -> bool:
    # Not before it is needed: the supervisor logs too, and has neither a plan nor a database.
    from plan.errors import NhacViecError
    from store.engine import is_about_database

    return isinstance(error, NhacViecError | OSError) or is_about_database(error)


def set_up(level: str, who: str) -> None:
    """Sends logs to standard error.

    httpx logs every address at INFO, and the address holds the token; telegram at DEBUG whatever people send.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting(f"%(asctime)s {who} %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It warns of every beat that was left out because the former one was still at work, which is what we want of it.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
