"""Who the bot is: getMe, its names and descriptions, its commands."""

import re

from playground.errors import BadRequest
from playground.request import Json
from playground.shapes import CHAT, NUMBER, TEXT, checked
from playground.text import utf16
from playground.world import World

ABILITIES = {
    "can_join_groups": True,
    "can_read_all_group_messages": False,  # privacy mode is on
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}
LIMITS = {"name": 64, "description": 512, "short_description": 120}
SCOPES = {
    "default": set(),
    "all_private_chats": set(),
    "all_group_chats": set(),
    "all_chat_administrators": set(),
    "chat": {"chat_id"},
    "chat_administrators": {"chat_id"},
    "chat_member": {"chat_id", "user_id"},
}  # fmt: skip
COMMAND = {"command": TEXT, "description": TEXT}
SCOPE = {"type": TEXT, "chat_id": CHAT, "user_id": NUMBER}
MOST_COMMANDS = 100
DESCRIPTION_LIMIT = 256
LANGUAGE = re.compile(r"(?:[a-z]{2})?")


async def get_me(world: World, _: Json) -> Json:
    world.introduce()
    return world.bot | ABILITIES


def _language(params: Json) -> str:
    language: str = params.get("language_code") or ""
    if not LANGUAGE.fullmatch(language):
        raise BadRequest("invalid language code specified")
    return language


def _set_words(world: World, params: Json, field: str) -> bool:
    words = params.get(field) or ""
    if utf16.length(words) > LIMITS[field]:
        raise BadRequest(f"bot {field.replace('_', ' ')} is too long")
    world.store.save(f"bot_{field}_{_language(params)}", words)
    return True


def _words(world: World, params: Json, field: str, default: str = "") -> Json:
    saved = world.store.setting(f"bot_{field}_{_language(params)}", "")
    return {field: saved or world.store.setting(f"bot_{field}_", "") or default}


async def set_my_name(world: World, params: Json) -> bool:
    return _set_words(world, params, "name")


async def get_my_name(world: World, params: Json) -> Json:
    return _words(world, params, "name", world.bot["first_name"])


async def set_my_description(world: World, params: Json) -> bool:
    return _set_words(world, params, "description")


async def get_my_description(world: World, params: Json) -> Json:
    return _words(world, params, "description")


async def set_my_short_description(world: World, params: Json) -> bool:
    return _set_words(world, params, "short_description")


async def get_my_short_description(world: World, params: Json) -> Json:
    return _words(world, params, "short_description")


def _scope(world: World, params: Json) -> Json:
    scope = checked("BotCommandScope", params.get("scope") or {"type": "default"}, SCOPE)
    fields = SCOPES.get(scope.get("type", ""))
    if fields is None:
        raise BadRequest("can't parse BotCommandScope: unsupported type specified")
    if scope.keys() - {"type"} != fields:
        raise BadRequest("can't parse BotCommandScope: wrong fields for its type")
    if "chat_id" in scope:
        chat = world.chats.known(scope["chat_id"])["chat"]
        if scope["type"] != "chat" and chat["type"] == "private":
            raise BadRequest("can't set commands of a group for a private chat")
        scope = scope | {"chat_id": chat["id"]}
    return scope


def _command(given: object) -> Json:
    command = checked("BotCommand", given, COMMAND)
    if command.keys() != COMMAND.keys():
        raise BadRequest("can't parse BotCommand: expected command and description")
    name, description = command["command"].removeprefix("/"), command["description"].strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise BadRequest("BOT_COMMAND_INVALID")
    if not 1 <= utf16.length(description) <= DESCRIPTION_LIMIT:
        raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


async def set_my_commands(world: World, params: Json) -> bool:
    if len(params["commands"]) > MOST_COMMANDS:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    commands = [_command(one) for one in params["commands"]]
    world.commands.put(_scope(world, params), _language(params), commands)
    world.announce_commands()
    return True


async def get_my_commands(world: World, params: Json) -> list[Json]:
    return world.commands.get(_scope(world, params), _language(params))


async def delete_my_commands(world: World, params: Json) -> bool:
    world.commands.put(_scope(world, params), _language(params), [])
    world.announce_commands()
    return True
