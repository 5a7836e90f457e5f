"""/start, /help, the command menus, and what is no command at all."""

from pathlib import Path

from tests.support.running_bot import ANN, VERA, running_bot, words_of

DRAWING = ["generate", "again", "preset", "queue", "cancel"]
PRIVATE = [*DRAWING, "history", "register", "traits", "character", "forget", "help"]
GROUP = [*DRAWING, "help"]


async def test_hello_in_both_languages(tmp_path: Path) -> None:
    """/start and /help speak the person's language; who is known is greeted by name."""
    async with running_bot(tmp_path) as bot:
        await bot.say(f"/allow {VERA}")
        await bot.answer("✅")
        for person, hello, help_ in ((ANN, "👋 Hi!", "albums"), (VERA, "👋 Привет", "альбомы")):
            await bot.say("/start", person)
            assert "/forget" in words_of(await bot.answer(hello, person))
            await bot.say("/help", person)
            assert "/forget" in words_of(await bot.answer(help_, person))
        await bot.give_face()
        await bot.say("/start")
        await bot.answer("Welcome back, Ann")


async def test_anything_else_is_told_how_to_ask(tmp_path: Path) -> None:
    """Small talk and unknown commands get a hint, never silence."""
    async with running_bot(tmp_path) as bot:
        for text in ("hello", "/nonsense", "🚀"):
            await bot.say(text)
            await bot.answer("/help")


async def test_a_command_menu_for_each_language_and_place(tmp_path: Path) -> None:
    """Private chats list everything, groups what works there, each in the person's language."""
    async with running_bot(tmp_path) as bot:
        await bot.say("/start")
        await bot.answer("👋")
        world = bot.playground.world
        for person, cancel in ((ANN, "Stop my albums"), (VERA, "Остановить мои альбомы")):
            for chat, expected in ((person, PRIVATE), (bot.group, GROUP)):
                menu = {c["command"]: c["description"] for c in world.shown_commands(chat, person)}
                assert list(menu) == expected
                assert menu["cancel"] == cancel
