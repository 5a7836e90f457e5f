"""A browser for the chat page, and somebody who plays the bot by raw HTTP."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from playground import Playground
from tests.support.bot_api import Api
from tests.support.browser import find_system_browser

PATIENCE_MS = 300_000


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_system_browser(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        expect.set_options(timeout=PATIENCE_MS)
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser) -> Page:
    page = await browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
    page.set_default_timeout(PATIENCE_MS)
    return page


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(port=0) as playground:
        yield playground


@pytest.fixture
async def api(playground: Playground) -> AsyncIterator[Api]:
    """The bot, which has come online and whom Ann and Вера have greeted."""
    async with aiohttp.ClientSession() as session:
        api = Api(session, playground)
        await api.ok("getMe")
        await playground.send_text(101, 101, "hello")
        await playground.send_text(102, 102, "привет")
        await api.ok("getUpdates")
        yield api
