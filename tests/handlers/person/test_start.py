"""/start, /help, the command menus, and what is no command at all."""

from pathlib import Path

from tests.desk import ANN, VERA, desk, words_of

DRAWING = ["generate", "again", "preset", "queue", "cancel"]
PRIVATE = [*DRAWING, "history", "register", "traits", "character", "forget", "help"]
GROUP = [*DRAWING, "help"]


async def test_hello_in_both_languages(tmp_path: Path) -> None:
    """/start and /help speak the person's language; who is known is greeted by name."""
    async with desk(tmp_path) as d:
        await d.say(f"/allow {VERA}")
        await d.answer("✅")
        for person, hello, help_ in ((ANN, "👋 Hi!", "albums"), (VERA, "👋 Привет", "альбомы")):
            await d.say("/start", person)
            assert "/forget" in words_of(await d.answer(hello, person))
            await d.say("/help", person)
            assert "/forget" in words_of(await d.answer(help_, person))
        await d.register()
        await d.say("/start")
        await d.answer("Welcome back, Ann")


async def test_anything_else_is_told_how_to_ask(tmp_path: Path) -> None:
    """Small talk and unknown commands get a hint, never silence."""
    async with desk(tmp_path) as d:
        for text in ("hello", "/nonsense", "🚀"):
            await d.say(text)
            await d.answer("/help")


async def test_a_command_menu_for_each_language_and_place(tmp_path: Path) -> None:
    """Private chats list everything, groups what works there, each in the person's language."""
    async with desk(tmp_path) as d:
        await d.say("/start")
        await d.answer("👋")
        world = d.playground.world
        for person, cancel in ((ANN, "Stop my albums"), (VERA, "Остановить мои альбомы")):
            for chat, expected in ((person, PRIVATE), (d.group, GROUP)):
                menu = {c["command"]: c["description"] for c in world.shown_commands(chat, person)}
                assert list(menu) == expected
                assert menu["cancel"] == cancel
