"""Telegram's HTML mode and its automatic entities, with offsets and lengths in UTF-16 code units."""

from __future__ import annotations

import re

from sandbox.telegram_api.values import ApiError, Json, bad_request

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
SPACES = " \t\r\n\0\v"
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
HTML_ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([a-z]+));?")
# As TDLib reads it: no letter, digit, "_", "/", "<" or ">" may touch the command, whatever the script.
COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
URL = re.compile(r"\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)]")


def utf16(text: str) -> int:
    """The length of `text` in UTF-16 code units, Telegram's unit for offsets and lengths."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of `text` that an entity covers; both numbers in UTF-16 code units."""
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")


def _decode(text: str, at: int) -> tuple[str, int]:
    """The character that the HTML entity at `at` stands for and where it ends; ("", at) when it is no entity."""
    found = HTML_ENTITY.match(text, at)
    if not found:
        return "", at
    hexadecimal, decimal, name = found.groups()
    if name:
        return (NAMED[name], found.end()) if name in NAMED else ("", at)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return (chr(code), found.end()) if 0 < code < 0x10FFFF else ("", at)


class HtmlParser:
    """Reads one text in parse mode HTML, with TDLib's own rules and error words."""

    def __init__(self, source: str) -> None:
        self.source = source + "\0"
        self.text: list[str] = []
        self.offset = 0
        self.entities: list[Json] = []
        self.open: list[tuple[str, str, int, int]] = []

    def parse(self) -> tuple[str, list[Json]]:
        """The plain text and its entities, outer ones first.

        Raises ApiError 400 "can't parse entities: ..." (Bot API documentation, HTML style; words of TDLib).
        """
        at, end = 0, len(self.source) - 1
        while at < end:
            letter = self.source[at]
            if letter == "&":
                decoded, after = _decode(self.source, at)
                self._put(decoded or "&")
                at = after if decoded else at + 1
            elif letter == "<":
                at = self._end_tag(at) if self.source[at + 1] == "/" else self._start_tag(at)
            else:
                self._put(letter)
                at += 1
        if self.open:
            raise self._fail(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        return "".join(self.text), ordered(self.entities)

    def _put(self, letter: str) -> None:
        self.text.append(letter)
        self.offset += utf16(letter)

    def _fail(self, words: str, at: int | None = None) -> ApiError:
        place = "" if at is None else f" at byte offset {len(self.source[:at].encode())}"
        return bad_request(f"can't parse entities: {words}{place}")

    def _skip(self, at: int, stop: str) -> int:
        while self.source[at] not in stop:
            at += 1
        return at

    def _start_tag(self, begin: int) -> int:
        at = self._skip(begin + 1, SPACES + ">")
        name = self.source[begin + 1 : at].lower()
        if at >= len(self.source) - 1:
            raise self._fail("Unclosed start tag", begin)
        if name not in TAGS:
            raise self._fail(f'Unsupported start tag "{name}"', begin)
        argument = ""
        while True:
            while self.source[at] in " \t\r\n\v":
                at += 1
            if self.source[at] == ">":
                break
            key, value, at = self._attribute(name, begin, at)
            if (name, key) in {("a", "href"), ("code", "class"), ("span", "class")}:
                argument = value
            elif (name, key) == ("blockquote", "expandable"):
                argument = "expandable"
        if name == "span" and argument != "tg-spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append((name, argument, self.offset, len(self.text)))
        return at + 1

    def _attribute(self, tag: str, begin: int, at: int) -> tuple[str, str, int]:
        start = at
        at = self._skip(at, SPACES + "=>/\"'")
        key = self.source[start:at]
        if not key:
            raise self._fail(f'Empty attribute name in the tag "{tag}"', begin)
        if tag == "blockquote" and key == "expandable" and self.source[at] in SPACES + ">":
            return key, "", at
        if self.source[at] != "=":
            raise self._fail(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin)
        at += 1
        quote = self.source[at]
        if quote not in "'\"":
            after = re.compile(r"[A-Za-z0-9.\-]*").match(self.source, at)
            stop = after.end() if after else at
            if self.source[stop] not in SPACES + ">":
                raise self._fail("Unexpected end of name token", at)
            value, at = self.source[at:stop].lower(), stop
        else:
            value, at = self._quoted(at + 1, quote)
        if at >= len(self.source) - 1:
            raise self._fail("Unclosed start tag", begin)
        return key, value, at

    def _quoted(self, at: int, quote: str) -> tuple[str, int]:
        value = ""
        while self.source[at] not in quote + "\0":
            decoded, after = _decode(self.source, at)
            value += decoded or self.source[at]
            at = after if decoded else at + 1
        return value, at + (self.source[at] == quote)

    def _end_tag(self, begin: int) -> int:
        if not self.open:
            raise self._fail("Unexpected end tag", begin)
        at = self._skip(begin + 2, SPACES + ">")
        found = self.source[begin + 2 : at]
        if self.source[at] != ">":
            raise self._fail("Unclosed end tag", begin)
        name, argument, offset, first = self.open.pop()
        if found and found != name:
            place = len(self.source[:begin].encode())
            words = f'Unmatched end tag at byte offset {place}, expected "</{name}>", found "</{found}>"'
            raise self._fail(words)
        if self.offset > offset:
            self._close(name, argument, offset, "".join(self.text[first:]))
        return at + 1

    def _close(self, name: str, argument: str, offset: int, covered: str) -> None:
        entity: Json = {"type": TAGS[name], "offset": offset, "length": self.offset - offset}
        last = self.entities[-1] if self.entities else {}
        if name == "a":
            link = argument or covered
            person = re.fullmatch(r"tg://user\?id=(\d+)", link)
            if person:
                entity |= {"type": "text_mention", "user": {"id": int(person[1]), "is_bot": False, "first_name": ""}}
            elif re.match(r"(https?|tg)://\w", link):
                entity["url"] = link
            else:
                return  # Telegram leaves the text and drops a link that it cannot open.
        elif name == "pre" and last.get("type") == "code" and last["offset"] == offset:
            if last["length"] == entity["length"]:
                self.entities.pop()
                entity |= {"language": last["language"]} if "language" in last else {}
        elif name == "code" and argument.startswith("language-"):
            entity["language"] = argument.removeprefix("language-")
        elif argument == "expandable":
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)


