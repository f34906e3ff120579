"""Updates of the Bot API as people cause them, built as documented; and the same ones broken."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.hostile import hostile, names, said

Json = dict[str, Any]
BOT = 1234567
STRANGERS, OFFICER, JURIST, HEAD, ADMIN, REMOVED = (900, 901), 101, 102, 103, 104, 105
ACTORS = (*STRANGERS, OFFICER, OFFICER, OFFICER, JURIST, HEAD, ADMIN, REMOVED, 2**52 - 1)
BOUND, UNBOUND, SUPER = -4001, -4002, -1_000_000_004_003
NOW = 1_577_923_200  # 2 January 2020, 07:00 in the office
EXTREME = (0, -1, 1, NOW + 10**6, 2**31, 253_402_300_799, -62_135_596_800)
HUGE = (0, -7, 2**31, 2**53, 2**63, 2**70)
BROKEN_VALUES: tuple[Any, ...] = (None, "", "x", "\ud800", -1, 2**70, 1.5, True, [], {}, [[]], {"id": {}}, [None, 1])


@dataclass(frozen=True)
class Case:
    """One update and what it is: its kind, and whether its structure is what the platform promises."""

    update: Json
    kind: str
    broken: bool = False
    pause: int = 0


numbers = st.integers(1, 400) | st.integers(1, 400) | st.sampled_from(HUGE)
dates = st.integers(NOW - 5000, NOW + 5000) | st.integers(NOW, NOW + 9) | st.sampled_from(EXTREME)
sizes = st.none() | st.integers(0, 25_000_000) | st.sampled_from((-1, 2**40, 2**70))
ids = hostile.map(lambda text: text[:40] or "x")


@st.composite
def user(draw: st.DrawFn, number: int) -> Json:
    found: Json = {"id": number, "is_bot": False, "first_name": draw(names)}
    if draw(st.booleans()):
        found |= {"last_name": draw(names), "username": "ten", "language_code": draw(ids)}
    return found


@st.composite
def chat(draw: st.DrawFn, number: int) -> Json:
    if draw(st.integers(0, 9)) < 7:
        return {"id": number, "type": "private", "first_name": draw(names)}
    where = draw(st.sampled_from((BOUND, BOUND, UNBOUND, SUPER)))
    return {"id": where, "type": "supergroup" if where == SUPER else "group", "title": draw(names)}


@st.composite
def file(draw: st.DrawFn) -> Json:
    found: Json = {"file_id": draw(ids), "file_unique_id": draw(ids)}
    if (size := draw(sizes)) is not None:
        found["file_size"] = size
    return found


@st.composite
def media(draw: st.DrawFn) -> Json:
    kind = draw(st.sampled_from(("photo", "photo", "document", "document", "video", "audio", "voice", "sticker")))
    if kind == "photo":
        one = draw(file()) | {"width": draw(numbers), "height": draw(numbers)}
        return {"photo": [one] * draw(st.integers(0, 2)) or [one]}
    found = draw(file())
    if kind in ("document", "video", "audio") and draw(st.booleans()):
        found |= {"file_name": draw(hostile) + ".pdf", "mime_type": draw(ids)}
    more: Json = {"duration": 1, "width": 1, "height": 1, "length": 1}
    return {kind: found | ({"type": "regular", "is_animated": False, "is_video": False} | more)}


@st.composite
def entities(draw: st.DrawFn) -> list[Json]:
    kind = st.sampled_from(("bold", "bot_command", "text_link", "mention", "pre", "nothing_known"))
    place = st.sampled_from((-5, 0, 3, 5000, 2**40))
    return [{"type": draw(kind), "offset": draw(place), "length": draw(place)} for _ in range(draw(st.integers(1, 2)))]


@st.composite
def message(draw: st.DrawFn, codes: tuple[str, ...], actor: int, depth: int = 0) -> Json:
    found: Json = {
        "message_id": draw(numbers),
        "date": draw(dates),
        "chat": draw(chat(actor)),
        "from": draw(user(actor)),
    }
    text = draw(said(codes))
    if draw(st.integers(0, 3)) == 0:
        found |= draw(media())
        if draw(st.booleans()):
            found["caption"] = text[:1024]
        if draw(st.integers(0, 3)) == 0:
            found["media_group_id"] = draw(st.sampled_from(("7", "8", "\ud800<b>")))
    elif draw(st.integers(0, 40)):
        found["text"] = text
    if draw(st.integers(0, 9)) == 0:
        found["entities"] = draw(entities())
    if depth < 2 and draw(st.integers(0, 4)) == 0:
        quoted = draw(message(codes, actor, depth + 1))
        if draw(st.booleans()):
            quoted["from"] = {"id": BOT, "is_bot": True, "first_name": "Nhắc Việc", "username": "NhacViecBot"}
        found["reply_to_message"] = quoted | {"chat": found["chat"]}
    return found


COMMANDS = (
    "/done #{}", "/progress #{}", "/blocked #{}", "/pick #{}", "/pick progress #{}", "/pick done #{}", "/undo {}",
    "/snooze #{}", "/snooze #{} 15/01/2020", "/grant R{}", "/refuse R{}", "/taken #{}", "/reply #{}", "/history #{}",
    "/evidence #{} 11", "/agree {}", "/agree admin", "/viec", "/tonghop", "/invite sondung admin",
    "/begin today cchc-2020", "/undo ²", "",
)  # fmt: skip


@st.composite
def press(draw: st.DrawFn, codes: tuple[str, ...], actor: int) -> Json:
    found: Json = {"id": draw(ids), "from": draw(user(actor)), "chat_instance": "x"}
    if draw(st.integers(0, 9)) < 8:
        delivery = draw(st.sampled_from(("1", "2", "5", "1c", "zz", "zzzzzzzzzzzz", "0")))
        command = draw(st.sampled_from(COMMANDS)).format(draw(st.integers(1, 500)))
        found["data"] = f"{delivery}|{command}"
    elif draw(st.booleans()):
        found["data"] = draw(hostile)
    if draw(st.integers(0, 12)):
        found["message"] = draw(message(codes, actor)) | {"from": {"id": BOT, "is_bot": True, "first_name": "b"}}
        if draw(st.integers(0, 9)) == 0:
            found["message"] = {key: found["message"][key] for key in ("chat", "message_id")} | {"date": 0}
    return found


RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_edit_tag", "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users",
    "can_post_stories", "can_edit_stories", "can_delete_stories", "is_member", "can_send_messages", "can_send_audios",
    "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes", "can_send_voice_notes",
    "can_send_polls", "can_react_to_messages", "can_send_other_messages", "can_add_web_page_previews",
    "can_pin_messages", "can_manage_topics",
)  # fmt: skip


@st.composite
def membership(draw: st.DrawFn, actor: int) -> Json:
    standing = st.sampled_from(("member", "left", "kicked", "administrator", "restricted"))
    bot = {"id": BOT, "is_bot": True, "first_name": "b"}
    rights = dict.fromkeys(RIGHTS, False)
    members = [{"status": draw(standing), "user": bot, "until_date": 0} | rights for _ in range(2)]
    where = draw(chat(actor))
    return {
        "chat": where,
        "from": draw(user(actor)),
        "date": draw(dates),
        "old_chat_member": members[0],
        "new_chat_member": members[1],
    }


@st.composite
def case(draw: st.DrawFn, codes: tuple[str, ...]) -> Case:
    """One update of any kind; `codes` are invite codes that work."""
    actor = draw(st.sampled_from(ACTORS))
    pause = draw(st.sampled_from((0, 0, 1, 20, 90, 90, 700)))
    choice = draw(st.integers(0, 99))
    update: Json = {"update_id": draw(st.integers(1, 2**31))}
    if choice < 62:
        kind, value = "message", draw(message(codes, actor))
    elif choice < 70:
        kind, value = "edited_message", draw(message(codes, actor)) | {"edit_date": draw(dates)}
    elif choice < 90:
        kind, value = "callback_query", draw(press(codes, actor))
    elif choice < 94:
        kind, value = "my_chat_member", draw(membership(actor))
    elif choice < 96:
        kind, value = (
            "migration",
            draw(message(codes, actor))
            | {
                draw(st.sampled_from(("migrate_to_chat_id", "migrate_from_chat_id"))): draw(
                    st.sampled_from((BOUND, UNBOUND, SUPER, 2**60))
                )
            },
        )
    else:
        kind, value = "other", draw(message(codes, actor))
    name = {"migration": "message", "other": draw(st.sampled_from(("channel_post", "poll", "new_kind")))}.get(
        kind, kind
    )
    update[name] = value if name != "poll" else {"id": "1"}
    if draw(st.integers(0, 14)) == 0:
        return Case(draw(broken(update)), f"{kind}, broken", True, pause)
    return Case(update, kind, name == "poll", pause)


@st.composite
def broken(draw: st.DrawFn, value: Any, depth: int = 0) -> Any:
    """The value with one place changed to another type, or taken away."""
    if isinstance(value, dict) and value and depth < 6 and draw(st.integers(0, 6)):
        key = draw(st.sampled_from(sorted(value)))
        if draw(st.integers(0, 3)) == 0:
            return {name: each for name, each in value.items() if name != key}
        return {**value, key: draw(broken(value[key], depth + 1))}
    return draw(st.sampled_from(BROKEN_VALUES))
