"""The bot's command lists by scope and language."""

import json
from collections.abc import Iterator

from playground.request import Json
from playground.store import Store


class Commands:
    def __init__(self, store: Store) -> None:
        self._lists = store.table("commands")

    def put(self, scope: Json, language: str, commands: list[Json]) -> None:
        """Set a scope's list; an empty one deletes it."""
        key = _key(scope, language)
        if commands:
            self._lists[key] = {"commands": commands}
        else:
            self._lists.pop(key, None)

    def get(self, scope: Json, language: str) -> list[Json]:
        commands: list[Json] = self._lists.get(_key(scope, language), {}).get("commands", [])
        return commands

    def shown(self, chat: Json, person: Json, *, admin: bool) -> list[Json]:
        """Give the narrowest scope's list that there is, in the person's language if possible."""
        languages = [person["language_code"][:2], ""] if "language_code" in person else [""]
        for scope in _scopes(chat, person, admin=admin):
            for language in languages:
                if commands := self.get(scope, language):
                    return commands
        return []


def _key(scope: Json, language: str) -> str:
    return json.dumps([scope, language], sort_keys=True)


def _scopes(chat: Json, person: Json, *, admin: bool) -> Iterator[Json]:
    """Narrowest first: https://core.telegram.org/bots/api#determining-list-of-commands."""
    this_chat = {"chat_id": chat["id"]}
    if chat["type"] == "private":
        yield {"type": "chat"} | this_chat
        yield {"type": "all_private_chats"}
    else:
        yield {"type": "chat_member", "user_id": person["id"]} | this_chat
        if admin:
            yield {"type": "chat_administrators"} | this_chat
        yield {"type": "chat"} | this_chat
        if admin:
            yield {"type": "all_chat_administrators"}
        yield {"type": "all_group_chats"}
    yield {"type": "default"}
