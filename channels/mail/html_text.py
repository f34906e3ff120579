"""The words of a letter that is a page, without what it quotes."""

import re
from html import unescape
from html.parser import HTMLParser

# What stands in them is no text, or was written by somebody else before.
SKIPPED = ("head", "script", "style", "title", "blockquote")
QUOTES = re.compile(r"gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra", re.IGNORECASE)
# Behind them everything is quoted: Outlook's, Zimbra's and Yahoo's ways to say so.
ENDS = re.compile(r"divRplyFwdMsg|appendonsend|zwchr|stopSpelling|OutlookMessageHeader|mail-editor-ref", re.IGNORECASE)
LINES = ("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr")
# Tags that hold nothing and are never closed.
EMPTY = ("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "wbr")
TAG = re.compile(r"<[^>]*>")
MANY = re.compile(r"\n{3,}")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._within: list[str] = []
        self._is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = " ".join(value or "" for name, value in attrs if name in ("class", "id"))
        self._is_over = self._is_over or bool(ENDS.search(named))
        if self._within:
            self._within += [tag] if tag not in EMPTY else []
        elif tag in SKIPPED or QUOTES.search(named):
            self._within.append(tag)
        if tag in LINES:
            self._say("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        # Pages leave tags open: the last of this name ends what stands in it too.
        if tag in self._within:
            del self._within[len(self._within) - 1 - self._within[::-1].index(tag) :]
        if tag in LINES:
            self._say("\n")

    def handle_data(self, data: str) -> None:
        self._say(" ".join(data.split()) if data.strip() else " ")

    def _say(self, text: str) -> None:
        if not self._within and not self._is_over:
            self.found.append(text)


def words_of(page: str) -> str:
    """The text that a page shows, a line for each of its lines; never raises."""
    reader = _Words()
    try:
        reader.feed(page)
        reader.close()
        text = "".join(reader.found)
    except Exception:
        text = unescape(TAG.sub(" ", page))
    lines = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return MANY.sub("\n\n", lines).strip()
