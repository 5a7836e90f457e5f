"""The chat page in a real browser: from the first click to the open album."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from playground import Playground
from tests.support.bot_process import bot_process
from tests.support.referees import Referees

pytestmark = pytest.mark.asyncio(loop_scope="module")  # as the browser


async def test_a_newcomer_gets_an_album_by_clicking(page: Page, tmp_path: Path) -> None:
    """Start, a photo, a trait, words, six pictures, one of them large; and all after a reload."""
    referees = Referees()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    async with (
        Playground(port=0, on_request=referees) as playground,
        bot_process(tmp_path, playground),
    ):
        await page.goto(playground.url)
        await page.get_by_test_id("chat").first.click()
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.get_by_text("I make pictures of you").first).to_be_visible()

        await page.get_by_test_id("file").set_input_files(SAMPLE)
        await page.get_by_test_id("send").click()
        await page.get_by_role("button", name="✅ Yes, it's me").click()
        await page.get_by_role("button", name="✏️ Keep it, change some").click()
        await page.get_by_role("button", name="Hair colour:").click()
        await page.get_by_role("button", name="red", exact=True).click()
        await page.get_by_role("button", name="✅ Done").click()
        await expect(page.get_by_text("Now: /generate").first).to_be_visible()

        await page.get_by_test_id("composer").fill("/generate an astronaut on the moon")
        await page.keyboard.press("Enter")
        album = page.get_by_test_id("album")
        await expect(album.locator("img")).to_have_count(6)
        await album.locator("img").first.click()
        await expect(page.get_by_test_id("lightbox")).to_be_visible()
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("lightbox")).to_be_hidden()

        await page.reload()
        await expect(page.get_by_test_id("album").locator("img")).to_have_count(6)
    assert problems == []
    assert referees.refusals == []


SAMPLE = Path(__file__).parents[2] / "playground/static/samples/astronaut.jpg"
