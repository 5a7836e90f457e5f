"""Telegram in, Telegram out. This file is the bot's table of contents."""

from typing import TYPE_CHECKING, Any

from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers import (
    access,
    admin,
    afterwards,
    buttons,
    errors,
    generate,
    history,
    jobs,
    presets,
    privacy,
    registration,
    repeats,
    start,
    traits,
)
from handlers.texts import FALLBACK, Texts

if TYPE_CHECKING:
    from handlers.context import Context

PRIVATE = filters.ChatType.PRIVATE
GROUP = filters.ChatType.GROUPS
FILE = filters.PHOTO | filters.Document.ALL | filters.ANIMATION

PERSONAL_COMMANDS = ("register", "traits", "character", "history", "forget")
PRIVATE_MENU = (
    *("generate", "again", "preset", "queue", "cancel", "history"),
    *("register", "traits", "character", "forget", "help"),
)
GROUP_MENU = ("generate", "again", "preset", "queue", "cancel", "help")


def register(app: "Application[Any, Context, Any, Any, Any, Any]") -> None:
    """Say what answers to what."""
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, admin.follow), group=-2)
    app.add_handler(TypeHandler(Update, access.gate), group=-1)
    app.add_error_handler(errors.on_error)

    for command, answer in {
        "start": start.start,
        "help": start.help_,
        "generate": generate.generate,
        "again": repeats.again,
        "preset": presets.preset,
        "queue": jobs.queue,
        "cancel": jobs.cancel,
        "allow": admin.allow,
        "block": admin.block,
    }.items():
        app.add_handler(CommandHandler(command, answer))

    for command, answer in {
        "register": registration.register,
        "traits": traits.traits,
        "character": traits.character,
        "history": history.history,
        "forget": privacy.forget,
    }.items():
        app.add_handler(CommandHandler(command, answer, PRIVATE))
    app.add_handler(CommandHandler(PERSONAL_COMMANDS, start.to_private, GROUP))
    captioned = filters.CaptionRegex(registration.ASKS_TO_REGISTER)
    app.add_handler(MessageHandler(GROUP & FILE & captioned, start.to_private))
    app.add_handler(MessageHandler(PRIVATE & FILE, registration.photo))

    for pattern, answer in {
        r"^face:take:": registration.take,
        r"^face:next:": registration.next_face,
        r"^face:replace:": registration.replace,
        r"^traits:open:": traits.open_,
        r"^traits:set:": traits.set_,
        r"^traits:clear:": traits.clear,
        r"^traits:back:": traits.back,
        r"^traits:words:": traits.words,
        r"^traits:done:": traits.done,
        r"^preset:": presets.choose,
        r"^idea:": generate.idea,
        r"^cancel:": jobs.cancel_button,
        r"^again:": jobs.send_again,
        r"^arrived:": jobs.arrived,
        r"^made:": jobs.send_made,
        r"^album:again:": afterwards.again,
        r"^album:quality:": afterwards.quality,
        r"^album:files:": afterwards.files,
        r"^album:delete:": afterwards.delete,
        r"^album:erase:": afterwards.erase,
        r"^(album|picture):back:": afterwards.back,
        r"^picture:open:": afterwards.open_picture,
        r"^picture:near:": afterwards.near,
        r"^picture:file:": afterwards.file,
        r"^picture:large:": afterwards.large,
        r"^history:": history.turn,
        r"^forget:": privacy.forget_button,
    }.items():
        app.add_handler(CallbackQueryHandler(answer, pattern))
    app.add_handler(CallbackQueryHandler(buttons.old_button))
    app.add_handler(MessageHandler(PRIVATE, start.other))


async def set_commands(app: "Application[Any, Context, Any, Any, Any, Any]", texts: Texts) -> None:
    """Fill Telegram's command menu, in every language, for private chats and for groups."""
    menus = (
        (BotCommandScopeAllPrivateChats(), PRIVATE_MENU),
        (BotCommandScopeAllGroupChats(), GROUP_MENU),
    )
    for language in texts.languages:
        say = texts.say(language)
        for scope, menu in menus:
            await app.bot.set_my_commands(
                [BotCommand(command, say(f"command-{command}")) for command in menu],
                scope=scope,
                language_code=None if language == FALLBACK else language,
            )
