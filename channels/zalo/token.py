"""Takes the token out of whatever is said, before it is cut: the gateway's pages repeat the path, which holds it."""

import re
from urllib.parse import quote

from words.names import one_line

HIDDEN = "…"
MOST = 200


class Token:
    """A bot's token "<id>:<secret>"."""

    def __init__(self, token: str) -> None:
        self._token = token
        number, _, secret = token.partition(":")
        secrets = "|".join(sorted({re.escape(secret or number), re.escape(quote(secret or number, safe=""))}))
        # The colon as it is, or as an address writes it, once or again.
        self._said = re.compile(rf"(?:{re.escape(number)}(?::|%(?:25)*3A))?(?:{secrets})", re.IGNORECASE)

    @property
    def path(self) -> str:
        """The part of an address that holds it."""
        return f"/bot{self._token}"

    def masked(self, text: str) -> str:
        """A text on one line of at most 200 letters, without the token."""
        return one_line(self._said.sub(HIDDEN, text), MOST)
