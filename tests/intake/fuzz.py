"""Feeds the gate and the readers broken zips, broken XML and broken PDFs: each is read or refused, nothing else.

`python -m tests.intake.fuzz 100000` says how many of each; `--seed N` draws others.
"""

import argparse
import logging
import random
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Literal

from fpdf import FPDF

from intake.errors import RefusedError
from intake.read import read
from tests.intake.hostile import PLAN, in_sheet, part_of, repacked, word
from tests.intake.word_files import box, deleted, inserted

XML_SCRAPS = (
    b"<", b">", b"&", b"&#0;", b"&#x1F;", b"]]>", b"<!--", b"<![CDATA[", b"<?xml", b'<w:p/>', b"</w:p>", b"<w:tbl>", b"\0", b"\xff\xfe",
    b'w:val="99999999999"', b'w:val="-1"', b'w:val=""', b'r="A1048577"', b't="s"', b"<v>99999</v>", b"<w:del>", b"<w:numPr>",
)  # fmt: skip


@cache
def originals() -> tuple[bytes, ...]:
    """Small documents of each kind."""
    return small_word(), in_sheet(cell="x", comment="y"), small_pdf(), small_pdf(border=0), PLAN.encode()


def small_word() -> bytes:
    """A Word file of the parts that a reader looks at and no others: the template's take ten times as long to open."""
    full = word(PLAN, inserted("- Sản phẩm: Báo cáo"), deleted("cũ"), box("Mẫu"))
    with zipfile.ZipFile(BytesIO(full)) as archive:
        names = set(archive.namelist())
    kept = {
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/numbering.xml",
    }
    parts: dict[str, bytes | None] = {
        name: _without(part_of(full, name), names - kept) if name.endswith((".rels", "s].xml")) else part_of(full, name)
        for name in kept
    }
    return repacked(full, dict.fromkeys(names - kept) | parts)


def _without(part: bytes, names: set[str]) -> bytes:
    """Relations and content types without those of the parts that are gone."""
    ends = "|".join(re.escape(name.removeprefix("word/")) for name in names)
    return re.sub(rf"<(?:Relationship|Override)\b[^>]*(?:{ends})[^>]*/>".encode(), b"", part)


def small_pdf(border: Literal[0, 1] = 1) -> bytes:
    """A PDF whose letters need no font of their own, with lines about its cells or without."""
    pages = FPDF()
    pages.set_compression(False)
    pages.add_page()
    pages.set_font("helvetica", "", 10)
    for row in (("STT", "Noi dung", "Chu tri", "Thoi gian"), ("1", "Ra soat", "UBND xa", "Quy I/2026")):
        for text in row:
            pages.cell(40, 8, text, border=border)
        pages.ln()
    return bytes(pages.output())


def broken(draw: random.Random) -> bytes:
    """One of the documents, broken in a way that is drawn."""
    data = draw.choice(originals())
    if data[:2] == b"PK" and draw.random() < 0.6:
        return _part_broken(data, draw)
    way = draw.randrange(4)
    if way == 0:
        return data[: draw.randrange(len(data))]
    if way == 1:
        at, size = draw.randrange(len(data)), draw.randrange(200)
        return data[:at] + draw.randbytes(size) + data[at + size :]
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 8, 64))):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def _part_broken(data: bytes, draw: random.Random) -> bytes:
    """The archive whole, one of its parts broken: this reaches the parsers behind the gate."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        name = draw.choice([each for each in archive.namelist() if each.endswith((".xml", ".rels"))])
        part = bytearray(archive.read(name))
    for _ in range(draw.choice((1, 2, 5))):
        at = draw.randrange(len(part) + 1)
        way = draw.randrange(3)
        if way == 0:
            part[at:at] = draw.choice(XML_SCRAPS)
        elif way == 1:
            del part[at : at + draw.randrange(1, 80)]
        elif part:
            part[min(at, len(part) - 1)] = draw.choice(b"<>\"'/ 0a9&")
    return repacked(data, {name: None if draw.random() < 0.03 else bytes(part)})


def feed(count: int, seed: int, reads: Callable[[bytes], object] = read) -> Counter[str]:
    """What became of so many broken documents: "read", or the reason of the refusal; anything else raises."""
    draw = random.Random(seed)
    ended: Counter[str] = Counter()
    for number in range(count):
        data = broken(draw)
        try:
            reads(data)
            ended["read"] += 1
        except RefusedError as error:
            ended[error.why] += 1
        except BaseException as error:
            raise AssertionError(f"document {number} of seed {seed} raised {error!r}") from error
    return ended


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable()
    print(dict(feed(chosen.count, chosen.seed).most_common()))
