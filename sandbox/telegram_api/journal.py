"""The journal of a sandbox: one JSON line per act, the bytes of files beside it under their SHA-256."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.telegram_api.values import Upload


class Journal:
    """An append-only file of acts; a last line that a crash cut in two is dropped."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.blobs = path.with_name(path.name + ".files")
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            whole = path.read_bytes()
            kept = whole[: whole.rfind(b"\n") + 1]
            if kept != whole:
                path.write_bytes(kept)

    def read(self) -> Iterator[tuple[datetime, str, dict[str, Any]]]:
        """The acts in order: when (UTC), which, with what arguments."""
        if not self.path.exists():
            return
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield datetime.fromisoformat(record["at"]), record["act"], self._decode(record["with"])

    def write(self, at: datetime, act: str, arguments: dict[str, Any]) -> None:
        """Append one act; a file's bytes are on disk before the line that names them."""
        record = {"at": at.isoformat(), "act": act, "with": self._encode(arguments)}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record, ensure_ascii=False) + "\n")

    def remove(self) -> None:
        """Removes the acts and the files; whoever wrote here writes no more."""
        self.path.unlink(missing_ok=True)
        shutil.rmtree(self.blobs, ignore_errors=True)

    def _encode(self, value: Any) -> Any:
        if isinstance(value, bytes):
            digest = hashlib.sha256(value).hexdigest()
            self.blobs.mkdir(exist_ok=True)
            if not (self.blobs / digest).exists():
                (self.blobs / digest).write_bytes(value)
            return {"$bytes": digest}
        if isinstance(value, Upload):
            return {"$upload": [value.file_name, value.mime, self._encode(value.data)]}
        if isinstance(value, dict):
            return {key: self._encode(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._encode(item) for item in value]
        return value

    def _decode(self, value: Any) -> Any:
        if isinstance(value, dict):
            if set(value) == {"$bytes"}:
                return (self.blobs / value["$bytes"]).read_bytes()
            if set(value) == {"$upload"}:
                name, mime, data = value["$upload"]
                return Upload(name, mime, self._decode(data))
            return {key: self._decode(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._decode(item) for item in value]
        return value
