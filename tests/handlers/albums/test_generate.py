"""/generate: words in, an album out."""

from pathlib import Path

import pytest

from generation.errors import NoWords, Refusal
from handlers.albums.generate import WordsTooLong, parse
from handlers.albums.options import SeedWrong
from tests.support.running_bot import ANN, VERA, RunningBot, buttons, running_bot, words_of


async def test_words_become_an_album_of_six(tmp_path: Path) -> None:
    """The album answers the command; its first caption has the words, mode and seed."""
    async with running_bot(tmp_path, first_start=True) as bot:
        await bot.register()
        command = await bot.say("/generate a knight --seed 7")
        album = await bot.album()
        assert all(m["reply_to_message"]["message_id"] == command["message_id"] for m in album[:1])
        caption = words_of(album[0])
        assert "a knight" in caption
        assert "Fast" in caption
        assert "seed 7" in caption
        assert bot.generator.requests[0].seed == 7


async def test_an_idea_is_as_good_as_words(bot: RunningBot) -> None:
    """Without words the person is offered six ideas as buttons, and one press queues one."""
    await bot.say("/generate")
    offer = await bot.answer("💡")
    assert len([b for row in offer["reply_markup"]["inline_keyboard"] for b in row]) == 6
    await bot.press(offer, "idea:knight")
    assert "knight" in words_of((await bot.album())[0])


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("a knight shining armour castle", ["idea:knight"]),
        ("snow coat wearing red oil painting old master", ["idea:snow", "idea:painting"]),
        ("violin", []),
    ],
)
async def test_only_ideas_that_the_model_can_draw_are_offered(
    tmp_path: Path, words: str, offered: list[str]
) -> None:
    """Its list of words says which; where none is left, words of one's own are asked for."""
    model = tmp_path / "model"
    (model / "ip_adapter").mkdir(parents=True)
    (model / "ip_adapter" / "face.safetensors").touch()
    (model / "words.txt").write_text("\n".join(words.split()), encoding="utf-8")
    async with running_bot(tmp_path, model=str(model)) as bot:
        await bot.give_face()
        await bot.say("/generate")
        offer = await bot.answer("💡" if offered else "For example")
        assert [data.rpartition(":")[0] for data in buttons(offer)] == offered


async def test_a_second_job_waits_for_the_first(tmp_path: Path) -> None:
    """More than may wait are refused in one sentence, and nothing is lost."""
    async with running_bot(tmp_path, waiting_per_person=1) as bot:
        await bot.give_face()
        bot.generator.hold()
        await bot.say("/generate one")
        await bot.answer("Picture 1")
        await bot.say("/generate two")
        await bot.answer("⏳")
        await bot.say("/generate three")
        await bot.answer("waiting already")
        bot.generator.release()
        await bot.until(lambda: len(bot.albums()) == 12, "two albums")


async def test_without_a_face_there_is_no_album(new_bot: RunningBot) -> None:
    """Somebody unknown is asked for a photo."""
    await new_bot.say("/generate a knight")
    await new_bot.answer("don't know your face")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("🚀🚀🚀", NoWords),
        ("!!! ---", NoWords),
        ("--seed 5", NoWords),
        ("x" * 5000, WordsTooLong),
        ("a cat --seed abc", SeedWrong),
        ("a cat --seed", SeedWrong),
        ("a cat --seed -5", SeedWrong),
        ("a cat --seed 99999999999", SeedWrong),
    ],
)
def test_words_that_are_none(text: str, refusal: type[Refusal]) -> None:
    """Emoji, signs and a novel are refused each in its own sentence."""
    with pytest.raises(refusal):
        parse(text)


def test_a_seed_is_found_however_the_phone_wrote_it() -> None:
    """Phones turn two hyphens into a dash."""
    assert {parse(f"a cat {dash}seed 42")[1] for dash in ("--", "—", "–")} == {42}
    assert parse("a cat —seed 42 in a hat")[0] == "a cat in a hat"


async def test_markup_in_words_stays_text(bot: RunningBot) -> None:
    """HTML and Markdown in words arrive as they were written."""
    await bot.say("/generate <b>a *knight*</b> & [x](y) `z`")
    assert "<b>a *knight*</b> & [x](y) `z`" in words_of((await bot.album())[0])


async def test_what_was_cut_is_told(bot: RunningBot) -> None:
    """Words that the model can't read are named under the album."""
    bot.generator.cut = "with a golden hat"
    await bot.say("/generate a very long story with a golden hat")
    assert "left out: with a golden hat" in words_of((await bot.album())[0])


@pytest.mark.parametrize(
    ("person", "unknown", "told"),
    [
        (ANN, ("violin", "drums"), ["I can't draw: violin, drums"]),
        (ANN, ("скрипка",), ["I read English only, and passed over: скрипка"]),
        (VERA, ("violin",), ["Этого я рисовать не умею: violin"]),
        (
            VERA,
            ("violin", "на", "скрипке"),
            ["не умею: violin", "и пропустил: на, скрипке"],
        ),
        (ANN, tuple(f"word{number}" for number in range(99)), ["word0, word1", ", w…"]),
    ],
)
async def test_what_the_model_can_not_draw_is_told(
    tmp_path: Path, person: int, unknown: tuple[str, ...], told: list[str]
) -> None:
    """Under the album, in the person's language, by their own words; a long list is cut."""
    async with running_bot(tmp_path, owner_id=person) as bot:
        await bot.give_face(person)
        bot.generator.unknown = unknown
        bot.generator.cut = "of old"
        await bot.say("/generate a pirate with a violin of old", person)
        caption = words_of((await bot.album(chat=person))[0])
        assert all(line in caption for line in [*told, "of old"]), caption


async def test_what_the_model_can_not_draw_is_told_while_it_draws(bot: RunningBot) -> None:
    """Early enough to cancel."""
    bot.generator.unknown = ("violin",)
    bot.generator.hold()
    await bot.say("/generate a violin")
    status = await bot.answer("I can't draw: violin")
    bot.generator.release()
    assert "Picture" in words_of(status) or "Getting ready" in words_of(status)
    await bot.album()


async def test_an_accident_has_a_number_and_harms_nobody_else(bot: RunningBot) -> None:
    """A broken job is apologised for with a reference number, and the next one is drawn."""
    bot.generator.error = RuntimeError("secret details")
    await bot.say("/generate one")
    apology = await bot.answer("number")
    assert "secret details" not in words_of(apology)
    await bot.say("/generate two")
    await bot.album()
