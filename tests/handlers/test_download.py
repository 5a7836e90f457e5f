"""What a chat sees of a model that is not there yet."""

from pathlib import Path

from tests.desk import ANN, VERA, desk
from tests.fakes import ScriptedGenerator


async def test_those_who_wait_see_how_far_the_download_is(tmp_path: Path) -> None:
    """In their own language; who cancels meanwhile is done with, and the other album comes."""
    generator = ScriptedGenerator()
    generator.to_download = [(n * 10**9, 5 * 10**9) for n in (1, 2)]
    async with desk(tmp_path, generator=generator) as d:
        await d.say(f"/allow {VERA}")
        await d.answer("✅")
        for person in (ANN, VERA):
            await d.register(person)
            await d.say("/generate a knight", person)
            await d.answer("a knight", person)
        generator.may_download.set()
        await d.answer("2.0 of 5.0 GB", ANN)
        await d.answer("2,0 из 5,0 ГБ", VERA)
        await d.album(chat=ANN)


async def test_a_download_can_be_cancelled_by_who_waits_for_it(tmp_path: Path) -> None:
    """The job ends at once; the model goes on coming, for others."""
    generator = ScriptedGenerator()
    generator.to_download = [(1, 100), (2, 100)]
    async with desk(tmp_path, generator=generator) as d:
        await d.register()
        await d.say("/generate a knight")
        await d.answer("a knight")
        await d.say("/cancel")
        await d.answer("I cancelled your album")
        generator.may_download.set()
        await d.say("/generate a queen")
        await d.album()
    assert [request.words for request in generator.requests] == ["a queen"]
