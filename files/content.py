"""What the bytes of a file are, by the bytes alone: names and mime types come from a phone and may say anything.

Two libraries were measured for it and left: puremagic 1.30 takes every zip and every xlsx for a docx, and no text;
filetype 1.2 (of 2022) takes a docx for a zip when its parts stand in an unusual order, and knows no text and no script.
"""

import re
import struct
from dataclasses import dataclass

from files import archives
from files.file_types import BRANDS, EXTENSIONS, RIFF, RUN_BY_NAME, RUNS, SAY_NOTHING, STARTS, UNKNOWN
from files.pictures import size_of
from words.names import safe_file_name

NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
SCRIPT = re.compile(r"\s*(?:@echo\b|<\?php|<script\b|powershell\b|(?:on error resume|set \w+ ?= ?createobject))", re.I)


@dataclass(frozen=True)
class Found:
    """What a file is: a media type of EXTENSIONS; pixels for pictures whose header could be read."""

    content: str
    width: int | None = None
    height: int | None = None

    @property
    def runs(self) -> bool:
        """Whether it is a program, or holds one that is run when it is opened."""
        return self.content in RUNS


def examine(data: bytes) -> Found:
    """What the bytes are; never raises."""
    content = _content(data)
    size = size_of(data) if content.startswith("image/") else None
    return Found(content, *(size or (None, None)))


def _content(data: bytes) -> str:
    if not data:
        return "application/x-empty"
    for start, content in STARTS:
        if data.startswith(start):
            return content
    head = data[:1024]
    if head[:4] == b"RIFF" and head[8:12] in RIFF:
        return RIFF[head[8:12]]
    if head[4:8] == b"ftyp":
        return BRANDS.get(head[8:12], "video/3gpp" if head[8:11] == b"3gp" else "video/mp4")
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return archives.zip_content(data)
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return archives.compound_content(data)
    return _by_more_than_its_start(data, head)


def _by_more_than_its_start(data: bytes, head: bytes) -> str:
    if head[:2] == b"MZ" and b"\0" in head[:128]:
        return "application/vnd.microsoft.portable-executable"
    if head[:4] in (b"\xca\xfe\xba\xbe", b"dex\n"):
        return "application/java-archive"
    if (
        len(head) > 3
        and head[0] == 0xFF
        and head[1] & 0xE0 == 0xE0
        and head[1] & 0x06 == 0x02
        and head[2] & 0xF0 != 0xF0
    ):
        return "audio/mpeg"
    if head[:2] == b"BM" and struct.unpack("<I", head[2:6].ljust(4, b"\0"))[0] == len(data):
        return "image/bmp"
    if head[257:262] == b"ustar":
        return "application/x-tar"
    text = _text(data)
    if text is not None:
        return _kind_of_text(text[:1024])
    # A printer's prologue may stand before it; anything else that would fit was looked for first.
    return "application/pdf" if b"%PDF-" in head else UNKNOWN


def _text(data: bytes) -> str | None:
    coding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(coding)
    except UnicodeDecodeError:
        return None
    return None if NOT_TEXT.search(text) else text


def _kind_of_text(head: str) -> str:
    lower = head.lstrip().lower()
    if SCRIPT.match(head):
        return "text/x-script"
    if lower.startswith(("<!doctype html", "<html")):
        return "text/html"
    if lower.startswith("<svg") or (lower.startswith("<?xml") and "<svg" in lower):
        return "image/svg+xml"
    return "text/xml" if lower.startswith("<?xml") else "text/plain"


def may_act(name: str, content: str) -> bool:
    """Whether opening a file may run something: by what its bytes are, otherwise by what it was called."""
    return Found(content).runs or (content in SAY_NOTHING and name.lower().rstrip(" .").endswith(RUN_BY_NAME))


def export_name(raw: str, content: str) -> str:
    """The name under which a file may be written out: made safe, with the extension of what it is.

    What runs gets none that a system would run: anh_exe.bin.
    """
    extension = EXTENSIONS.get(content, EXTENSIONS[UNKNOWN])
    if not Found(content).runs:
        return safe_file_name(raw, extension)
    stem = safe_file_name(raw, extension).removesuffix(f".{extension}")
    return f"{stem}_{extension}.{EXTENSIONS[UNKNOWN]}"
