"""Fuzzes the readers of hostile bytes by their coverage: `python -m tests.fuzz.coverage TARGET [libFuzzer options]`.

`make fuzz` runs each target for a fixed number of runs where atheris is installed; what it finds becomes a test in
tests/fuzz/test_found.py.
"""

import copy
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.fuzz.hostile import TEXTS, VERBS, WHAT

ROOT = Path(__file__).parent.parent.parent
NOW = datetime(2020, 1, 2, tzinfo=UTC)
CODES = frozenset({"1c", "1d", "1đ", "2b", "12a", "bc"})
Target = Callable[[bytes], None]
DONE = re.compile(r"Done (\d+) runs in (\d+) second")
COVERED = re.compile(r"cov: (\d+)")


def updates() -> tuple[Target, list[bytes]]:
    """JSON bytes become an Incoming, nothing, or UnreadableError."""
    from telegram import User

    from channels.errors import UnreadableError
    from channels.telegram.channel import Telegram

    channel = Telegram("1:a")
    channel.bot._bot_user = User(1, "Bot", True, username="NhacViecBot")
    who = {"id": 7, "is_bot": False, "first_name": "a"}
    here = {"id": 7, "type": "private"}
    message = {"message_id": 1, "date": 1577923200, "chat": here, "from": who, "text": "/done 2b"}
    photo = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1, "file_size": 5}
    pressed = {"id": "1", "from": who, "chat_instance": "x", "message": message, "data": "1|/x"}
    samples = [
        {"update_id": 1, "message": message},
        {"update_id": 1, "edited_message": message | {"edit_date": 5, "reply_to_message": message}},
        {"update_id": 1, "message": message | {"photo": [photo], "caption": "x", "media_group_id": "5"}},
        {"update_id": 1, "callback_query": pressed},
        {"update_id": 1, "message": message | {"migrate_to_chat_id": -100}},
    ]

    def read(data: bytes) -> None:
        raw = data.decode("utf-8", "surrogateescape") if data[:1] == b"{" else json.dumps(bent(samples, data))
        try:
            incoming = channel.read("1:x", raw, NOW)
        except UnreadableError:
            return
        if incoming is not None:
            json.dumps(repr(incoming)).encode()
            "".join((incoming.text, incoming.user, incoming.user_name, incoming.chat, incoming.chat_title)).encode()

    bends = [
        bytes([number, 1, 2, 3, 4, 5, *"<b>\ud83d\udc69".encode("utf-16", "surrogatepass")]) for number in range(5)
    ]
    return read, [json.dumps(each).encode() for each in samples] + bends


def bent(samples: Sequence[Any], data: bytes) -> Any:
    """A sample with places changed as the bytes say: five each for the way down and the new value, the rest is text."""
    value = copy.deepcopy(samples[data[0] % len(samples)]) if data else {}
    for at in range(1, min(len(data) - 4, 40), 5):
        place, key = value, ""
        for step in data[at : at + 4]:
            keys = sorted(place) if isinstance(place, dict) else []
            if not keys:
                break
            parent, key = place, keys[step % len(keys)]
            place = parent[key]
        if key:
            text = data[at + 5 :].decode("utf-8", "replace")
            news: tuple[Any, ...] = (
                None,
                text,
                text[:40],
                data[at],
                -data[at],
                2 ** data[at],
                0.5,
                [],
                {},
                copy.deepcopy(parent),
                [place],
            )
            parent[key] = news[data[at + 4] % len(news)]
    return value


