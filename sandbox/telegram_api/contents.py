"""What a message of the bot is made of: text, caption, keyboard and the message it replies to."""

from __future__ import annotations

from sandbox.telegram_api import limits
from sandbox.telegram_api.entities import HtmlParser, found_in, ordered, trimmed
from sandbox.telegram_api.params import Params
from sandbox.telegram_api.values import ApiError, Chat, Json, bad_request
from sandbox.telegram_api.world import quoted


def formatted(source: str, mode: str, given: list[Json]) -> tuple[str, list[Json]]:
    """The plain text and all its entities, by parse mode HTML or by the entities that the call gives.

    Raises ApiError 400 for faulty HTML or an unknown mode, 501 for the two Markdowns, which the bot must not use.
    """
    if mode.lower() in {"markdown", "markdownv2"}:
        raise ApiError(501, f"sandbox: parse_mode {mode} is not implemented")
    if mode and mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    text, entities = HtmlParser(source).parse() if mode else (source, ordered(given))
    text, entities = trimmed(text, entities)
    return text, found_in(text, entities)


def text_content(params: Params, editing: bool = False) -> Json:
    """The text and entities of sendMessage and editMessageText, at most 4096 code points."""
    source = params.text("text")
    if not source:
        raise bad_request("message text is empty")
    text, entities = formatted(source, params.text("parse_mode"), params.json("entities", "entities") or [])
    limits.check_text(text, editing)
    return {"text": text} | ({"entities": entities} if entities else {})


def caption_content(params: Params) -> Json:
    """The caption of sendPhoto, sendDocument and editMessageCaption, at most 1024 code points."""
    given = params.json("caption_entities", "caption entities") or []
    return media_caption(params.text("caption"), params.text("parse_mode"), given)


def media_caption(source: str, mode: str, given: list[Json]) -> Json:
    """The caption of one file, at most 1024 code points."""
    caption, entities = formatted(source, mode, given)
    limits.check_caption(caption)
    return ({"caption": caption} if caption else {}) | ({"caption_entities": entities} if entities else {})


def keyboard(params: Params) -> tuple[Json, Json | None]:
    """The inline keyboard as a part of the message, and any other reply markup, which only the phone shows."""
    markup = params.json("reply_markup", "reply keyboard markup")
    if not markup:
        return {}, None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        inline = limits.inline_keyboard(markup)
        return ({"reply_markup": inline} if inline else {}), None
    return {}, markup


def inline_only(params: Params) -> Json:
    """The inline keyboard of an edit; ApiError 400 for any other reply markup."""
    inline, other = keyboard(params)
    if other is not None:
        raise bad_request("inline keyboard expected")
    return inline


def replied(chat: Chat, params: Params) -> Json:
    """The quoted message as a part of the new one.

    Raises ApiError 400 "message to be replied not found" unless allow_sending_without_reply
    (Bot API documentation, ReplyParameters).
    """
    reply = params.json("reply_parameters", "reply parameters") or {}
    number = reply.get("message_id", params.number("reply_to_message_id"))
    if number is None:
        return {}
    if reply.get("chat_id") not in (None, chat.id, str(chat.id)):
        raise ApiError(501, "sandbox: a reply to another chat is not implemented")
    if number in chat.messages:
        return {"reply_to_message": quoted(chat.messages[number])}
    if reply.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def thread(chat: Chat, params: Params) -> Json:
    """The topic of a forum as a part of the message; ApiError 400 for one that is not there (sendMessage)."""
    number = params.number("message_thread_id")
    if number is None:
        return {}
    if number not in chat.topics:
        raise bad_request("message thread not found")
    return {"message_thread_id": number, "is_topic_message": True}
