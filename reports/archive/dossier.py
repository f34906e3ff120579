"""The evidence file: the office's archive of a period, a task or an agency, as one zip that proves itself.

In it stand muc-luc.html and muc-luc.xlsx (the contents), SHA256SUMS, which `sha256sum -c` reads, tin-da-gui.xlsx with
what people were told, minh-chung/ with the evidence of the answers that stand, phoi-hop/ with what coordinating
agencies added, and gui-kem/ with what came with progress, requests, causes of delay and opinions.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from files.package import entry
from reports.archive import dossier_pages, told_pages
from reports.archive.dossier_contents import BROKEN, LOST, read
from reports.archive.dossier_values import Contents, File, Selection
from store import submissions
from store.engine import Store
from words.office import Office

SUMS = "SHA256SUMS"


def write(store: Store, office: Office, selection: Selection, now: datetime, out: Path) -> Contents:
    """Writes the zip and gives what is in it; the same to the byte while the database has the same.

    `now` (UTC) only says what has fallen due. One file's bytes are in memory at a time, and are compared with the
    SHA-256 that was noted when they came; a file that is not there is named in the contents, never left out in
    silence. The zip appears when it is whole. Raises SelectionError, and OSError where it cannot be written.
    """
    with store.look() as session:
        contents = read(session, office, selection, now)
    part = out.with_name(f"{out.name}.part")
    try:
        # Pictures and PDFs are compressed already; stored, they are the same with every version of zlib.
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as package:
            contents = contents.without(dict(_copy(store, office, package, contents)))
            _describe(package, office, contents, now)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return contents


def _copy(store: Store, office: Office, package: zipfile.ZipFile, contents: Contents) -> Iterator[tuple[str, str]]:
    """Copies every file into the zip, and gives the paths of those that could not be, each with why."""
    for file in contents.files:
        # A view for each: none lasts so long that the database could not tidy up behind it.
        with store.look() as session:
            data = submissions.blob(session, file.sha256)
        if data is None:
            yield file.path, LOST
        elif hashlib.sha256(data).hexdigest() != file.sha256:
            yield file.path, BROKEN
        else:
            package.writestr(_entry(office, file), data, zipfile.ZIP_STORED)


def _entry(office: Office, file: File) -> zipfile.ZipInfo:
    """The file's place in the zip, dated as it was sent."""
    sent = office.local(file.sent_at)
    return entry(file.path, (sent.year, sent.month, sent.day, sent.hour, sent.minute, sent.second))


def _describe(package: zipfile.ZipFile, office: Office, contents: Contents, now: datetime) -> None:
    pages = {
        "muc-luc.html": dossier_pages.html(office, contents, now),
        "muc-luc.xlsx": dossier_pages.xlsx(office, contents, now),
    }
    if contents.told:
        pages[told_pages.NAME] = told_pages.xlsx(office, contents.told, contents.told[-1].at)
    sums = {file.path: file.sha256 for file in contents.files}
    sums |= {name: hashlib.sha256(data).hexdigest() for name, data in pages.items()}
    listed = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    for name, data in {**pages, SUMS: listed.encode()}.items():
        package.writestr(entry(name), data, zipfile.ZIP_DEFLATED)
