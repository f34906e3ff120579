"""Bot API methods about the bot itself, its chats, files and commands."""

from __future__ import annotations

import re
from typing import Any

from sandbox.telegram_api.methods import Run, method
from sandbox.telegram_api.params import Params
from sandbox.telegram_api.values import Json, bad_request
from sandbox.telegram_api.world import World

SCOPES_WITH_CHAT = {"chat", "chat_administrators", "chat_member"}
SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"} | SCOPES_WITH_CHAT
DESCRIPTION_LIMITS = {"Name": 64, "ShortDescription": 120, "Description": 512}
DESCRIPTION_FIELDS = {"Name": "name", "ShortDescription": "short_description", "Description": "description"}


@method("getMe", changes=False)
def get_me(world: World, _params: Params) -> Json:
    """The bot's User with what it can do; privacy mode is on."""
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("getFile", changes=False)
def get_file(world: World, params: Params) -> Json:
    """A file's path for one hour; at most 20 MB (Bot API documentation, getFile)."""
    return world.files.link(params.text("file_id"), world.now())


@method("getChat", changes=False)
def get_chat(world: World, params: Params) -> Json:
    """A chat that the bot knows (Bot API documentation, ChatFullInfo)."""
    chat = world.chat_of_bot(params.number("chat_id"))
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    full = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }
    return world.chat_json(chat) | full


@method("getChatMember", changes=False)
def get_chat_member(world: World, params: Params) -> Json:
    """How a person or the bot stands in a chat; the first member is its owner."""
    chat, user_id = world.chat_of_bot(params.number("chat_id")), params.number("user_id")
    if user_id == world.bot["id"]:
        return {"user": world.bot, "status": chat.bot} | ({"until_date": 0} if chat.bot == "kicked" else {})
    if user_id not in world.people:
        raise bad_request("user not found")
    user = world.people[user_id].as_json()
    if chat.members[:1] == [user_id]:
        return {"user": user, "status": "creator", "is_anonymous": False}
    return {"user": user, "status": "member" if user_id in [*chat.members, chat.id] else "left"}


@method("getChatAdministrators", changes=False)
def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """The owner of a group."""
    chat = world.chat_of_bot(params.number("chat_id"))
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    owners = [world.people[member].as_json() for member in chat.members[:1]]
    return [{"user": owner, "status": "creator", "is_anonymous": False} for owner in owners]


@method("leaveChat")
def leave_chat(world: World, params: Params) -> bool:
    """Leave a group; the bot gets my_chat_member from itself."""
    chat = world.open_chat(params.number("chat_id"))
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot = "left"
    changed = {"chat": world.chat_json(chat), "from": world.bot, "date": world.seconds()}
    member = {"old_chat_member": {"user": world.bot, "status": "member"}}
    world.tell_bot("my_chat_member", changed | member | {"new_chat_member": {"user": world.bot, "status": "left"}})
    return True


def scope_key(scope: Json | None) -> str:
    """A BotCommandScope as a dictionary key; ApiError 400 when it has an unknown type."""
    scope = scope or {"type": "default"}
    if scope.get("type") not in SCOPES:
        raise bad_request("unsupported type specified")
    return ":".join(str(scope[key]) for key in ("type", "chat_id", "user_id") if key in scope)


def _command_key(world: World, params: Params) -> tuple[str, str]:
    scope = params.json("scope", "bot command scope")
    key = scope_key(scope)
    if scope and scope["type"] in SCOPES_WITH_CHAT:
        world.chat_of_bot(Params(scope).number("chat_id"))
    return key, params.text("language_code")


@method("setMyCommands")
def set_my_commands(world: World, params: Params) -> bool:
    """Set the command list of one scope and language (Bot API documentation, setMyCommands, BotCommand)."""
    commands: list[Json] = params.json("commands", "commands") or []
    key = _command_key(world, params)
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.command_lists[key] = [
        {"command": command["command"].removeprefix("/"), "description": command["description"]} for command in commands
    ]
    return True


@method("getMyCommands", changes=False)
def get_my_commands(world: World, params: Params) -> list[Json]:
    """The command list of exactly this scope and language."""
    return world.command_lists.get(_command_key(world, params), [])


@method("deleteMyCommands")
def delete_my_commands(world: World, params: Params) -> bool:
    """Remove the command list of this scope and language; the next wider one is shown."""
    world.command_lists.pop(_command_key(world, params), None)
    return True


@method("close", changes=False)
@method("logOut", changes=False)
def end(_world: World, _params: Params) -> bool:
    """Say yes: there is no other server to move to."""
    return True


def _description(kind: str) -> tuple[Run, Run]:
    field, limit = DESCRIPTION_FIELDS[kind], DESCRIPTION_LIMITS[kind]

    def put(world: World, params: Params) -> Any:
        if len(params.text(field)) > limit:
            raise bad_request(f"{field} is too long")
        world.descriptions[field, params.text("language_code")] = params.text(field)
        return True

    def get(world: World, params: Params) -> Any:
        given = world.descriptions
        return {field: given.get((field, params.text("language_code"))) or given.get((field, ""), "")}

    return put, get


for _kind in DESCRIPTION_LIMITS:
    _put, _get = _description(_kind)
    method(f"setMy{_kind}")(_put)
    method(f"getMy{_kind}", changes=False)(_get)
