"""/start, /help, and what is neither a command nor a photo."""

from telegram import Chat, Update

from handlers import history, keyboards, privacy, registration, traits
from handlers.access import CLAIM
from handlers.admin import claim
from handlers.context import Context, message_in, words_after_command
from handlers.replies import replying_to


async def start(update: Update, context: Context) -> None:
    """Say hello; a deep link's payload says which command was meant in a group."""
    message = message_in(update)
    payload = words_after_command(message)
    if payload.startswith(CLAIM):
        await claim(message, context, payload.removeprefix(CLAIM))
    elif message.chat.type != Chat.PRIVATE:  # before the deep links: they show a face
        await message.reply_text(
            context.say("start-group"),
            reply_markup=keyboards.to_private(context.say, context.bot.username, "register"),
        )
    elif linked := LINKED.get(payload):
        await linked(update, context)
    elif await context.services.characters.exists(context.person.id):
        await message.reply_text(context.say("start-again", name=context.user.first_name))
    else:
        await context.services.users.await_next(context.person.id, "photo")
        await message.reply_text(context.say("start", storage=context.say("storage")))


LINKED = {
    "register": registration.register,
    "traits": traits.traits,
    "character": traits.character,
    "history": history.history,
    "forget": privacy.forget,
}


async def help_(update: Update, context: Context) -> None:
    await message_in(update).reply_text(
        context.say("help", count=context.services.album_size, storage=context.say("storage"))
    )


async def to_private(update: Update, context: Context) -> None:
    """Faces and traits are nobody else's business: answer with a button to the private chat."""
    message = message_in(update)
    command = (message.text or message.caption or "").split()[0].strip("/").partition("@")[0]
    await message.reply_text(
        context.say("to-private"),
        reply_markup=keyboards.to_private(context.say, context.bot.username, command.lower()),
        reply_parameters=replying_to(message.message_id),
    )


async def other(update: Update, context: Context) -> None:
    """Take the words that were asked for; to anything else say how to ask."""
    message = message_in(update)
    if context.person.awaits == "words" and message.text and not message.text.startswith("/"):
        await traits.keep_words(message, context)
    elif context.person.awaits == "photo":
        await message.reply_text(context.say("photo-wanted"))
    else:
        await message.reply_text(context.say("not-understood"))
