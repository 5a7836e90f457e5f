"""/start, and the answer to anything that is neither a command nor a photo."""

from telegram import Chat, Update

from db import PHOTO_WAITS
from handlers.core import keyboards
from handlers.core.access import OWNERSHIP_LINK
from handlers.core.context import Context, message_in
from handlers.core.invocation import invocation_in
from handlers.core.replies import replying_to
from handlers.person import traits
from handlers.person.owner_commands import become_owner


async def start(update: Update, context: Context) -> None:
    """Greet the person, or answer as the command that a deep link names."""
    message = message_in(update)
    invocation = invocation_in(message)
    payload = invocation.payload if invocation else ""
    if payload.startswith(OWNERSHIP_LINK):
        await become_owner(message, context, payload.removeprefix(OWNERSHIP_LINK))
    elif message.chat.type != Chat.PRIVATE:  # before the deep links, which show a face
        await message.reply_text(
            context.say("start-group"),
            reply_markup=keyboards.to_private(context.say, context.bot.username, "register"),
        )
    elif linked := context.services.deep_links.get(payload):
        await linked(update, context)
    elif await context.people.characters.exists(context.person.id):
        await message.reply_text(context.say("start-again", name=context.user.first_name))
    else:
        await context.people.users.await_next(context.person.id, "photo")
        await message.reply_text(context.say("start"))


async def greet(update: Update, context: Context) -> None:
    """Say hello, and what to do next: somebody new needs a face first."""
    if await context.people.characters.exists(context.person.id):
        await message_in(update).reply_text(context.say("greeting", name=context.user.first_name))
    else:
        await start(update, context)


async def thank(update: Update, context: Context) -> None:
    await message_in(update).reply_text(context.say("you-are-welcome"))


async def explain(update: Update, context: Context) -> None:
    """Answer a question: the bot draws and can't talk, but the help says much."""
    await message_in(update).reply_text(context.say("no-answer"))


async def to_private(update: Update, context: Context) -> None:
    """Answer with a button to the private chat: faces and traits are private."""
    message = message_in(update)
    invocation = invocation_in(message)
    command = invocation.name if invocation else "register"
    await message.reply_text(
        context.say("to-private"),
        reply_markup=keyboards.to_private(context.say, context.bot.username, command),
        reply_parameters=replying_to(message.message_id),
    )


async def other(update: Update, context: Context) -> None:
    """Save the words that were asked for; to anything else say what the bot understands."""
    message = message_in(update)
    has_words = bool(message.text or message.caption)
    if invocation_in(message) or (context.person.awaits == "words" and not has_words):
        # a command that does not exist, or a sticker: something else than what was awaited
        await context.people.users.end_wait(context.person.id)
        await message.reply_text(context.say("not-understood"))
    elif context.person.awaits == "words":
        await traits.save_words(message, context)
    elif context.person.awaits in PHOTO_WAITS:
        await message.reply_text(context.say("photo-wanted"))
    else:
        await message.reply_text(context.say("not-understood"))
