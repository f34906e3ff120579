"""Makes the zip of an office document the same to the byte whenever its content is the same."""

import io
import zipfile

# The first moment that a zip can hold.
MOMENT = (1980, 1, 1, 0, 0, 0)


def fixed(data: bytes) -> bytes:
    """The same package with its parts in their order, and the moment of writing taken out of it."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for part in given.infolist():
            made.writestr(zipfile.ZipInfo(part.filename, MOMENT), given.read(part), zipfile.ZIP_DEFLATED)
    return held.getvalue()
