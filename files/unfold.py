"""What an archive would unfold to, looked at before anything in it is read."""

import re
import zipfile
from io import BytesIO

from plan.errors import NhacViecError

MB = 1024 * 1024
MOST_MEMBERS = 4096
# An XML part of an office file has no document type; one that has may define entities that unfold without end.
DOCTYPE = b"<!DOCTYPE"
# Where a part of XML begins with its first element; no program writes more than some hundred bytes before it.
ELEMENT = re.compile(rb"<[A-Z_]")
HEAD = 4096


class BombError(NhacViecError):
    """An archive that holds far more than it should, or says what no office program writes."""


def within(data: bytes, most: int) -> None:
    """Raises BombError where a zip would unfold to more than `most` bytes or has a document type in a part of XML.

    The sizes are those that the archive itself declares: reading a member never gives more than that, the library
    stops there. Raises zipfile.BadZipFile where it is no zip.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise BombError(f"it holds {len(members)} files, an office document holds some dozens")
        size = sum(each.file_size for each in members)
        if size > most:
            raise BombError(f"it unfolds to {size // MB} MB, at most {most // MB} MB are read")
        for each in members:
            if each.flag_bits & 1:
                raise BombError("it is encrypted: save it without a password")
            if each.filename.lower().endswith((".xml", ".rels")) and not _begins_plainly(archive, each):
                raise BombError(f"its part {each.filename} declares a document type, which no office program writes")


def _begins_plainly(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether no document type stands in the first 4 KB, and where they are full, the first element begins there.

    Read as ASCII: a part in UTF-16 declares itself with the same letters and zeros between.
    """
    with archive.open(member) as part:
        head = part.read(HEAD).replace(b"\0", b"").upper()
    return DOCTYPE not in head and (ELEMENT.search(head) is not None or member.file_size < HEAD)
