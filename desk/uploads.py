"""A form with files: read whole in memory, never on the disk, and no further than its cap."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from desk import forms
from desk.forms import MOST_BYTES
from intake import gate
from words.names import file_name

MULTIPART = "multipart/form-data"
# The file, and beside it no more than what any form may hold.
MOST = gate.MOST_BYTES + MOST_BYTES
MOST_FIELDS = 20
# Of a form with a line for each agency.
MOST_FILES, MOST_OF_MANY = 400, 2500


@dataclass(frozen=True)
class Upload:
    """A file that was sent: its name without any folder, as it may be shown, and its bytes."""

    name: str
    data: bytes


class _InMemory(MultiPartParser):
    """What is refused, for its stamp above all, was never on a disk."""

    spool_max_size = MOST + 1


async def whole(request: Request) -> FormData:
    """A form that may bear files, or was sent without any; `of` gives them.

    Raises HTTPException 413 or 400 for what is too big or no form.
    """
    return await (_parsed(request, MOST_FILES, MOST_OF_MANY) if _is_multipart(request) else forms.read(request))


def of(form: FormData, field: str) -> Upload | None:
    """The file of a field; None where none was chosen."""
    sent = form.get(field)
    return Upload(_name(sent.filename), sent.file.read()) if isinstance(sent, UploadFile) and sent.filename else None


def all_of(form: FormData, field: str) -> tuple[Upload, ...]:
    """The files of a field that takes several."""
    sent = [each for each in form.getlist(field) if isinstance(each, UploadFile) and each.filename]
    return tuple(Upload(_name(each.filename or ""), each.file.read()) for each in sent)


async def read(request: Request, field: str) -> tuple[FormData, Upload | None]:
    """The form, and the file of a field; None where none was chosen.

    Raises HTTPException 413 or 400 for what is too big or no form.
    """
    if not _is_multipart(request):
        raise HTTPException(400)
    form = await _parsed(request, 1, MOST_FIELDS)
    sent = form.get(field)
    if not isinstance(sent, UploadFile) or not sent.filename:
        return form, None
    try:
        return form, Upload(_name(sent.filename), await sent.read())
    finally:
        await form.close()


def _is_multipart(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == MULTIPART


async def _parsed(request: Request, files: int, fields: int) -> FormData:
    parser = _InMemory(request.headers, _capped(request), max_files=files, max_fields=fields, max_part_size=MOST_BYTES)
    try:
        return await parser.parse()
    except (MultiPartException, UnicodeDecodeError, KeyError):
        raise HTTPException(400) from None


async def pass_over(request: Request) -> None:
    """Lets a body go by that nobody wants: a browser reads the answer only when all of it has left."""
    try:
        async for _ in _capped(request):
            pass
    except HTTPException:
        return


async def _capped(request: Request) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for piece in request.stream():
        seen += len(piece)
        if seen > MOST:
            raise HTTPException(413)
        yield piece


def _name(sent: str) -> str:
    """A browser of old sends the path too; whoever means harm sends another one."""
    return file_name(sent.replace("\\", "/").rpartition("/")[2])