def ordered(entities: list[Json]) -> list[Json]:
    """Entities as Telegram lists them: by place, the longer one first."""
    plain = [{k: v for k, v in e.items() if k != "language" or e["type"] == "pre"} for e in entities]
    return sorted(plain, key=lambda entity: (entity["offset"], -entity["length"]))


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text without outer white space, as Telegram stores it; leading space inside an entity stays."""
    first = min((e["offset"] for e in entities), default=len(text))
    lead = min(len(text) - len(text.lstrip(" \t\r\n")), first)
    text = text[lead:].rstrip(" \t\r\n")
    size, kept = utf16(text), []
    for entity in entities:
        offset = entity["offset"] - lead
        length = min(entity["length"], size - offset)
        if length > 0:
            kept.append(entity | {"offset": offset, "length": length})
    return text, kept


def found_in(text: str, taken: list[Json]) -> list[Json]:
    """`taken` and the entities that Telegram finds by itself: commands and addresses outside code and links."""
    closed = [e for e in taken if e["type"] in {"code", "pre", "text_link", "text_mention"}]
    more: list[Json] = []
    for kind, pattern in (("bot_command", COMMAND), ("url", URL)):
        for match in pattern.finditer(text):
            offset, length = utf16(text[: match.start()]), utf16(match[0])
            if not any(e["offset"] < offset + length and offset < e["offset"] + e["length"] for e in closed + more):
                more.append({"type": kind, "offset": offset, "length": length})
    return ordered([*taken, *more])
