"""Telegram: an update becomes an Incoming, a Message becomes an API call, every error a ChannelError."""

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, EndPointNotFound, InvalidToken, TelegramError
from telegram.warnings import PTBUserWarning

from channels.base import ChatKind, Doing, Incoming, Outgoing, Receipt
from channels.errors import UnreadableError
from channels.telegram import buttons, errors, outline
from channels.telegram.abilities import ABILITIES
from channels.telegram.address import NAME, REAL_API
from channels.telegram.request import requests
from channels.telegram.updates import keyed, read
from words.message import Button
from words.render import clip

ACTIONS = {
    Doing.TYPING: ChatAction.TYPING,
    Doing.PICTURE: ChatAction.UPLOAD_PHOTO,
    Doing.FILE: ChatAction.UPLOAD_DOCUMENT,
}
# Bot API documentation, answerCallbackQuery.
MOST_NOTICE = 200
# An address that somebody typed is no reason to show a page under a reminder.
NO_PREVIEW = {"is_disabled": True}
NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
# Long polls hold one connection of their own; as many sends as there are senders, and what else is asked beside them.
POOL = 16
# A poll may begin and end so much later: a process that takes over many offices at once looks at none for seconds.
POLL_MORE_S = 20.0


class Telegram:
    """The channel to Telegram through python-telegram-bot; `open()` before use, `close()` after.

    `transport` carries the calls where they are not to go over the network.
    """

    name = NAME
    abilities = ABILITIES

    def __init__(
        self,
        token: str,
        api_url: str = REAL_API,
        proxy: str | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        base = api_url.rstrip("/")
        self.bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=requests(POOL, proxy, transport),
            get_updates_request=requests(1, proxy, transport, asks=True),
        )
        self._confirm: int | None = None
        # The raw JSON is wanted, so that an update this version cannot read is kept all the same.
        warnings.filterwarnings("ignore", message=".*Bot.(getUpdates|sendMessage).*", category=PTBUserWarning)
        # errors reads retry_after in both of the types that PTB gives it.
        warnings.filterwarnings("ignore", message=".*retry_after.*timedelta.*", category=PTBUserWarning)

    async def open(self) -> str:
        """Asks who we are; returns the bot's user name. Raises ChannelError."""
        try:
            await self.bot.initialize()
        except TelegramError as error:
            # The library opens them again with the next attempt, and only where it let go of them itself.
            await self.bot.shutdown()
            raise errors.classify(error) from error
        return self.bot.username

    async def close(self) -> None:
        """Lets go of the connections."""
        await self.bot.shutdown()

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Sends one message; markup that the platform refuses goes out as plain text. Raises ChannelError."""
        try:
            return await self._send(outgoing, ParseMode.HTML)
        except BadRequest as error:
            said = str(error).lower()
            if outgoing.topic is not None and any(words in said for words in NO_TOPIC):
                # The topic was closed or deleted: the group itself is still there.
                return await self.send(replace(outgoing, topic=None))
            if "parse entities" not in said:
                raise errors.classify(error) from error
        except TelegramError as error:
            raise errors.classify(error) from error
        try:
            return await self._send(outgoing, None)
        except TelegramError as error:
            raise errors.classify(error) from error

    async def _send(self, outgoing: Outgoing, mode: str | None) -> Receipt:
        message = outgoing.message
        text = message.markup if mode else message.plain
        keyboard = _keyboard(message.buttons, outgoing.delivery)
        thread = int(outgoing.topic) if outgoing.topic else None
        reply = ReplyParameters(int(outgoing.reply_to), allow_sending_without_reply=True) if outgoing.reply_to else None
        attached = outgoing.attached
        if attached is not None and not (attached.photo and len(attached.data) <= ABILITIES.photo):
            sent = await self.bot.send_document(
                outgoing.chat,
                attached.data,
                filename=attached.name,
                caption=text,
                parse_mode=mode,
                reply_markup=keyboard,
                reply_parameters=reply,
                message_thread_id=thread,
            )
        elif (picture := outgoing.picture or (attached.data if attached else None)) is not None:
            sent = await self.bot.send_photo(
                outgoing.chat,
                picture,
                caption=text,
                parse_mode=mode,
                reply_markup=keyboard,
                reply_parameters=reply,
                message_thread_id=thread,
            )
        else:
            return Receipt(await self._say(outgoing, text, mode, keyboard, reply))
        return Receipt(str(sent.message_id))

    async def _say(
        self,
        outgoing: Outgoing,
        text: str,
        mode: str | None,
        keyboard: InlineKeyboardMarkup | None,
        reply: ReplyParameters | None,
    ) -> str:
        """Sends words alone; the id that the platform gave. Of a message that is all we read, and to make an object of
        everything that it repeats took a fifth of what the call costs.
        """
        wanted = {
            "chat_id": outgoing.chat,
            "text": text,
            "parse_mode": mode,
            "reply_markup": keyboard,
            "reply_parameters": reply,
            "message_thread_id": outgoing.topic or None,
            "link_preview_options": NO_PREVIEW,
        }
        try:
            sent = await self.bot.do_api_request("sendMessage", wanted)
        except EndPointNotFound as error:
            # The library takes a token that is refused for a call that is not known.
            raise InvalidToken from error
        return str(sent["message_id"])

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file of at most 20 MB; raises FileGoneError, NotArrivedError or ChannelError."""
        try:
            file = await self.bot.get_file(file_id)
        except TelegramError as error:
            raise errors.classify_fetch(error) from error
        try:
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise errors.classify_download(error) from error

    async def alive(self) -> None:
        """One getMe; raises ChannelError."""
        try:
            await self.bot.get_me()
        except TelegramError as error:
            raise errors.classify(error) from error

    async def pressed(self, press_id: str, text: str | None = None) -> None:
        """Answers the callback query, at most 200 characters of text with it; raises ChannelError."""
        try:
            await self.bot.answer_callback_query(press_id, text=clip(text, MOST_NOTICE) if text else None)
        except TelegramError as error:
            raise errors.classify(error) from error

    async def spent(self, chat: str, message_id: str, buttons: Sequence[Sequence[Button]], delivery: int) -> None:
        """Edits the buttons under a message; raises ChannelError, also where they are these already."""
        try:
            await self.bot.edit_message_reply_markup(chat, int(message_id), reply_markup=_keyboard(buttons, delivery))
        except TelegramError as error:
            raise errors.classify(error) from error

    async def typing(self, chat: str, topic: str | None, doing: Doing = Doing.TYPING) -> None:
        """Shows "typing", "sending a photo" or "sending a file" for five seconds; raises ChannelError."""
        try:
            await self.bot.send_chat_action(chat, ACTIONS[doing], message_thread_id=int(topic) if topic else None)
        except TelegramError as error:
            raise errors.classify(error) from error

    async def updates(self, timeout: int) -> Sequence[tuple[str, str]]:
        """Long polls for at most `timeout` seconds; what the former call returned is confirmed by this one.

        Raises ChannelError.
        """
        wanted: dict[str, Any] = {"timeout": timeout, "allowed_updates": WANTED}
        if self._confirm is not None:
            wanted["offset"] = self._confirm
        try:
            found = await self.bot.do_api_request(
                "getUpdates", wanted, read_timeout=timeout + POLL_MORE_S, connect_timeout=POLL_MORE_S
            )
        except TelegramError as error:
            raise errors.classify(error) from error
        result = []
        for update in found if isinstance(found, list) else []:
            result.append(keyed(update))
            self._confirm = int(update["update_id"]) + 1
        return result

    def sender(self, raw: str) -> str | None:
        """The id of who said or pressed something; None for any other update."""
        return outline.sender(raw)

    def private_sender(self, raw: str) -> str | None:
        """The same of what was said in a private chat; None for anything else."""
        return outline.private_sender(raw)

    def shortened(self, raw: str, letters: int) -> str:
        """An update with so many letters of its words and nothing that a stranger's need not have."""
        return outline.shortened(raw, letters)

    def read(self, key: str, raw: str, received_at: datetime) -> Incoming | None:
        """What an update means to us; None for what we do not know. Raises UnreadableError."""
        try:
            update = Update.de_json(json.loads(raw), self.bot)
            return read(update, key, self.bot.username, self.bot.id, received_at)
        except Exception as error:
            # A wrong type anywhere raises whatever the line that meets it happens to raise.
            # What it says quotes what was sent, and is kept in the record and in the log: its kind must do.
            raise UnreadableError(type(error).__name__) from error

    async def show_menus(self, menus: Mapping[ChatKind | str, Sequence[tuple[str, str]]]) -> None:
        """Sets the menus of private chats, groups, and of single chats named by their id; raises ChannelError."""
        for place, commands in menus.items():
            match place:
                case ChatKind.PRIVATE:
                    scope: Any = BotCommandScopeAllPrivateChats()
                case ChatKind.GROUP:
                    scope = BotCommandScopeAllGroupChats()
                case _:
                    scope = BotCommandScopeChat(place)
            try:
                await self.bot.set_my_commands([BotCommand(name, text) for name, text in commands], scope)
            except TelegramError as error:
                raise errors.classify(error) from error


def _keyboard(rows: Sequence[Sequence[Button]], delivery: int) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=buttons.pack(delivery, button.command)) for button in row]
            for row in rows
        ]
    )
