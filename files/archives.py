"""Tells office files from archives by the names in their directories; nothing is unpacked."""

import struct
from collections.abc import Iterator

from files.file_types import EXTENSIONS, OFFICE, OLE, OLE_MACROS, PARTS, RUN_WITHIN, STREAMS, ZIP, ZIP_RUNS

# A zip's directory is read to this many members and bytes: an office file has hundreds, a bomb has millions.
MOST_MEMBERS, MOST_DIRECTORY = 4096, 1 << 20


def zip_content(data: bytes) -> str:
    """The type of something that begins as a zip."""
    if (declared := _declared(data)) in EXTENSIONS:
        return declared
    names = set(_members(data))
    if "[Content_Types].xml" in names:
        for folder, macros, plain in PARTS:
            if any(name.startswith(folder) for name in names):
                with_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
                return f"application/{macros}.macroenabled.12" if with_macros else f"{OFFICE}.{plain}"
    if "AndroidManifest.xml" in names:
        return "application/vnd.android.package-archive"
    if "META-INF/MANIFEST.MF" in names:
        return "application/java-archive"
    return ZIP_RUNS if any(name.lower().rstrip(" ./").endswith(RUN_WITHIN) for name in names) else ZIP


def _declared(data: bytes) -> str:
    """OpenDocument and EPUB say what they are in a first member that is stored as it is."""
    if len(data) < 30 or data[:4] != b"PK\x03\x04":
        return ""
    method, size, name_size, extra = struct.unpack("<8xH8xI4xHH", data[:30])
    name_end = 30 + name_size
    if method != 0 or size > 100 or data[30:name_end] != b"mimetype":
        return ""
    start = name_end + extra
    return data[start : start + size].decode("ascii", "replace")


def _members(data: bytes) -> Iterator[str]:
    """The names in a zip's central directory, as far as the limits let us read."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        return
    count, size, at = struct.unpack("<10xHII2x", data[end : end + 22])
    stop = min(at + size, at + MOST_DIRECTORY, end)
    for _ in range(min(count, MOST_MEMBERS)):
        if at + 46 > stop or data[at : at + 4] != b"PK\x01\x02":
            return
        name, extra, comment = struct.unpack("<28xHHH12x", data[at : at + 46])
        yield data[at + 46 : at + 46 + name].decode("utf-8", "replace")
        at += 46 + name + extra + comment


def _has_stream(data: bytes, name: str) -> bool:
    """Whether a compound file's directory names a stream; its entries are 128 bytes long and begin with the name."""
    wanted = f"{name}\0".encode("utf-16-le")
    at = data.find(wanted, 512)
    for _ in range(64):
        if at < 0:
            return False
        if at % 128 == 0:
            return True
        at = data.find(wanted, at + 1)
    return False


def compound_content(data: bytes) -> str:
    """The type of a compound file (OLE), as which the older office files are kept; apart where it holds macros."""
    if _has_stream(data, "_VBA_PROJECT"):
        return OLE_MACROS
    return next((content for name, content in STREAMS if _has_stream(data, name)), OLE)
