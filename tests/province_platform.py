"""The platform of a province's benches, in a process of its own: takes what it is given, for any token, and keeps a
ledger of what came."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from multiprocessing import get_context
from typing import Any
from urllib.parse import parse_qs
from urllib.request import urlopen

# mark.perhaps_twice of data/texts_vi.toml as it is sent, with what parts it from the message.
MARK = re.compile(r"(<i>)?\(Tin này có thể trùng với tin đã gửi\.\)(</i>)?\s*")
# What the bench posts itself bears a number.
NUMBERED = re.compile(r"số (\d+)\.")


@dataclass
class Office:
    """What came under one token: in all, with the mark, without it though it had come before; how many texts to how
    many chats; the numbers among them; and the longest time in which nothing came, up to the last that did."""

    arrived: int = 0
    marked: int = 0
    bare_repeats: int = 0
    texts: int = 0
    numbers: set[int] = field(default_factory=set)
    silent_s: float = 0.0
    last: float = 0.0
    seen: set[int] = field(default_factory=set, repr=False)

    def take(self, chat: str, text: str, now: float) -> None:
        """One message that is accepted at an instant."""
        plain = MARK.sub("", text)
        message, is_marked = hash((chat, plain)), plain != text
        self.arrived += 1
        self.marked += is_marked
        self.bare_repeats += message in self.seen and not is_marked
        self.seen.add(message)
        self.texts = len(self.seen)
        if found := NUMBERED.search(plain):
            self.numbers.add(int(found[1]))
        self.silent_s = max(self.silent_s, now - self.last) if self.last else 0.0
        self.last = now


@dataclass
class Ledger:
    """The offices by token; `delay_s` passes between a message that is accepted and its answer."""

    delay_s: float
    offices: dict[str, Office] = field(default_factory=dict)

    def figures(self) -> dict[str, Any]:
        """Of all together, by the machine's clock."""
        known = self.offices.values()
        return {
            "taken": sum(each.arrived for each in known),
            "marked": sum(each.marked for each in known),
            "last": max((each.last for each in known), default=0.0),
            "offices": len(known),
        }

    def lines(self) -> dict[str, Any]:
        """Of each by its token."""
        return {
            token: {name: sorted(value) if name == "numbers" else value for name, value in asdict(each).items()
                    if name != "seen"}
            for token, each in self.offices.items()
        }  # fmt: skip


class Taking(asyncio.Protocol):
    """One connection; polls wait as they ask to."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.heard = transport, b""

    def data_received(self, data: bytes) -> None:
        """Answers each whole request."""
        self.heard += data
        while (end := self.heard.find(b"\r\n\r\n")) >= 0:
            head = self.heard[:end]
            said = re.search(rb"(?i)content-length: *(\d+)", head)
            whole = end + 4 + (int(said[1]) if said else 0)
            if len(self.heard) < whole:
                return
            body, self.heard = self.heard[end + 4 : whole], self.heard[whole:]
            self._answer(head.split(b" ", 2)[1].decode(), body)

    def _answer(self, path: str, body: bytes) -> None:
        if path in ("/figures", "/lines"):
            self._say(self.ledger.figures() if path == "/figures" else self.ledger.lines())
            return
        token, _, method = path.removeprefix("/bot").partition("/")
        me = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "x", "username": f"b{token[:7]}_bot"}
        if method == "getUpdates":
            asked = re.search(rb"timeout\W+(\d+)", body)
            self._later(int(asked[1]) if asked else 0, {"ok": True, "result": []})
        elif method.startswith("send"):
            office = self.ledger.offices.setdefault(token, Office())
            words = parse_qs(body.decode("utf-8", "replace"))
            office.take(words.get("chat_id", [""])[0], words.get("text", [""])[0], time.time())
            chat = {"id": 7, "type": "private"}
            message = {"message_id": office.arrived, "date": 1, "chat": chat, "from": me, "text": "x"}
            self._later(self.ledger.delay_s, {"ok": True, "result": message})
        else:
            no_webhook = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
            self._say({"ok": True, "result": {"getMe": me, "getWebhookInfo": no_webhook}.get(method, True)})

    def _later(self, seconds: float, answer: Any) -> None:
        if seconds:
            asyncio.get_running_loop().call_later(seconds, self._say, answer)
        else:
            self._say(answer)

    def _say(self, answer: Any) -> None:
        if not self.transport.is_closing():
            body = json.dumps(answer).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self.transport.write(head.encode() + body)


def take_all(port: Any, delay_s: float) -> None:
    """The platform's process: says at which port it is."""

    async def run() -> None:
        made = partial(Taking, Ledger(delay_s))
        server = await asyncio.get_running_loop().create_server(made, "127.0.0.1", 0, backlog=2000)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def platform(delay_s: float = 0.0) -> Iterator[str]:
    """Its address."""
    queue = get_context("spawn").Queue()
    process = get_context("spawn").Process(target=take_all, args=(queue, delay_s), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{queue.get()}"
    process.terminate()
    process.join()


def figures(api: str) -> dict[str, float]:
    """What the platform knows of all."""
    with urlopen(f"{api}/figures", timeout=60) as answer:
        found: dict[str, float] = json.load(answer)
    return found


def lines(api: str) -> dict[str, dict[str, Any]]:
    """What it knows of each office, by token; see Office."""
    with urlopen(f"{api}/lines", timeout=60) as answer:
        found: dict[str, dict[str, Any]] = json.load(answer)
    return found
