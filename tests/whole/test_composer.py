"""What is written on the chat page is sent whole: words, files and what they reply to."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Page, Route, async_playwright, expect

from playground import Playground
from tests.support.bot_api import Api
from tests.support.browser import find_system_browser

ANN = 101
PATIENCE_MS = 60_000
SAMPLE = Path(__file__).parents[2] / "playground/static/samples/astronaut.jpg"
COMMANDS = [
    {"command": "register", "description": "Show me your face"},
    {"command": "generate", "description": "Draw an album of you"},
]


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """Open a local chat with a bot that has commands and has said hello."""
    async with Playground(port=0) as playground, aiohttp.ClientSession() as session:
        await playground.send_text(ANN, ANN, "/start")
        api = Api(session, playground)
        await api.ok("setMyCommands", commands=COMMANDS)
        await api.ok("sendMessage", chat_id=ANN, text="Hello")
        yield playground


@pytest.fixture
async def page(playground: Playground) -> AsyncIterator[Page]:
    """Open Ann's chat in a browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_system_browser(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = await browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        await page.goto(playground.url)
        await page.get_by_test_id("chat").first.click()
        yield page
        await browser.close()


@pytest.mark.parametrize("way", ["enter", "click", "enter with words"])
async def test_a_command_takes_the_staged_photo_along(
    page: Page, playground: Playground, way: str
) -> None:
    """A photo that is staged goes with the command, typed or chosen from the menu."""
    await page.get_by_test_id("file").set_input_files(SAMPLE)
    await expect(page.get_by_test_id("attachment")).to_have_count(1)
    composer = page.get_by_test_id("composer")
    if way == "enter":
        await composer.press_sequentially("/register")
        await page.keyboard.press("Enter")
    elif way == "click":
        await page.get_by_test_id("commands-button").click()
        await page.locator("[data-command=register]").click()
    else:
        await composer.fill("/generate a knight")
        await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("attachment")).to_have_count(0)
    await expect(composer).to_have_value("")
    *_, last = playground.world.messages(ANN)
    assert last["photo"]
    assert last["caption"] == ("/generate a knight" if "words" in way else "/register")
    assert len(playground.world.messages(ANN)) == 3


async def test_a_command_takes_the_reply_along(page: Page, playground: Playground) -> None:
    """A command chosen while a reply is being written is that reply."""
    message = page.get_by_text("Hello", exact=True).first
    await message.hover()
    await page.get_by_role("button", name="Reply").first.click()
    await page.get_by_test_id("composer").press_sequentially("/register")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("composer")).to_have_value("")
    await playground.wait_for(lambda: len(playground.world.messages(ANN)) == 3)
    *_, last = playground.world.messages(ANN)
    assert last["text"] == "/register"
    assert last["reply_to_message"]["text"]


async def test_what_is_typed_while_a_message_is_sent_stays(
    page: Page, playground: Playground
) -> None:
    """The words go on their way, and those after them stand in the field."""
    field = page.get_by_test_id("composer")
    typed = asyncio.Event()

    async def slowly(route: Route) -> None:
        await typed.wait()
        await route.continue_()

    await page.route("**/app/send", slowly)
    await field.fill("/queue")
    await field.press("Enter")
    await field.press_sequentially(" and more")
    typed.set()
    await expect(field).to_have_value("and more")
    assert playground.world.messages(ANN)[-1]["text"] == "/queue"
