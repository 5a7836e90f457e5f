"""/start, the command menus, and what is no command at all."""

from tests.support.running_bot import ANN, VERA, RunningBot, words_of

DRAWING = [
    *("generate", "story", "again", "preset", "likeness", "style", "size", "queue", "cancel"),
]
OWN = ["history", "register", "traits", "character", "forget", "export"]
PRIVATE = [*DRAWING, *OWN, "privacy", "help"]
GROUP = [*DRAWING, "privacy", "help"]


async def test_hello_in_both_languages(new_bot: RunningBot) -> None:
    """/start speaks the person's language; who is known is greeted by name."""
    await new_bot.allow(VERA)
    for person, hello in ((ANN, "👋 Hi!"), (VERA, "👋 Привет")):
        await new_bot.say("/start", person)
        assert "/forget" in words_of(await new_bot.answer(hello, person))
    await new_bot.give_face()
    await new_bot.say("/start")
    await new_bot.answer("Welcome back, Ann")


async def test_anything_else_is_told_how_to_ask(new_bot: RunningBot) -> None:
    """Small talk and unknown commands get a hint, never silence."""
    for text, answer in (("hello", "👋"), ("/nonsense", "/help"), ("🚀", "/help")):
        await new_bot.say(text)
        await new_bot.answer(answer)


async def test_a_command_menu_for_each_language_and_place(new_bot: RunningBot) -> None:
    """Private chats list everything, groups what works there, each in the person's language."""
    await new_bot.say("/start")
    await new_bot.answer("👋")
    world = new_bot.playground.world
    for person, cancel in ((ANN, "Stop my albums"), (VERA, "Остановить мои альбомы")):
        for chat, expected in ((person, PRIVATE), (new_bot.group, GROUP)):
            menu = {c["command"]: c["description"] for c in world.shown_commands(chat, person)}
            assert list(menu) == expected
            assert menu["cancel"] == cancel
