"""/traits and /character: what the person looks like, in their own choice."""

from pathlib import Path

import pytest

from generation.character import (
    CHOICES,
    Age,
    Eyes,
    FacialHair,
    Gender,
    HairColor,
    HairLength,
    Skin,
    Traits,
)
from handlers.core.looks import looks
from handlers.texts import Texts
from tests.support.edits_and_alerts import alert, edited
from tests.support.running_bot import (
    ANN,
    VERA,
    RunningBot,
    astronaut,
    buttons,
    running_bot,
    words_of,
)


async def test_every_choice_can_be_chosen_and_taken_back(new_bot: RunningBot) -> None:
    """Each button of the editor does what it says, and each trait can be left to the photo."""
    editor = await new_bot.register()
    for trait, choice in CHOICES.items():
        for value in choice:
            await new_bot.press(editor, f"traits:open:{trait}:")
            await new_bot.press(editor, f"traits:set:{trait}:{value}:")
            await edited(new_bot, editor, "🧬")
    await new_bot.say("/generate x")
    await new_bot.album()
    traits = new_bot.generator.requests[0].character.traits
    assert {trait: getattr(traits, trait) for trait in CHOICES} == {
        trait: list(choice)[-1] for trait, choice in CHOICES.items()
    }
    for trait in CHOICES:
        await new_bot.press(editor, f"traits:open:{trait}:")
        await new_bot.press(editor, f"traits:clear:{trait}:")
    shown = await edited(new_bot, editor, "🧬")
    assert str(shown["reply_markup"]).count("from the photo") == len(CHOICES)


async def test_back_and_done(bot: RunningBot) -> None:
    """Back leaves everything as it was; Done closes the editor."""
    await bot.say("/traits")
    editor = await bot.answer("🧬")
    await bot.press(editor, "traits:open:age:")
    await bot.press(editor, "traits:back:")
    await edited(bot, editor, "🧬")
    await bot.press(editor, "traits:done:")
    assert not buttons(await edited(bot, editor, "✅ Saved"))


async def test_own_words_up_to_200_characters(new_bot: RunningBot) -> None:
    """200 characters are kept as written, markup too; 201 are refused, and asked for again."""
    editor = await new_bot.register()
    await new_bot.press(editor, "traits:words:")
    await new_bot.answer("at most 200 characters")
    await new_bot.say("f" * 201)
    await new_bot.answer("That is 201 characters; at most 200 fit")
    words = "<b>freckles</b> & *scar* _{ $x }_ ".ljust(200, "f")
    await new_bot.say(words)
    await new_bot.answer("✅ Noted")
    assert words in words_of(await new_bot.answer("🧬"))
    await new_bot.say("/character")
    assert words in words_of(await new_bot.answer("🙂"))


async def test_the_character_shows_face_name_and_traits(tmp_path: Path) -> None:
    """A name may be made of markup: it is shown as it is."""
    name = "<i>Eve</i> & *{ $x }*"
    async with running_bot(tmp_path) as bot:
        bot.playground.world.add_person(103, name, language_code="de")
        await bot.say("/allow 103")
        await bot.answer("✅")
        await bot.photo(astronaut(), 103)
        await bot.answer(name, 103)
        await bot.answer("🧬", 103)
        await bot.say("/character", 103)
        shown = await bot.answer("🙂 " + name, 103)
        assert shown["photo"]
        assert "Your traits are as in the photo. /traits changes them." in words_of(shown)


async def test_chosen_traits_are_said_in_words_that_agree(new_bot: RunningBot) -> None:
    """In one sentence, in the person's language; what is left open isn't listed."""
    await new_bot.allow(VERA)
    editor = await new_bot.register(VERA)
    for trait, value in ("gender", "woman"), ("age", "old"), ("glasses", "glasses"):
        await new_bot.press(editor, f"traits:open:{trait}:", VERA)
        await new_bot.press(editor, f"traits:set:{trait}:{value}:", VERA)
        await edited(new_bot, editor, "🧬")
    await new_bot.say("/character", VERA)
    shown = words_of(await new_bot.answer("🙂", VERA))
    assert "Женщина, в возрасте; очки: обычные.\nОстальное — как на фото." in shown


@pytest.mark.parametrize(
    ("traits", "english", "russian"),
    [
        (
            Traits(gender=Gender.MAN, age=Age.YOUNG, hair_color=HairColor.GRAY),
            "Young man; hair colour: grey.",
            "Мужчина, молодой; цвет волос: седой.",
        ),
        (
            Traits(age=Age.OLD, hair_length=HairLength.SHORT, skin=Skin.FAIR),
            "Old person; hair length: short; skin: fair.",
            "Человек в возрасте; волосы: короткие; кожа: светлая.",
        ),
        (
            Traits(gender=Gender.WOMAN, age=Age.CHILD, facial_hair=FacialHair.NONE),
            "Girl; facial hair: none.",
            "Девочка; борода и усы: нет.",
        ),
        (Traits(eyes=Eyes.GREEN), "Eyes: green.", "Глаза: зелёные."),
    ],
)
def test_looks_are_one_sentence(traits: Traits, english: str, russian: str) -> None:
    """Gender and age agree, and begin it; a trait of its own begins with a capital."""
    texts = Texts()
    assert looks(texts.say("en"), traits) == english + "\nThe rest is as in the photo."
    assert looks(texts.say("ru"), traits) == russian + "\nОстальное — как на фото."


async def test_without_a_character_there_are_no_traits(new_bot: RunningBot) -> None:
    """/traits and /character ask somebody unknown for a photo; an old editor does so too."""
    for command in ("/traits", "/character"):
        await new_bot.say(command)
        await new_bot.answer("don't know your face")
    editor = await new_bot.register()
    await alert(new_bot, editor, f"traits:open:eyes:{ANN}")
    await new_bot.say("/forget")
    question = await new_bot.answer("🗑")
    await alert(new_bot, question, f"forget:yes:{ANN}")
    data = f"traits:set:eyes:green:{ANN}"
    assert "don't know your face" in await alert(new_bot, editor, data)