def texts() -> tuple[Target, list[bytes]]:
    """A text becomes a command, its code and its rest, whatever it is."""
    from bot.commands import VERBS as KNOWN
    from words import codes, grammar, names

    def read(data: bytes) -> None:
        text = data.decode("utf-8", "surrogatepass") if _decodes(data) else data.decode("utf-8", "replace")
        cleaned = names.clean(text)
        cleaned.encode()
        said = grammar.read(cleaned, KNOWN)
        typed = codes.read(said.rest, CODES)
        assert typed.code is None or typed.code in CODES
        codes.nearest(codes.normalise(typed.wanted).lower(), CODES)
        grammar.number(said.rest)
        assert len(names.safe_file_name(text, "pdf")) <= names.LONGEST_FILE_NAME

    found = [f"{verb} {what}".encode() for verb in VERBS for what in WHAT[:12]]
    return read, found + [each.encode("utf-8", "surrogatepass") for each in TEXTS]


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def presses() -> tuple[Target, list[bytes]]:
    """What stands under a button comes out as it went in, or is refused."""
    from channels.telegram import buttons

    def read(data: bytes) -> None:
        try:
            delivery, command = buttons.unpack(data.decode("utf-8", "replace"))
        except buttons.ButtonError:
            return
        assert 0 <= delivery < 2**63
        if len(command.encode()) <= 50:
            assert buttons.unpack(buttons.pack(delivery, command)) == (delivery, command)

    return read, [b"1c|/done #57", b"0|x", b"zzzzzzzzzzzz|/undo 1", b"|", b"1|"]


def files() -> tuple[Target, list[bytes]]:
    """Any bytes are a file of a known type, with a size or without."""
    from files.content import examine
    from files.file_types import EXTENSIONS
    from tests.files.test_content import SAMPLES

    def read(data: bytes) -> None:
        found = examine(data)
        assert found.content in EXTENSIONS
        assert (found.width is None) == (found.height is None)

    return read, [data for data, _ in SAMPLES.values() if data]


def plans() -> tuple[Target, list[bytes]]:
    """The bytes of a plan file become a plan or a list of faults."""
    from plan import loader
    from plan.errors import PlanError

    def read(data: bytes) -> None:
        try:
            loader.loads(data)
        except PlanError as error:
            if not error.faults:
                raise

    samples = ('{"id": "x", "tasks": []}', "\ufeff[]", '{"a": NaN}', "[" * 50, '{"đ": "MẬT"}')
    return read, [each.encode() for each in samples]


TARGETS: Mapping[str, Callable[[], tuple[Target, list[bytes]]]] = {
    "updates": updates,
    "texts": texts,
    "presses": presses,
    "files": files,
    "plans": plans,
}


@dataclass(frozen=True)
class Covered:
    """What came of one target: runs, seconds, edges of the code covered; `crash` is the input's repr, empty if none."""

    target: str
    runs: int
    seconds: int
    edges: int
    crash: str


def available() -> bool:
    """Whether atheris is installed; there are machines without a wheel of it."""
    return find_spec("atheris") is not None


def measure(target: str, runs: int) -> Covered:
    """Runs one target in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.fuzz.coverage", target, f"-runs={runs}", "-seed=1", "-timeout=20"]
        command += ["-max_len=4096", f"-artifact_prefix={folder}/", folder]
        done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
        said = done.stderr.decode(errors="replace")
        finished, covered = DONE.search(said), COVERED.findall(said)
        found = [path.read_bytes() for path in sorted(Path(folder).glob("[cot]*-*"))]
    crash = repr(found[0])[:300] if found else ("" if done.returncode == 0 else said[-300:])
    runs, seconds = (int(finished[1]), int(finished[2])) if finished else (0, 0)
    return Covered(target, runs, seconds, int(covered[-1]) if covered else 0, crash)


def main() -> None:
    """Fuzzes one target until its runs are over or something raises."""
    import atheris

    arguments = sys.argv[:1] + sys.argv[2:]
    with atheris.instrument_imports(include=["plan", "words", "store", "channels", "bot", "files"]):
        read, samples = TARGETS[sys.argv[1]]()
    corpus: Any = arguments[-1]
    if not corpus.startswith("-"):
        for number, sample in enumerate(samples):
            (Path(corpus) / f"sample{number}").write_bytes(sample)
    atheris.Setup(arguments, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
