"""Bot API methods that write: send, edit, delete, and the answer to a pressed button."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sandbox.telegram_api import contents
from sandbox.telegram_api.limits import MAX_CALLBACK_ANSWER
from sandbox.telegram_api.methods import method
from sandbox.telegram_api.params import Params
from sandbox.telegram_api.updates import LIFETIME
from sandbox.telegram_api.values import Chat, Json, Upload, bad_request
from sandbox.telegram_api.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
# The bot may delete a message only this long (Bot API documentation, deleteMessage): two days.
DELETABLE = 2 * LIFETIME
# The documentation gives no number; bots that come back after a longer pause report the refusal.
ANSWERABLE = timedelta(minutes=15)
ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def _post(world: World, chat: Chat, content: Json, shown: Json | None = None) -> Json:
    """Put a message of the bot into `chat`; `shown` is the keyboard under the phone's text field, if any."""
    message = world.post(chat, world.bot["id"], content)
    chat.last_writer = world.bot["id"]
    if shown is not None:
        chat.keyboard = None if shown.get("remove_keyboard") else shown
    world.sent[chat.id] += 1
    return message


@method("sendMessage", counted=True)
def send_message(world: World, params: Params) -> Json:
    """Send a text (Bot API documentation, sendMessage)."""
    content = contents.text_content(params)
    inline, shown = contents.keyboard(params)
    chat = world.open_chat(params.number("chat_id"), "text messages")
    return _post(world, chat, contents.replied(chat, params) | contents.thread(chat, params) | content | inline, shown)


@method("sendPhoto", counted=True)
def send_photo(world: World, params: Params) -> Json:
    """Send a photo of at most 10 MB (Bot API documentation, sendPhoto)."""
    upload, caption = params.file("photo"), contents.caption_content(params)
    inline, shown = contents.keyboard(params)
    chat = world.open_chat(params.number("chat_id"), "photos")
    reply = contents.replied(chat, params) | contents.thread(chat, params)
    return _post(world, chat, reply | {"photo": world.files.uploaded_photo(upload)} | caption | inline, shown)


@method("sendDocument", counted=True)
def send_document(world: World, params: Params) -> Json:
    """Send a file of at most 50 MB (Bot API documentation, sendDocument)."""
    upload, caption = params.file("document"), contents.caption_content(params)
    inline, shown = contents.keyboard(params)
    chat = world.open_chat(params.number("chat_id"), "documents")
    reply = contents.replied(chat, params) | contents.thread(chat, params)
    return _post(world, chat, reply | {"document": world.files.uploaded_document(upload)} | caption | inline, shown)


@method("sendMediaGroup", counted=True)
def send_media_group(world: World, params: Params) -> list[Json]:
    """Send 2-10 photos or 2-10 files as one album (Bot API documentation, sendMediaGroup)."""
    media: list[Json] = params.json("media", "media") or []
    if not 2 <= len(media) <= 10:
        raise bad_request("media group must include 2-10 items")
    kinds = {str(item.get("type")) for item in media}
    if len(kinds) > 1 or not kinds <= {"photo", "document"}:
        raise bad_request("photos and documents can't be mixed in a media group")
    kind = kinds.pop()
    parts: list[tuple[Upload | str, Json]] = []
    for item in media:
        given = item.get("caption_entities") or []
        caption = contents.media_caption(item.get("caption") or "", item.get("parse_mode") or "", given)
        parts.append((params.attached(item.get("media"), kind), caption))
    chat = world.open_chat(params.number("chat_id"), f"{kind}s")
    reply = contents.replied(chat, params) | contents.thread(chat, params)
    check: Any = world.files.check_photo if kind == "photo" else world.files.check_document
    store: Any = world.files.uploaded_photo if kind == "photo" else world.files.uploaded_document
    # All are checked before the first is kept, for a refused call changes nothing.
    for upload, _ in parts:
        check(upload)
    files = [store(upload) for upload, _ in parts]
    album = {"media_group_id": world.next_album()}
    return [
        _post(world, chat, reply | {kind: file} | caption | album)
        for file, (_, caption) in zip(files, parts, strict=True)
    ]


@method("sendChatAction", changes=False)
def send_chat_action(world: World, params: Params) -> bool:
    """Show "typing" and the like."""
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.open_chat(params.number("chat_id"))
    return True


def _editable(world: World, params: Params) -> Json:
    """The bot's own message that a call wants to edit; ApiError 400 as Telegram refuses it."""
    chat = world.open_chat(params.number("chat_id"))
    message = chat.messages.get(params.number("message_id") or 0)
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be edited")
    return message


def _change(world: World, message: Json, parts: tuple[str, ...], new: Json) -> Json:
    """Replace the `parts` of a message by `new`; ApiError 400 "message is not modified" when nothing differs."""
    if {key: message[key] for key in parts if key in message} == new:
        raise bad_request(NOT_MODIFIED)
    for key in parts:
        message.pop(key, None)
    message |= new | {"edit_date": world.seconds()}
    return message


@method("editMessageText", counted=True)
def edit_message_text(world: World, params: Params) -> Json:
    """Change a text; without reply_markup the buttons go (Bot API documentation, editMessageText)."""
    content, inline = contents.text_content(params, editing=True), contents.inline_only(params)
    message = _editable(world, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return _change(world, message, ("text", "entities", "reply_markup"), content | inline)


@method("editMessageCaption", counted=True)
def edit_message_caption(world: World, params: Params) -> Json:
    """Change a caption (Bot API documentation, editMessageCaption)."""
    content, inline = contents.caption_content(params), contents.inline_only(params)
    message = _editable(world, params)
    if "photo" not in message and "document" not in message:
        raise bad_request("there is no caption in the message to edit")
    return _change(world, message, ("caption", "caption_entities", "reply_markup"), content | inline)


@method("editMessageReplyMarkup", counted=True)
def edit_message_reply_markup(world: World, params: Params) -> Json:
    """Change or remove the buttons (Bot API documentation, editMessageReplyMarkup)."""
    inline = contents.inline_only(params)
    return _change(world, _editable(world, params), ("reply_markup",), inline)


@method("deleteMessage")
def delete_message(world: World, params: Params) -> bool:
    """Delete a message of the last 48 hours; in groups only the bot's own (Bot API documentation, deleteMessage)."""
    chat = world.open_chat(params.number("chat_id"))
    message = chat.messages.get(params.number("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    own = message["from"]["id"] == world.bot["id"]
    if world.seconds() - message["date"] > DELETABLE.total_seconds() or not (own or chat.type == "private"):
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message["message_id"]]
    return True


@method("answerCallbackQuery")
def answer_callback_query(world: World, params: Params) -> bool:
    """Answer a pressed button, once and in time (Bot API documentation, answerCallbackQuery)."""
    if len(params.text("text")) > MAX_CALLBACK_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or query.answer is not None or world.now() - query.at > ANSWERABLE:
        raise bad_request(QUERY_TOO_OLD)
    query.answer = {"text": params.text("text"), "show_alert": params.flag("show_alert")}
    return True
