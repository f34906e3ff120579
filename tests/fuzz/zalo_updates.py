"""What Zalo brings, as people cause it and as is known of it from outside; and the same broken."""

import json
from typing import Any

from hypothesis import strategies as st

from sandbox.zalo_api.platform import BOT, NAME
from tests.fuzz.hostile import hostile, names, said
from tests.fuzz.updates import NOW, Case, Json, broken

STRANGERS = ("6b5f5f0e1a2b3c4d", "00000000000009f1")
OFFICER, JURIST, HEAD, ADMIN, REMOVED = (f"{0xA3F5 + number:016x}" for number in range(5))
HUGE = "9" * 64
ACTORS = (*STRANGERS, OFFICER, OFFICER, OFFICER, JURIST, HEAD, ADMIN, REMOVED, HUGE)
BOUND, UNBOUND = "zgr-0000000000000000000a", "zgr-0000000000000000000b"
ADDRESSES = (
    "https://photo.zdn.vn/1.jpg", "https://zdn.vn.evil.example/1.jpg", "http://127.0.0.1:8443/", "file:///etc/passwd",
    "https://user:pass@photo.zdn.vn/1.jpg", "http://[::1]/", "//photo.zdn.vn/1.jpg", "https://photo.zdn.vn:22/", "x",
    "https://zdn.vn/" + "a" * 1900, "https://ĐỘC.zdn.vn/<b>", "javascript:alert(1)", "data:image/png;base64,AAAA",
    "https://photo.zdn.vn/\ud800",
)  # fmt: skip
# Milliseconds; what is none of ours is no moment at which anybody wrote.
EXTREME = (0, -1, 1, NOW, NOW * 1000 + 10**9, 253_402_300_799_000, 10**14, 2**70)
# No update at all: what a proxy, a probe or somebody who knows the address may bring.
BODIES = (
    b"",
    b"null",
    b"[]",
    b"5",
    b'"x"',
    b"{",
    b"[" * 5000,
    b"\xff\xfe{}",
    b'{"ok":true}',
    b'{"ok":true,"result":null}',
)
TYPED = (
    "đồng ý", "dong y ạ", "ok em", "A", "b", "chọn c ạ", "z", "đã xong", "không phát sinh", "hoàn tác", "thôi", "1",
    "/kenh", "/kenh zalo", "/xoadulieu", "/dulieu", "/tamdung", "/guitep 2b", "/gannhom", "0000 0000",
)  # fmt: skip

dates = st.integers(NOW * 1000 - 10**6, NOW * 1000 + 10**6) | st.sampled_from(EXTREME)
# A few hundred, so that the same comes again; with the chat and the sender they make the key.
ids = st.integers(1, 400).map(lambda number: f"{number:020x}") | hostile.map(lambda text: text[:40] or "x")


@st.composite
def message(draw: st.DrawFn, codes: tuple[str, ...], actor: str) -> tuple[str, Json]:
    """The name of an event and its message."""
    in_group = draw(st.integers(0, 9)) >= 8
    place = draw(st.sampled_from((BOUND, BOUND, UNBOUND))) if in_group else actor
    found: Json = {
        "message_id": draw(ids),
        "date": draw(dates),
        "chat": {"id": place, "chat_type": "GROUP" if in_group else "PRIVATE"},
        "from": {"id": actor, "is_bot": False, "display_name": draw(names)},
    }
    text = draw(said(codes)) if draw(st.integers(0, 3)) else draw(st.sampled_from((*TYPED, *codes)))
    if in_group and draw(st.integers(0, 5)):
        text = f"@{draw(st.sampled_from((NAME, NAME, NAME.upper(), 'Ai đó khác', '')))} {text}"
    kind = draw(st.sampled_from(("text",) * 8 + ("image", "image", "image", "sticker", "voice")))
    if kind == "text":
        found |= {"text": text[:2000], "message_type": "TEXT"}
    elif kind == "image":
        found |= {draw(st.sampled_from(("photo_url", "photo"))): draw(st.sampled_from(ADDRESSES))}
        if draw(st.booleans()):
            found["caption"] = text[:2000]
    elif kind == "sticker":
        found |= {"sticker": draw(hostile), "url": draw(hostile)}
    else:
        found["voice_url"] = "https://voice.zdn.vn/1.aac"
    return f"message.{kind}.received", found


@st.composite
def case(draw: st.DrawFn, codes: tuple[str, ...]) -> Case:
    """One body: an update flat or wrapped, a few of them, one that is broken, or none."""
    actor = draw(st.sampled_from(ACTORS))
    pause = draw(st.sampled_from((0, 0, 1, 20, 90, 90, 700)))
    choice = draw(st.integers(0, 99))
    if choice < 2:
        return Case({"body": draw(st.sampled_from(BODIES)).decode("latin-1")}, "no update", True, pause)
    event, content = draw(message(codes, actor))
    update: Json = {"event_name": event, "message": content}
    kind = ("group, " if content["chat"]["chat_type"] == "GROUP" else "") + event.split(".")[1]
    if choice < 6:
        kind, update = "unsupported", {"event_name": "message.unsupported.received"}
        if draw(st.booleans()):
            update["message"] = {name: content[name] for name in ("message_id", "date", "chat", "from")}
    elif choice < 8:
        kind, content["from"] = "bots", BOT | {"is_bot": True, "display_name": draw(names)}
    elif choice < 10:
        kind, update["event_name"] = "other", draw(st.sampled_from(("follow", "", "message.link.received")) | hostile)
    elif choice < 12:
        # A private chat that is somebody else's: nobody can have written there.
        content["chat"] = {"id": draw(st.sampled_from(ACTORS)), "chat_type": draw(st.sampled_from(("PRIVATE", "x")))}
        return Case({"body": body(update)}, "foreign chat", True, pause)
    is_broken = draw(st.integers(0, 14)) == 0
    whole: Any = draw(broken(update)) if is_broken else update
    shape = draw(st.integers(0, 9))
    if shape >= 6:
        whole = {"ok": True, "result": [whole, whole] if shape == 9 else whole, "error_code": 0}
    return Case({"body": body(whole)}, f"{kind}, broken" if is_broken else kind, is_broken, pause)


def body(update: Any) -> str:
    """As it is written on the line."""
    return json.dumps(update, ensure_ascii=True)
