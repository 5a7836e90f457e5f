from collections.abc import AsyncIterator

import aiohttp
import pytest

from playground import Playground
from tests.support.bot_api import Api


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    async with Playground(port=0) as playground:
        yield playground


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def api(playground: Playground, session: aiohttp.ClientSession) -> Api:
    """Raw HTTP to a playground where Ann (101) has written to the bot."""
    await playground.send_text(101, 101, "hello")
    playground.world.updates.drop()
    return Api(session, playground)
