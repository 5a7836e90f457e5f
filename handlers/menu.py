"""Telegram's menu of commands, in every language, for private chats and for groups."""

from typing import TYPE_CHECKING, Any

from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from handlers.commands import COMMANDS
from handlers.core.command import Menu
from handlers.texts import FALLBACK, Texts

if TYPE_CHECKING:
    from telegram.ext import Application

    from handlers.core.context import Context

SCOPES = {
    Menu.PRIVATE: BotCommandScopeAllPrivateChats(),
    Menu.GROUP: BotCommandScopeAllGroupChats(),
}


async def set_commands(app: "Application[Any, Context, Any, Any, Any, Any]", texts: Texts) -> None:
    """Fill the menus. Telegram shows the fallback's to people whose language has none."""
    for language in texts.languages:
        say = texts.say(language)
        for menu, scope in SCOPES.items():
            await app.bot.set_my_commands(
                [
                    BotCommand(command.name, say(f"command-{command.name}"))
                    for command in COMMANDS
                    if menu in command.menu
                ],
                scope=scope,
                language_code=None if language == FALLBACK else language,
            )
