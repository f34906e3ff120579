"""What is let in: kinds by their bytes, archives that unfold to little, no passwords, no macros, no secrets."""

import struct
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from zipfile import ZipFile

from files import content as contents
from files import unfold
from files.file_types import OFFICE, OLE, ZIP
from intake import secret
from intake.errors import RefusedError
from intake.source import Source

MOST_BYTES = 20 * unfold.MB
# Sixty pages of Word unfold to some 5 MB of XML; pictures in it come on top.
MOST_UNFOLDED = 100 * unfold.MB
MOST_PART = 40 * unfold.MB
WORD, EXCEL, PDF = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.spreadsheetml.sheet", "application/pdf"
TEXT = "text/plain"
# Loaded when a document of the kind comes: each brings a library.
READERS = {TEXT: "intake.plain_text", WORD: "intake.word.read", EXCEL: "intake.excel.read", PDF: "intake.pdf.read"}
# What LibreOffice makes one of those of, and the ending that it is asked for.
CONVERTED = {
    "application/msword": "docx",
    "application/vnd.oasis.opendocument.text": "docx",
    "application/vnd.ms-excel": "xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": "xlsx",
}
ZIPPED = (WORD, EXCEL, "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet")


def kind_of(data: bytes) -> str:
    """The media type of a document that may be read or converted; raises RefusedError for anything else.

    Nothing is unfolded to find out but the first 4 KB of each part of a zip.
    """
    if not data.strip():
        raise RefusedError("empty")
    if len(data) > MOST_BYTES:
        raise RefusedError("too_large", most=MOST_BYTES // unfold.MB)
    found = contents.examine(data).content
    if found.endswith("macroenabled.12"):
        raise RefusedError("macros")
    if found == OLE or (found in CONVERTED and data[:4] == b"\xd0\xcf\x11\xe0"):
        _refuse_protected(data, found)
    if found in (*ZIPPED, ZIP):
        _refuse_bomb(data)
    if found.startswith("image/"):
        raise RefusedError("scan")
    if found not in READERS and found not in CONVERTED:
        raise RefusedError("kind")
    return found


def source(data: bytes) -> Source:
    """The lines and tables of a document; raises RefusedError, also where it bears a stamp of secrecy."""
    kind = kind_of(data)
    if kind not in READERS:
        raise RefusedError("needs_conversion")
    reader: Callable[[bytes], Source] = import_module(READERS[kind]).read
    found = reader(data)
    secret.refuse(found)
    return found


def _refuse_protected(data: bytes, kind: str) -> None:
    """Refuses a compound file that is encrypted or holds macros, by the names in its directory."""
    if _names(data, "EncryptedPackage") or _names(data, "EncryptionInfo"):
        raise RefusedError("encrypted")
    if _names(data, "_VBA_PROJECT") or _names(data, "Macros") or _names(data, "_VBA_PROJECT_CUR"):
        raise RefusedError("macros")
    # A Word file of 1997-2003 says in its header that it is encrypted (MS-DOC, FibBase, fEncrypted).
    at = data.find(b"\xec\xa5", 512)
    if (
        kind == "application/msword"
        and 0 < at <= len(data) - 12
        and struct.unpack_from("<H", data, at + 10)[0] & 0x0100
    ):
        raise RefusedError("encrypted")


def _names(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in data


def _refuse_bomb(data: bytes) -> None:
    try:
        unfold.within(data, MOST_UNFOLDED)
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except unfold.BombError as error:
        raise RefusedError("encrypted" if "encrypted" in str(error) else "bomb") from error
    except Exception as error:
        # zipfile, zlib, lzma and bz2 each raise several kinds; all of them say that the archive is broken.
        raise RefusedError("broken") from error
    if any(each.filename.lower().endswith(("vbaproject.bin", "vbadata.xml")) for each in members):
        raise RefusedError("macros")
    if any(each.file_size > MOST_PART and each.filename.lower().endswith((".xml", ".rels")) for each in members):
        raise RefusedError("bomb")
