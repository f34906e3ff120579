"""Logs for an operator: one line each, no token, no control characters, tracebacks included."""

import logging
import re

TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Redacting(logging.Formatter):
    """Formats, and then takes out whatever looks like a bot's token: tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as text."""
        return CONTROL.sub("?", TOKEN.sub("<token>", super().format(record)))


def set_up(level: str, who: str) -> None:
    """Sends logs to standard error; httpx logs every address at INFO, and the address holds the token."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting(f"%(asctime)s {who} %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("alembic", "httpx", "httpcore", "matplotlib", "PIL"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It warns of every beat that was left out because the former one was still at work, which is what we want of it.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
