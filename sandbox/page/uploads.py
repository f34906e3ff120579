"""Files that pass through the page: what a visitor drops into a chat, and what the phones show of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from sandbox.sentences import say
from sandbox.telegram_api.platform import Platform
from sandbox.telegram_api.values import Upload

MAX_FILES = 10
MAX_BYTES = 50 * 1024 * 1024
# The pictures that every browser draws and that cannot carry a script; by their first bytes, not by their names.
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@dataclass(frozen=True)
class Parcel:
    """One sending: who, where, the files in order, and what goes with them."""

    user: int
    chat: int
    files: tuple[Upload, ...]
    as_photos: bool
    caption: str | None
    reply_to: int | None

    def send(self, platform: Platform) -> None:
        """Send it: pictures and other files are separate albums, the caption goes with the first file of all."""
        photos = [each for each in self.files if self.as_photos and picture_type(each.data)]
        others = [each for each in self.files if each not in photos]
        caption = self.caption
        for files in (photos, others):
            # Not the platform's own numbers: those count only what its journal brings back.
            album = str(13_500_000_000_000_000 + secrets.randbits(48)) if len(files) > 1 else None
            for file in files:
                if files is photos:
                    platform.send_photo(self.user, self.chat, file.data, caption, self.reply_to, album)
                else:
                    platform.send_document(
                        self.user, self.chat, file.data, file.file_name, file.mime, caption, self.reply_to, album
                    )
                caption = None


async def parcel(request: Request) -> Parcel:
    """Read a multipart request; ValueError with a sentence for no file, too many or too big ones."""
    async with request.form(max_files=MAX_FILES + 1) as form:
        files = [each for each in form.getlist("file") if isinstance(each, UploadFile)]
        if not 1 <= len(files) <= MAX_FILES:
            raise ValueError(say("filesCount", count=MAX_FILES))
        if any((each.size or 0) > MAX_BYTES for each in files):
            raise ValueError(say("fileLarge", count=MAX_BYTES // 1024 // 1024))
        read = [
            Upload(each.filename or "file", each.content_type or "application/octet-stream", await each.read())
            for each in files
        ]
        reply_to = str(form.get("reply_to") or "")
        return Parcel(
            user=int(str(form.get("user"))),
            chat=int(str(form.get("chat"))),
            files=tuple(read),
            as_photos=form.get("as") == "photo",
            caption=str(form.get("caption") or "") or None,
            reply_to=int(reply_to) if reply_to else None,
        )


def picture_type(data: bytes) -> str:
    """The media type of a picture that a browser may draw, "" for anything else, SVG included."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in PICTURES.items() if data.startswith(start)), "")


def served(platform: Platform, file_id: str) -> Response:
    """A file for the browser; ValueError when there is none of that id."""
    data = platform.file_bytes(file_id)
    return shown(platform.files.by_id[file_id].name, data)


def shown(name: str, data: bytes) -> Response:
    """The bytes of a file for the browser: a picture to look at, anything else only to save."""
    kind = picture_type(data)
    response = Response(data, media_type=kind or "application/octet-stream")
    if not kind:
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name or 'file', safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
