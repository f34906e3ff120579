"""Both doors of an office's mail on loopback, each in threads of its own, and how our settings name them."""

from __future__ import annotations

import socketserver
import threading
from urllib.parse import quote

from sandbox.mailbox.imap import ImapServer
from sandbox.mailbox.post import OWN, Post
from sandbox.mailbox.smtp import SmtpServer

LOOK_S = 0.05


class Servers:
    """The servers of one mail, open from when it is made until `close`."""

    def __init__(self, post: Post) -> None:
        self.post, self.smtp, self.imap = post, SmtpServer(post), ImapServer(post)
        for each in self._both:
            threading.Thread(target=each.serve_forever, args=(LOOK_S,), name="mail", daemon=True).start()

    @property
    def _both(self) -> tuple[socketserver.TCPServer, ...]:
        return self.smtp, self.imap

    @property
    def settings(self) -> dict[str, str]:
        """What an office sets that has its mail here."""
        signed = f"{quote(OWN, safe='')}:{quote(self.post.password, safe='')}@127.0.0.1"
        return {
            "smtp_url": f"smtp://{signed}:{self.smtp.server_address[1]}",
            "mail_from": f"Nhắc Việc <{OWN}>",
            "imap_url": f"imap://{signed}:{self.imap.server_address[1]}",
        }

    def close(self) -> None:
        """Lets go of both ports."""
        for each in self._both:
            each.shutdown()
            each.server_close()
