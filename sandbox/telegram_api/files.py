"""Files on the fake servers: bytes by their hash, ids, the sizes of a photo, and links that end after an hour."""

from __future__ import annotations

import hashlib
import struct
import zlib
from datetime import datetime, timedelta
from typing import Literal

from sandbox.telegram_api.values import ApiError, Json, StoredFile, Upload, bad_request

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
LINK_LIFETIME = timedelta(hours=1)
# A client scales a photo down to these longest sides; the last one is the photo itself.
PHOTO_SIDES = (90, 320)
PLAIN_SIZE = (1280, 960)


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG or GIF; None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:4] == b"GIF8" and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    at = 2
    while data[:2] == b"\xff\xd8" and at + 9 <= len(data):
        if data[at] == 0xFF and data[at + 1] in {0xC0, 0xC1, 0xC2}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None


def grey_png(width: int, height: int) -> bytes:
    """A grey picture: a thumbnail whose bytes are not those of the photo, so that taking the wrong one shows."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = (b"\x00" + b"\x80" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Files:
    """Every file that a person or the bot has sent."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}
        self._blobs: dict[str, bytes] = {}
        self._links: dict[str, datetime] = {}
        # Every address answers 404, as where a proxy does not know the file server.
        self.gone = False

    def bytes_of(self, file_id: str) -> bytes:
        """The bytes of a file; KeyError when there is none of that id."""
        return self._blobs[self.by_id[file_id].digest]

    def add_photo(self, data: bytes) -> list[Json]:
        """Keep a photo and give its PhotoSize objects, smallest first."""
        width, height = picture_size(data) or PLAIN_SIZE
        sizes = []
        for side in PHOTO_SIDES:
            scale = side / max(width, height)
            if scale < 1:
                small = max(1, round(width * scale)), max(1, round(height * scale))
                sizes.append(self._photo_size(grey_png(*small), *small))
        return [*sizes, self._photo_size(data, width, height)]

    def add_document(self, data: bytes, name: str, mime: str) -> Json:
        """Keep a document and give its Document object."""
        stored = self._add(data, "document", name, mime)
        return {"file_name": name, "mime_type": mime} | self._ids(stored)

    def uploaded_photo(self, upload: Upload | str) -> list[Json]:
        """Keep a photo that the bot sends and give its sizes; errors as `check_photo`."""
        self.check_photo(upload)
        return [self._size_json(self.by_id[upload])] if isinstance(upload, str) else self.add_photo(upload.data)

    def check_photo(self, upload: Upload | str) -> None:
        """Refuse what sendPhoto refuses: over 10 MB, no picture, bad proportions, an unknown file_id (ApiError)."""
        if isinstance(upload, str):
            self._known(upload, "photo")
            return
        self._check(upload)
        if len(upload.data) > MAX_PHOTO:
            raise bad_request(
                f"file of size {len(upload.data)} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
            )
        size = picture_size(upload.data)
        if size is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
        if sum(size) > 10_000 or max(size) > 20 * min(size):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")

    def uploaded_document(self, upload: Upload | str) -> Json:
        """Keep a file that the bot sends and give its Document; errors as `check_document`."""
        self.check_document(upload)
        if isinstance(upload, str):
            stored = self.by_id[upload]
            return {"file_name": stored.name, "mime_type": stored.mime} | self._ids(stored)
        return self.add_document(upload.data, upload.file_name, upload.mime)

    def check_document(self, upload: Upload | str) -> None:
        """Refuse what sendDocument refuses: over 50 MB, nothing in it, an unknown file_id (ApiError)."""
        if isinstance(upload, str):
            self._known(upload, "document")
        else:
            self._check(upload)

    def link(self, file_id: str, at: datetime) -> Json:
        """The File object with a file_path that is good for one hour (Bot API documentation, getFile; <= 20 MB)."""
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad_request("invalid file_id")
        if stored.size > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        self._links[stored.path] = at + LINK_LIFETIME
        return self._ids(stored) | {"file_path": stored.path}

    def download(self, path: str, at: datetime) -> bytes:
        """The bytes behind a file_path; 404 when getFile never gave it or its hour is over."""
        if self.gone or path not in self._links or self._links[path] < at:
            raise ApiError(404, "Not Found")
        return self._blobs[self.by_path[path].digest]

    def _known(self, file_id: str, kind: str) -> None:
        if file_id.startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        stored = self.by_id.get(file_id)
        if stored is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if stored.kind != kind:
            raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")

    def _check(self, upload: Upload) -> None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > MAX_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")

    def _photo_size(self, data: bytes, width: int, height: int) -> Json:
        return self._size_json(self._add(data, "photo", "", "image/jpeg", width, height))

    def _size_json(self, stored: StoredFile) -> Json:
        return {"width": stored.width, "height": stored.height} | self._ids(stored)

    def _ids(self, stored: StoredFile) -> Json:
        return {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}

    def _add(
        self, data: bytes, kind: Literal["photo", "document"], name: str, mime: str, width: int = 0, height: int = 0
    ) -> StoredFile:
        digest, number = hashlib.sha256(data).hexdigest(), len(self.by_id) + 1
        self._blobs[digest] = data
        suffix = ".jpg" if kind == "photo" else "." + name.rpartition(".")[2] if "." in name else ""
        stored = StoredFile(
            file_id=f"{'AgACAgUAAxkB' if kind == 'photo' else 'BQACAgUAAxkB'}{number:08d}{digest[:24]}",
            unique_id=f"AQAD{digest[:16]}",
            kind=kind,
            digest=digest,
            size=len(data),
            name=name,
            mime=mime,
            path=f"{kind}s/file_{number}{suffix}",
            width=width,
            height=height,
        )
        self.by_id[stored.file_id] = self.by_path[stored.path] = stored
        return stored
