import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from playground import BadGateway, DropAfter, Migrated, Playground
from playground import Forbidden as Blocked
from playground import RetryAfter as Wait
from tests.support.bot_api import picture
from tests.support.referees import Referees

Context = ContextTypes.DEFAULT_TYPE


async def start(update: Update, _: Context) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
    assert update.message
    await update.message.reply_html("<b>Hello</b>", reply_markup=keyboard, do_quote=True)


async def go(update: Update, _: Context) -> None:
    assert update.callback_query
    await update.callback_query.answer("Going")
    await update.callback_query.edit_message_text("Gone")


async def mirror(update: Update, context: Context) -> None:
    """Download the photo and send it back as an album of three."""
    assert update.message
    file = await update.message.photo[-1].get_file()
    data = bytes(await file.download_as_bytearray())
    media = [InputMediaPhoto(io.BytesIO(data), caption=str(k)) for k in range(3)]
    await update.message.reply_chat_action("upload_photo")
    await update.message.reply_media_group(media)


@asynccontextmanager
async def polling(playground: Playground) -> AsyncIterator["Application"]:  # type: ignore[type-arg]
    app = (
        Application.builder()
        .token(playground.token)
        .base_url(f"{playground.url}/bot")
        .base_file_url(f"{playground.url}/file/bot")
        .build()
    )
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(go))
    app.add_handler(MessageHandler(filters.PHOTO, mirror))
    async with app:
        assert app.updater
        await app.updater.start_polling()
        await app.start()
        try:
            yield app
        finally:
            await app.updater.stop()
            await app.stop()


async def test_a_real_bot_lives_here() -> None:
    """python-telegram-bot polls, replies, edits, downloads and sends albums; no referee objects."""
    referees = Referees()
    async with Playground(port=0, on_request=referees) as playground, polling(playground):
        world = playground.world
        await playground.send_text(101, 101, "/start")
        hello = await playground.wait_for(
            lambda: next((m for m in world.messages(101) if m.get("text") == "Hello"), None)
        )
        assert hello["reply_to_message"]["text"] == "/start"
        await playground.press(101, 101, hello["message_id"], "go")
        await playground.wait_for(
            lambda: (world.message(101, hello["message_id"]) or {})["text"] == "Gone"
        )
        await playground.send_photo(101, 101, picture(640, 480))
        await playground.wait_for(lambda: "media_group_id" in world.messages(101)[-1])
        album = world.messages(101)[-3:]
        assert [m["caption"] for m in album] == ["0", "1", "2"]
        assert album[0]["photo"][-1]["width"] == 640
    assert referees.refusals == []


async def test_a_real_bot_meets_every_fault() -> None:
    """Each fault is the exception that python-telegram-bot has for Telegram's own."""
    async with Playground(port=0) as playground, polling(playground) as app:
        await playground.send_text(101, 101, "hello")
        for fault, error in (
            (Wait(3), RetryAfter),
            (Blocked(), Forbidden),
            (Migrated(-100_500), ChatMigrated),
            (BadGateway(), NetworkError),
            (DropAfter(), NetworkError),
        ):
            playground.faults.add(method="sendMessage", fault=fault)
            with pytest.raises(error):
                await app.bot.send_message(101, "hi")
        sent = await app.bot.send_message(101, "hi")
        with pytest.raises(BadRequest, match="essage is not modified"):
            await sent.edit_text("hi")
