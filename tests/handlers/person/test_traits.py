"""/traits and /character: what the person looks like, in their own choice."""

from pathlib import Path

from generation.character import CHOICES
from tests.support.edits_and_alerts import alert, edited
from tests.support.running_bot import ANN, buttons, running_bot, words_of


async def test_every_choice_can_be_chosen_and_taken_back(tmp_path: Path) -> None:
    """Each button of the editor does what it says, and each trait can be left to the photo."""
    async with running_bot(tmp_path) as bot:
        editor = await bot.register()
        for trait, choice in CHOICES.items():
            for value in choice:
                await bot.press(editor, f"traits:open:{trait}:")
                await bot.press(editor, f"traits:set:{trait}:{value}:")
                await edited(bot, editor, "🧬")
        await bot.say("/generate x")
        await bot.album()
        traits = bot.generator.requests[0].character.traits
        assert {trait: getattr(traits, trait) for trait in CHOICES} == {
            trait: list(choice)[-1] for trait, choice in CHOICES.items()
        }
        for trait in CHOICES:
            await bot.press(editor, f"traits:open:{trait}:")
            await bot.press(editor, f"traits:clear:{trait}:")
        shown = await edited(bot, editor, "🧬")
        assert str(shown["reply_markup"]).count("from the photo") == len(CHOICES)


async def test_back_and_done(tmp_path: Path) -> None:
    """Back leaves everything as it was; Done closes the editor."""
    async with running_bot(tmp_path) as bot:
        await bot.give_face()
        await bot.say("/traits")
        editor = await bot.answer("🧬")
        await bot.press(editor, "traits:open:age:")
        await bot.press(editor, "traits:back:")
        await edited(bot, editor, "🧬")
        await bot.press(editor, "traits:done:")
        assert not buttons(await edited(bot, editor, "✅ Saved"))


async def test_own_words_up_to_200_characters(tmp_path: Path) -> None:
    """200 characters are kept as written, markup too; 201 are refused, and asked for again."""
    async with running_bot(tmp_path) as bot:
        editor = await bot.register()
        await bot.press(editor, "traits:words:")
        await bot.answer("at most 200 characters")
        await bot.say("f" * 201)
        await bot.answer("That is 201 characters; at most 200 fit")
        words = "<b>freckles</b> & *scar* _{ $x }_ ".ljust(200, "f")
        await bot.say(words)
        await bot.answer("✅ Noted")
        assert words in words_of(await bot.answer("🧬"))
        await bot.say("/character")
        assert words in words_of(await bot.answer("🙂"))


async def test_the_character_shows_face_name_and_traits(tmp_path: Path) -> None:
    """A name may be made of markup: it is shown as it is."""
    name = "<i>Eve</i> & *{ $x }*"
    async with running_bot(tmp_path) as bot:
        bot.playground.world.add_person(103, name, language_code="de")
        await bot.say("/allow 103")
        await bot.answer("✅")
        await bot.register(103)
        await bot.answer(name, 103)
        await bot.say("/character", 103)
        shown = await bot.answer("🙂 " + name, 103)
        assert shown["photo"]
        assert "Hair colour: from the photo" in words_of(shown)


async def test_without_a_character_there_are_no_traits(tmp_path: Path) -> None:
    """/traits and /character ask somebody unknown for a photo; an old editor does so too."""
    async with running_bot(tmp_path) as bot:
        for command in ("/traits", "/character"):
            await bot.say(command)
            await bot.answer("don't know your face")
        editor = await bot.register()
        await alert(bot, editor, f"traits:open:eyes:{ANN}")
        await bot.say("/forget")
        question = await bot.answer("🗑")
        await alert(bot, question, f"forget:yes:{ANN}")
        data = f"traits:set:eyes:green:{ANN}"
        assert "don't know your face" in await alert(bot, editor, data)
