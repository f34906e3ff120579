"""A form with files, which goes to the disk piece by piece: never whole in memory, and with no name that could stay.

A file that is too big, or one too many, is let go by and named: the others and the words are there all the same.
"""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from desk import forms
from words.names import file_name

MB = 1024 * 1024
MOST_FILES, MOST_FILE = 10, 20 * MB
# What is let go by costs a line but no disk; beyond it nothing is read any more.
MOST = 2 * MOST_FILES * MOST_FILE
MOST_PARTS, MOST_FIELDS, MOST_FIELD = 100, 40, 64 * 1024
# Between two pieces of one form.
PATIENCE_S = 30.0
MULTIPART = "multipart/form-data"


class Piecewise(UploadFile):
    """A file while it comes; nothing of it is written once it is more than it may be."""

    def __init__(self, file: IO[bytes], filename: str, *, refused: bool) -> None:
        super().__init__(file=file, size=0, filename=filename)  # type: ignore[arg-type]
        self.refused = refused

    @property
    def is_too_big(self) -> bool:
        """Whether more came than a file may have."""
        return (self.size or 0) > MOST_FILE

    async def write(self, data: bytes) -> None:
        """Takes a piece."""
        if self.refused or (self.size or 0) + len(data) > MOST_FILE:
            self.size = (self.size or 0) + len(data)
            return
        await super().write(data)


@dataclass(frozen=True)
class Came:
    """What a form brought: its fields, the files that may be kept, and the names of those that were let go by."""

    fields: FormData
    files: tuple[Piecewise, ...] = ()
    too_big: tuple[str, ...] = ()
    too_many: tuple[str, ...] = ()

    async def close(self) -> None:
        """Lets go of the files."""
        await self.fields.close()


@dataclass
class _Parser:
    folder: Path
    room_for: int
    taken: int = field(default=0)

    def spooled(self, filename: str) -> Piecewise:
        refused = bool(filename) and self.taken >= self.room_for
        self.taken += bool(filename) and not refused
        return Piecewise(TemporaryFile(dir=self.folder), filename, refused=refused)


class _ToDisk(MultiPartParser):
    """Starlette's parser, whose files stand where we say."""

    spooling: _Parser

    def on_headers_finished(self) -> None:
        super().on_headers_finished()
        part = self._current_part
        if part.file is not None:
            part.file.file.close()
            part.file = self.spooling.spooled(_name(part.file.filename or ""))
            self._files_to_close_on_error.append(part.file.file)  # type: ignore[arg-type]


async def read(request: Request, folder: Path, room_for: int = MOST_FILES) -> Came:
    """The form; `room_for` so many files.

    Raises HTTPException 413, 400, 408 or 507 for what is too big, no form, does not come to its end, or finds no room.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != MULTIPART:
        return Came(await forms.read(request))
    parser = _ToDisk(
        request.headers, _pieces(request), max_files=MOST_PARTS, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD
    )
    parser.spooling = _Parser(folder, room_for)
    try:
        form = await parser.parse()
    except (MultiPartException, UnicodeDecodeError, KeyError):
        raise HTTPException(400) from None
    except ClientDisconnect:
        raise HTTPException(408) from None
    except OSError:
        raise HTTPException(507) from None
    sent = [each for _, each in form.multi_items() if isinstance(each, Piecewise) and each.filename]
    kept = tuple(each for each in sent if not each.refused and not each.is_too_big)
    return Came(
        form,
        kept,
        tuple(each.filename or "" for each in sent if not each.refused and each.is_too_big),
        tuple(each.filename or "" for each in sent if each.refused),
    )


async def pass_over(request: Request) -> None:
    """Lets a body go by that nobody wants: a browser reads the answer only when all of it has left."""
    try:
        async for _ in _pieces(request):
            pass
    except (HTTPException, ClientDisconnect):
        return


async def _pieces(request: Request) -> AsyncGenerator[bytes, None]:
    seen, stream = 0, request.stream()
    while True:
        try:
            piece = await asyncio.wait_for(anext(stream), PATIENCE_S)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise HTTPException(408) from None
        seen += len(piece)
        if seen > MOST:
            raise HTTPException(413)
        yield piece


def _name(sent: str) -> str:
    """A browser of old sends the path too; whoever means harm sends another one."""
    return file_name(sent.replace("\\", "/").rpartition("/")[2])
