"""A bot of aiogram, polling: another foreign client that has to feel at home here."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
    ReactionTypeEmoji,
)

from playground import Playground
from tests.support.bot_api import picture

GO = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go")]])


async def start(message: Message) -> None:
    await message.react([ReactionTypeEmoji(emoji="🔥")])
    await message.reply("*Hello*", parse_mode="Markdown", reply_markup=GO)


async def go(query: CallbackQuery) -> None:
    await query.answer("Going", show_alert=True)
    assert isinstance(query.message, Message)
    await query.message.edit_text("Gone")


async def mirror(message: Message, bot: Bot) -> None:
    assert message.photo
    downloaded = await bot.download(message.photo[-1])
    assert downloaded
    data = downloaded.read()
    media = [
        InputMediaPhoto(media=BufferedInputFile(data, "a.jpg"), caption=str(n)) for n in (0, 1)
    ]
    await message.answer_media_group(media)  # type: ignore[arg-type]  # a list of one kind is fine


@contextlib.asynccontextmanager
async def polling(playground: Playground) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(playground.url))
    bot = Bot(playground.token, session=session)
    dispatcher = Dispatcher()
    dispatcher.message.register(start, CommandStart())
    dispatcher.callback_query.register(go, F.data == "go")
    dispatcher.message.register(mirror, F.photo)
    running = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5)
    )
    try:
        yield bot
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_bot_of_aiogram_lives_here(playground: Playground) -> None:
    """It polls, reacts, replies, edits on a press, fetches a photo and sends an album."""
    world = playground.world
    async with polling(playground):
        command = await playground.send_text(101, 101, "/start")
        hello = await playground.wait_for(
            lambda: next((m for m in world.messages(101) if m.get("text") == "Hello"), None)
        )
        assert hello["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
        assert world.reactions(101, command["message_id"]) == ["🔥"]
        await playground.press(101, 101, hello["message_id"], "go")
        await playground.wait_for(
            lambda: (world.message(101, hello["message_id"]) or {})["text"] == "Gone"
        )
        await playground.send_photo(101, 101, picture(640, 480))
        await playground.wait_for(lambda: len(world.messages(101)) == 5)
        assert [m["caption"] for m in world.messages(101)[-2:]] == ["0", "1"]
