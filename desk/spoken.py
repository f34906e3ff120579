"""A message as a page shows it, on the screen and on the page to answer on."""

from html import escape, unescape

from markupsafe import Markup

from words.message import TAG, Message


def spoken(message: Message) -> Markup:
    """A message as the page shows it: bold, italic and code stand, everything else is text."""
    return Markup("").join(Markup("<p>{}</p>").format(_piece(part)) for part in message.parts)


def _piece(part: str) -> Markup:
    found, at = [], 0
    for tag in TAG.finditer(part):
        found += [escape(unescape(part[at : tag.start()])), tag[0]]
        at = tag.end()
    found.append(escape(unescape(part[at:])))
    return Markup("".join(found).replace("\n", "<br>"))  # noqa: S704 -- every piece of text was escaped above
