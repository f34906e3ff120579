"""Gives the bytes of kept evidence for a message that carries them."""

from channels.base import Attached
from files.content import export_name
from plan.errors import NhacViecError
from store import submissions
from store.engine import Store
from words.office import Office

# What a platform shows as a picture when a phone made it one: of these it never refuses the shape.
PHOTOS = frozenset({"image/jpeg", "image/png"})


class NotKeptError(NhacViecError):
    """The bytes of a file are not here; the message names it."""


def reference(evidence_id: int) -> str:
    """How a message names a file of the evidence."""
    return f"evidence:{evidence_id}"


def attached(store: Store, _office: Office, name: str) -> Attached:
    """The file "12" of the evidence, under a name made safe; raises NotKeptError."""
    with store.look() as session:
        file = submissions.file(session, int(name))
        data = submissions.blob(session, file.sha256) if file is not None and file.sha256 else None
        if file is None or data is None:
            raise NotKeptError(f"the bytes of evidence {name} are not kept")
        photo = file.kind == "photo" and file.content in PHOTOS
        return Attached(export_name(file.name or file.kind, file.content), data, photo)
