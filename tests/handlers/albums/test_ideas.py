"""Ideas: what the model draws well, six at a time."""

from pathlib import Path

import pytest

from generation.models.resolve import resolve
from handlers.albums.ideas import AT_ONCE, PHOTOGRAPHED, POCKET, TALES, choose, ideas_for, words_of
from handlers.texts import Texts
from tests.support.running_bot import VERA, Json, RunningBot, buttons, running_bot
from tests.support.running_bot import words_of as said

LANGUAGES = sorted(Texts().languages)


def offered(message: Json) -> set[str]:
    return {data for data in buttons(message) if data.startswith("idea:")}


async def test_an_idea_is_as_good_as_words(bot: RunningBot) -> None:
    """Without words the person is offered six ideas as buttons, and one press queues one."""
    await bot.say("/generate")
    offer = await bot.answer("💡")
    (first, *_) = [data for data in buttons(offer) if data.startswith("idea:")]
    assert len(offered(offer)) == AT_ONCE
    await bot.press(offer, first)
    words = words_of(Texts().say("en"), first.split(":")[1])
    assert f"“{words}”" in said((await bot.album())[0])
    assert bot.generator.requests[0].english == ""


async def test_six_others_are_six_others(bot: RunningBot) -> None:
    """On the button, and when asked again: never the same six twice running."""
    await bot.say("/generate")
    offer = await bot.answer("💡")
    first = offered(offer)
    await bot.press(offer, "ideas:")
    chat, number = offer["chat"]["id"], offer["message_id"]
    await bot.until(
        lambda: not offered(bot.playground.world.message(chat, number) or {}) & first, "others"
    )
    second = offered(bot.playground.world.message(chat, number) or {})
    await bot.say("/generate")
    assert not offered(await bot.answer("💡")) & second


async def test_an_idea_in_russian_is_drawn_from_english(tmp_path: Path) -> None:
    """It needs no translator: its English is what was tried out."""
    async with running_bot(tmp_path, owner_id=VERA) as bot:
        await bot.give_face(VERA)
        await bot.say("/generate", VERA)
        offer = await bot.answer("💡", VERA)
        chosen = next(data for data in buttons(offer) if data.startswith("idea:"))
        await bot.press(offer, chosen, VERA)
        await bot.album(chat=VERA)
        (request,) = bot.generator.requests
        name = chosen.split(":")[1]
        assert request.words == words_of(Texts().say("ru"), name)
        assert request.english == words_of(Texts().say("en"), name)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("a knight castle", ["idea:knight"]),
        ("snow coat red pirate sunset", ["idea:treasure", "idea:snow"]),
        ("violin", []),
    ],
)
async def test_only_ideas_that_the_model_can_draw_are_offered(
    tmp_path: Path, words: str, wanted: list[str]
) -> None:
    """Its list of words says which; where none is left, words of one's own are asked for."""
    model = tmp_path / "model"
    (model / "ip_adapter").mkdir(parents=True)
    (model / "ip_adapter" / "face.safetensors").touch()
    (model / "words.txt").write_text("\n".join(words.split()), encoding="utf-8")
    async with running_bot(tmp_path, model=str(model)) as bot:
        await bot.give_face()
        await bot.say("/generate")
        offer = await bot.answer("💡" if wanted else "For example")
        assert {data.rpartition(":")[0] for data in buttons(offer)} == set(wanted)


def test_a_model_that_knows_every_word_has_ideas_of_its_own() -> None:
    """Those of the pocket model are what it was taught; a photograph shows more."""
    assert ideas_for(resolve("sd15").vocabulary, Texts()) == PHOTOGRAPHED
    assert ideas_for(resolve("pocket").vocabulary, Texts()) == list(POCKET)


@pytest.mark.parametrize("known", [6, 7, 11, 12, 40])
def test_the_same_six_are_never_offered_twice_running(known: int) -> None:
    """As long as the model knows a seventh."""
    names = [f"idea {number}" for number in range(known)]
    last: list[str] = []
    for _ in range(30):
        six = choose(names, last)
        assert len(set(six)) == AT_ONCE
        assert known == AT_ONCE or set(six) != set(last)
        last = six


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_idea_is_a_sign_and_words(language: str) -> None:
    """The sign only adorns the button; no two ideas have the same words."""
    say = Texts().say(language)
    for names in (POCKET, PHOTOGRAPHED, TALES):
        words = [words_of(say, name) for name in names]
        assert len(set(words)) == len(names)
        assert all(one[0].isalnum() for one in words)
