"""A browser for the chat page, somebody who plays the bot by raw HTTP, and a real Postgres.

A module shares one browser, which takes longer to start than most tests to run; so its tests share
their event loop as well.
"""

import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Literal

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

from db import Database
from playground import Playground
from tests.support.bot_api import Api
from tests.support.browser import find_system_browser
from tests.support.chat_page import DESKTOP, NewContext
from tests.support.postgres import shared

PATIENCE_MS = 300_000


@pytest.fixture
def database() -> Iterator[Database]:
    """A database of the test's own, on a real Postgres."""
    url = shared().url()
    database = Database(url)
    yield database
    database.close()
    shared().drop(url)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_system_browser(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        expect.set_options(timeout=PATIENCE_MS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def new_context(browser: Browser) -> AsyncIterator[NewContext]:
    """Make a browser's profile, in which windows can be opened; closed after the test."""
    async with contextlib.AsyncExitStack() as stack:

        async def new_context(
            locale: str = "en-GB",
            viewport: ViewportSize = DESKTOP,
            color_scheme: Literal["light", "dark"] = "light",
        ) -> BrowserContext:
            context = await stack.enter_async_context(
                await browser.new_context(
                    locale=locale, viewport=viewport, color_scheme=color_scheme
                )
            )
            context.set_default_timeout(PATIENCE_MS)
            return context

        yield new_context


@pytest_asyncio.fixture(loop_scope="module")
async def page(new_context: NewContext) -> Page:
    return await (await new_context()).new_page()


@pytest_asyncio.fixture(loop_scope="module")
async def playground() -> AsyncIterator[Playground]:
    async with Playground(port=0) as playground:
        yield playground


@pytest_asyncio.fixture(loop_scope="module")
async def api(playground: Playground) -> AsyncIterator[Api]:
    """The bot, which has come online and whom Ann and Вера have greeted."""
    async with aiohttp.ClientSession() as session:
        api = Api(session, playground)
        await api.ok("getMe")
        await playground.send_text(101, 101, "hello")
        await playground.send_text(102, 102, "привет")
        await api.ok("getUpdates")
        yield api
