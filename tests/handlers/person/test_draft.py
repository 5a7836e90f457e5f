"""Traits that were read from a photo: nothing of them is kept unasked."""

import json
import re
from pathlib import Path

import aiohttp
import pytest

from generation.character import (
    CHOICES,
    Eyes,
    FacialHair,
    Gender,
    Glasses,
    HairColor,
    HairLength,
    Traits,
)
from generation.faces.draft import Draft
from handlers.core import person_keyboards as keyboards
from handlers.core.buttons import ButtonOld
from handlers.person.draft import code_of, draft_of, seen_lines
from handlers.person.photo_words import disagreeing, disagreement
from handlers.texts import Texts
from tests.support.bot_api import Api
from tests.support.edits_and_alerts import alert, edited
from tests.support.running_bot import (
    ANN,
    VERA,
    Json,
    RunningBot,
    astronaut,
    astronaut_again,
    buttons,
    running_bot,
    words_of,
)

SHORT = Traits(hair_length=HairLength.SHORT)
SEEN = Traits(hair_color=HairColor.BROWN, glasses=Glasses.GLASSES, facial_hair=FacialHair.NONE)


async def offer(bot: RunningBot, draft: Traits, person: int = ANN) -> Json:
    """Have the bot offer a draft, whatever a photo shows."""
    await bot.say("/help", person)
    await bot.answer("", person)
    keyboard = keyboards.draft(Texts().say("en"), code_of(draft), person).to_dict()
    async with aiohttp.ClientSession() as session:
        api = Api(session, bot.playground)
        sent: Json = await api.ok(
            "sendMessage",
            chat_id=person,
            text="🧬 I see",
            reply_markup=json.loads(json.dumps(keyboard)),
        )
    return sent


async def looks(bot: RunningBot) -> str:
    await bot.say("/character")
    return words_of(await bot.answer("🙂"))


@pytest.mark.parametrize("trait", list(CHOICES))
def test_a_button_carries_every_draft(trait: str) -> None:
    """Whatever is read comes back from the button, and the data is short enough."""
    for value in CHOICES[trait]:
        draft = Traits(**{trait: value})  # type: ignore[arg-type]
        assert draft_of(code_of(draft)) == draft
    assert draft_of(code_of(SEEN)) == SEEN
    data = keyboards.draft(Texts().say("en"), code_of(SEEN), 10**15).inline_keyboard[0][0]
    assert len(str(data.callback_data).encode()) <= 64


@pytest.mark.parametrize("code", ["", "--------0", "9-------", "x-------", "²-------", "7" * 8])
def test_a_forged_draft_is_no_draft(code: str) -> None:
    """Other lengths and numbers than there are."""
    with pytest.raises(ButtonOld):
        draft_of(code)


async def test_yes_keeps_what_the_photo_shows(bot: RunningBot) -> None:
    """And no more than that; it is said what was kept."""
    draft = await offer(bot, SEEN)
    assert "as in the photo" in await looks(bot)
    await bot.press(draft, "draft:keep")
    kept = await edited(
        bot, draft, "Kept:\nHair colour: brown; facial hair: none; glasses: ordinary."
    )
    assert not buttons(kept)
    assert "Hair colour: brown" in await looks(bot)


async def test_no_leaves_it_to_the_photo(bot: RunningBot) -> None:
    """Nothing is kept."""
    draft = await offer(bot, SEEN)
    await bot.press(draft, "draft:leave")
    assert not buttons(await edited(bot, draft, "I take it from the photo"))
    assert "as in the photo" in await looks(bot)


async def test_change_opens_the_editor_with_the_draft(bot: RunningBot) -> None:
    """What is right needs no second choice."""
    draft = await offer(bot, SEEN)
    await bot.press(draft, "draft:edit")
    editor = await edited(bot, draft, "Your traits")
    assert "Hair colour: brown" in str(editor["reply_markup"])
    await bot.press(editor, "traits:open:glasses")
    await bot.press(editor, "traits:set:glasses:none")
    await edited(bot, editor, "Your traits")
    words = await looks(bot)
    assert "Hair colour: brown; facial hair: none; glasses: none." in words


async def test_a_draft_of_somebody_forgotten_is_answered(new_bot: RunningBot) -> None:
    """Who is unknown by now has no traits."""
    draft = await offer(new_bot, SEEN)
    assert "don't know your face" in await alert(new_bot, draft, buttons(draft)[0])


async def test_a_first_photo_brings_a_draft(tmp_path: Path) -> None:
    """What it clearly shows is asked about, in the person's language, and not kept before."""
    async with running_bot(tmp_path, owner_id=VERA) as bot:
        await bot.photo(astronaut(), VERA)
        draft = await bot.answer("Вот что я вижу на фото", VERA)
        assert [data.split(":")[1] for data in buttons(draft)] == ["keep", "edit", "leave"]
        await bot.say("/character", VERA)
        assert "Черты — как на фото" in words_of(await bot.answer("🙂", VERA))
        await bot.press(draft, "draft:keep", VERA)
        await edited(bot, draft, "Запомнил")


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft(Traits(glasses=Glasses.NONE), SHORT), "what I see.*Glasses: none.*guessing.*short"),
        (Draft(Traits(glasses=Glasses.NONE)), "what I see.*Glasses: none"),
        (Draft(guessed=SHORT), "can't see you clearly.*guessing.*Hair length: short"),
    ],
)
def test_a_guess_is_called_one(draft: Draft, said: str) -> None:
    """Who is drawn by it should see it before the album."""
    lines = "\n".join(seen_lines(Texts().say("en"), draft))
    assert re.search(said, lines, re.DOTALL)
    assert ("guessing" in lines) is (draft.guessed != Traits())


async def test_a_disagreement_is_told_once(new_bot: RunningBot) -> None:
    """The photo shows other hair than the person chose: their word counts, and that is said."""
    bot = new_bot
    await bot.give_face()
    await bot.say("/traits")
    editor = await bot.answer("🧬")
    await bot.press(editor, "traits:open:glasses")
    await bot.press(editor, "traits:set:glasses:sunglasses")
    await edited(bot, editor, "Your traits")
    await bot.say("/register")
    await bot.answer("📷")
    await bot.photo(astronaut_again(0))
    told = words_of(await bot.answer("Added"))
    assert "Your traits say “glasses: dark”, this photo shows “glasses: none”" in told
    await bot.photo(astronaut_again(1))
    assert "Your traits say" not in words_of(await bot.answer("Added"))


def test_what_somebody_says_of_themselves_is_not_doubted() -> None:
    """Gender and age are theirs to say; what one of both leaves open is no disagreement."""
    chosen = Traits(gender=Gender.MAN, hair_length=HairLength.BALD, eyes=Eyes.BLUE)
    seen = Traits(gender=Gender.WOMAN, hair_length=HairLength.LONG, glasses=Glasses.NONE)
    assert disagreeing(chosen, seen) == ["hair_length"]
    say = Texts().say("en")
    said = disagreement(say, chosen, seen, ["hair_length"])
    assert "“hair length: bald”, this photo shows “hair length: long”" in said
    assert "Your traits count" in said
