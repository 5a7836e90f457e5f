"""A bot of pyTelegramBotAPI, which shares no code with ours: what others use works here too."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator

import pytest
from PIL import Image
from telebot import asyncio_helper, types
from telebot.async_telebot import AsyncTeleBot

from playground import Playground
from tests.support.bot_api import picture

GROUP = -4_200_001


@contextlib.asynccontextmanager
async def polling(
    playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AsyncTeleBot]:
    monkeypatch.setattr(asyncio_helper, "API_URL", f"{playground.url}/bot{{0}}/{{1}}")
    monkeypatch.setattr(asyncio_helper, "FILE_URL", f"{playground.url}/file/bot{{0}}/{{1}}")
    bot = AsyncTeleBot(playground.token)
    running = asyncio.create_task(bot.polling(non_stop=True, timeout=5))
    try:
        yield bot
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await bot.close_session()


def keyboard(*labels: str) -> types.InlineKeyboardMarkup:
    buttons = [types.InlineKeyboardButton(label, callback_data=label) for label in labels]
    return types.InlineKeyboardMarkup([buttons])


async def test_a_bot_of_pytelegrambotapi_lives_here(
    playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It polls, greets in the old Markdown, edits on a press, fetches a photo, sends an album."""
    async with polling(playground, monkeypatch) as bot:

        async def start(message: types.Message) -> None:
            await bot.set_message_reaction(
                message.chat.id, message.message_id, [types.ReactionTypeEmoji("👍")]
            )
            await bot.reply_to(
                message, "*Hello* _you_", parse_mode="Markdown", reply_markup=keyboard("Go", "Stop")
            )

        async def pressed(query: types.CallbackQuery) -> None:
            await bot.answer_callback_query(query.id, f"You chose {query.data}")
            place = {"chat_id": query.message.chat.id, "message_id": query.message.message_id}
            await bot.edit_message_text("<b>Gone</b>", parse_mode="HTML", **place)

        async def mirror(message: types.Message) -> None:
            file = await bot.get_file(message.photo[-1].file_id)
            data = await bot.download_file(file.file_path)
            await bot.send_chat_action(message.chat.id, "upload_photo")
            media = [types.InputMediaPhoto(io.BytesIO(data), caption=str(n)) for n in range(3)]
            await bot.send_media_group(message.chat.id, media)

        bot.register_message_handler(start, commands=["start"])
        bot.register_callback_query_handler(pressed, func=lambda _: True)
        bot.register_message_handler(mirror, content_types=["photo"])
        world = playground.world
        command = await playground.send_text(101, 101, "/start")
        hello = await playground.wait_for(
            lambda: next((m for m in world.messages(101) if m.get("text") == "Hello you"), None)
        )
        assert [entity["type"] for entity in hello["entities"]] == ["bold", "italic"]
        assert world.reactions(101, command["message_id"]) == ["👍"]
        await playground.press(101, 101, hello["message_id"], "Go")
        await playground.wait_for(
            lambda: (world.message(101, hello["message_id"]) or {})["text"] == "Gone"
        )
        await playground.send_photo(101, 101, picture(640, 480))
        await playground.wait_for(lambda: len(world.messages(101)) == 6)
        album = world.messages(101)[-3:]
        assert [m["caption"] for m in album] == ["0", "1", "2"]
        sent = world.file(album[0]["photo"][-1]["file_id"])
        assert Image.open(io.BytesIO(sent)).size == (640, 480)


async def test_what_pytelegrambotapi_asks_is_answered(
    playground: Playground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its other calls come back as its own types: people, admins, edits, files, commands."""
    async with polling(playground, monkeypatch) as bot:
        assert (await bot.get_me()).is_bot
        assert [a.user.id for a in await bot.get_chat_administrators(GROUP)] == [101]
        assert (await bot.get_chat_member(GROUP, 102)).status == "member"
        assert (await bot.get_chat(GROUP)).title == "Portrait club"
        await bot.set_my_commands([types.BotCommand("start", "Start")])
        assert [c.command for c in await bot.get_my_commands(None, None)] == ["start"]
        sent = await bot.send_photo(GROUP, picture(), caption="*one*", parse_mode="Markdown")
        assert sent.caption == "one"
        place = {"chat_id": GROUP, "message_id": sent.message_id}
        assert (await bot.edit_message_caption("two", **place)).caption == "two"
        new = types.InputMediaPhoto(io.BytesIO(picture(500, 500)))
        assert (await bot.edit_message_media(new, **place)).photo[-1].width == 500
        edited = await bot.edit_message_reply_markup(reply_markup=keyboard("a"), **place)
        assert edited.reply_markup.keyboard[0][0].callback_data == "a"
        document = await bot.send_document(GROUP, ("письмо.txt", io.BytesIO(b"hi")))
        assert document.document.file_name == "письмо.txt"
        assert await bot.delete_messages(GROUP, [sent.message_id, document.message_id])
        assert playground.world.messages(GROUP) == []
