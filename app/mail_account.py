"""The office's mail: settings become the channel of letters, and the database keeps how far the mailbox was read."""

import hashlib

from app import invite_key
from app.clock import Clock
from app.settings import Settings
from channels.mail.channel import LOOK_EVERY_S, Account, Mail
from channels.mail.reader import Mark
from store import settings
from store.engine import Store

READ_TO = "mailbox"
SANDBOX_LOOK_S = 1.0


class Marks(Mark):
    """Where it stands in the database up to which letter the mailbox was read."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store

    def get(self) -> str | None:
        """What was kept; None before the first time."""
        with self.store.look() as session:
            return settings.get(session, READ_TO)

    def put(self, value: str) -> None:
        """Keeps it, in a transaction of its own."""
        with self.store.unit() as session:
            settings.put(session, READ_TO, value)


def mail_of(chosen: Settings, store: Store, clock: Clock) -> Mail:
    """The channel of letters; raises ValueError without a server for them."""
    out, sender = chosen.mail_out, chosen.mail_sender
    if out is None or sender is None:
        raise ValueError("SMTP_URL is not set")
    key = invite_key.of(chosen)
    account = Account(
        sender, out, lambda: hashlib.sha256(b"letters " + key()).digest(), chosen.mail_back, chosen.mail_attach_mb
    )
    every_s = LOOK_EVERY_S if chosen.real else SANDBOX_LOOK_S
    return Mail(account, clock, Marks(store), look_every_s=every_s)
