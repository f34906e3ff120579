"""Makes an Office Open XML file the same to the byte whenever it is made from the same contents."""

import io
import re
import zipfile
from datetime import UTC, datetime

# The first moment that a zip can say; a reader sees none of it.
EPOCH = (1980, 1, 1, 0, 0, 0)
PROPERTIES = "docProps/core.xml"
TIMES = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>|<dcterms:(?:created|modified)\b[^>]*/>")
END = re.compile(rb"</(?:\w+:)?coreProperties>\s*$")
# Declared where they are used: a writer may declare them anywhere, or not at all.
NAMES = 'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def fixed(data: bytes, made: datetime | None = None) -> bytes:
    """The same package without the moment of its writing: in its zip, and in its properties.

    Its properties say `made` (an instant) instead, or no moment at all. The parts keep their order and their bytes.
    Raises zipfile.BadZipFile.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for part in package.infolist():
            content = package.read(part)
            written.writestr(entry(part.filename), _timed(content, made) if part.filename == PROPERTIES else content)
    return out.getvalue()


def entry(name: str, when: tuple[int, int, int, int, int, int] = EPOCH) -> zipfile.ZipInfo:
    """A file in a zip with nothing in it of this machine: `when` is local, from 1980 on, to two seconds."""
    info = zipfile.ZipInfo(name, when)
    info.compress_type = zipfile.ZIP_DEFLATED
    # As on a Unix, wherever it is made: a plain file that everybody may read.
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def _timed(properties: bytes, made: datetime | None) -> bytes:
    bare = TIMES.sub(b"", properties)
    if made is None:
        return bare
    moment = f"{made.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    said = "".join(
        f'<dcterms:{name} {NAMES} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return END.sub(lambda end: said.encode() + end[0], bare)
