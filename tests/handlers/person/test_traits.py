"""/traits and /character: what the person looks like, in their own choice."""

from pathlib import Path

from generation.character import CHOICES
from tests.desk import ANN, buttons, desk, words_of
from tests.handlers.watching import alert, edited


async def test_every_choice_can_be_chosen_and_taken_back(tmp_path: Path) -> None:
    """Each button of the editor does what it says, and each trait can be left to the photo."""
    async with desk(tmp_path) as d:
        await d.register()
        editor = await d.answer("🧬")
        for trait, choice in CHOICES.items():
            for value in choice:
                await d.press(editor, f"traits:open:{trait}:")
                await d.press(editor, f"traits:set:{trait}:{value}:")
                await edited(d, editor, "🧬")
        await d.say("/generate x")
        await d.album()
        traits = d.generator.requests[0].character.traits
        assert {trait: getattr(traits, trait) for trait in CHOICES} == {
            trait: list(choice)[-1] for trait, choice in CHOICES.items()
        }
        for trait in CHOICES:
            await d.press(editor, f"traits:open:{trait}:")
            await d.press(editor, f"traits:clear:{trait}:")
        shown = await edited(d, editor, "🧬")
        assert str(shown["reply_markup"]).count("from the photo") == len(CHOICES)


async def test_back_and_done(tmp_path: Path) -> None:
    """Back leaves everything as it was; Done closes the editor."""
    async with desk(tmp_path) as d:
        await d.register()
        await d.say("/traits")
        editor = await d.answer("🧬")
        await d.press(editor, "traits:open:age:")
        await d.press(editor, "traits:back:")
        await edited(d, editor, "🧬")
        await d.press(editor, "traits:done:")
        assert not buttons(await edited(d, editor, "✅ Saved"))


async def test_own_words_up_to_200_characters(tmp_path: Path) -> None:
    """200 characters are kept as written, markup too; 201 are refused, and asked for again."""
    async with desk(tmp_path) as d:
        await d.register()
        editor = await d.answer("🧬")
        await d.press(editor, "traits:words:")
        await d.answer("at most 200 characters")
        await d.say("f" * 201)
        await d.answer("That is 201 characters; at most 200 fit")
        words = "<b>freckles</b> & *scar* _{ $x }_ ".ljust(200, "f")
        await d.say(words)
        await d.answer("✅ Noted")
        assert words in words_of(await d.answer("🧬"))
        await d.say("/character")
        assert words in words_of(await d.answer("🙂"))


async def test_the_character_shows_face_name_and_traits(tmp_path: Path) -> None:
    """A name may be made of markup: it is shown as it is."""
    name = "<i>Eve</i> & *{ $x }*"
    async with desk(tmp_path) as d:
        d.playground.world.add_person(103, name, language_code="de")
        await d.say("/allow 103")
        await d.answer("✅")
        await d.register(103)
        await d.answer(name, 103)
        await d.say("/character", 103)
        shown = await d.answer("🙂 " + name, 103)
        assert shown["photo"]
        assert "Hair colour: from the photo" in words_of(shown)


async def test_without_a_character_there_are_no_traits(tmp_path: Path) -> None:
    """/traits and /character ask somebody unknown for a photo; an old editor does so too."""
    async with desk(tmp_path) as d:
        for command in ("/traits", "/character"):
            await d.say(command)
            await d.answer("don't know your face")
        await d.register()
        editor = await d.answer("🧬")
        await alert(d, editor, f"traits:open:eyes:{ANN}")
        await d.say("/forget")
        question = await d.answer("🗑")
        await alert(d, question, f"forget:yes:{ANN}")
        data = f"traits:set:eyes:green:{ANN}"
        assert "don't know your face" in await alert(d, editor, data)
