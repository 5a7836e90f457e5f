"""The messages of those who wait: news that comes while one is being sent reaches it, too."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from telegram import Bot

from db import Database, JobRecord, Position, Ticket, WaitEstimates
from generation.download_news import Downloading
from generation.events import Reason, Resting
from generation.request import AlbumOrder
from handlers.delivery.status_board import StatusBoard
from handlers.texts import Texts
from playground import ApiRequest, Playground
from tests.support.records import FAST, Records, put_database, records_of
from tests.support.running_bot import ANN, PATIENCE_S, words_of

News = Callable[[StatusBoard], Awaitable[None]]


class SlowWaits(WaitEstimates):
    """Its first answer comes only once it is asked again."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._asked_before = False
        self._asked_again = asyncio.Event()

    async def waiting(self) -> list[tuple[JobRecord, Position]]:
        line = await super().waiting()
        if self._asked_before:
            self._asked_again.set()
        self._asked_before = True
        async with asyncio.timeout(PATIENCE_S):
            await self._asked_again.wait()
        return line


@pytest.mark.parametrize(
    ("news", "told"),
    [
        (lambda board: board.pause(paused=True), "⏸ The owner has paused the bot"),
        (lambda board: board.rest(Resting(Reason.BATTERY)), "🔋 The bot's computer"),
        (lambda board: board.downloading(Downloading(1, 2)), "⬇️ The model"),
    ],
)
async def test_news_that_comes_while_the_message_is_sent_is_told(
    tmp_path: Path, news: News, told: str
) -> None:
    """Also when it is being looked who waits, just as the message arrives."""
    put_database(tmp_path)
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    try:
        await _announce_amid(news, told, database, records_of(database, tmp_path))
    finally:
        database.close()


async def test_an_album_that_ends_while_its_group_moves_is_not_announced(tmp_path: Path) -> None:
    """The others that wait there are; the move is heard to its end."""
    put_database(tmp_path)
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    records = records_of(database, tmp_path)
    jobs: list[JobRecord] = []

    def end_the_second(request: ApiRequest) -> None:
        if jobs and request.method == "sendMessage":
            board.drop(jobs[1].id)

    try:
        async with Playground(port=0, on_request=end_the_second) as playground:
            await playground.send_text(ANN, ANN, "/start")
            async with Bot(playground.token, f"{playground.url}/bot") as bot:
                board = StatusBoard(bot, records.jobs, records.waits, Texts())
                both = [await _ordered(records) for _ in range(2)]
                for job in both:
                    await board.announce(job)
                jobs += both
                await board.follow(ANN)
                await board.stop()
            assert len(playground.world.messages(ANN)) == 4
    finally:
        database.close()


async def _ordered(records: Records) -> JobRecord:
    """Have Ann order an album, in no message of hers."""
    await records.register(ANN)
    order = AlbumOrder("a knight", FAST, seed=7)
    ticket = Ticket(ANN, chat_id=ANN, thread_id=None, message_id=0, language="en")
    return await records.admission.enqueue(order, ticket, owner=False)


async def _announce_amid(news: News, told: str, database: Database, records: Records) -> None:
    job = await _ordered(records)
    telling: list[asyncio.Future[None]] = []

    def tell(request: ApiRequest) -> None:
        """Bring the news when the message has been sent, and the bot doesn't know it yet."""
        if request.method == "sendMessage" and not telling:
            telling.append(asyncio.ensure_future(news(board)))

    def says(playground: Playground) -> bool:
        (message,) = playground.world.messages(ANN)[1:]
        return told in words_of(message)

    async with Playground(port=0, on_request=tell) as playground:
        await playground.send_text(ANN, ANN, "/start")
        async with Bot(playground.token, f"{playground.url}/bot") as bot:
            board = StatusBoard(bot, records.jobs, SlowWaits(database), Texts())
            await board.announce(job)
            await asyncio.gather(*telling)
            await playground.wait_for(partial(says, playground), PATIENCE_S)
            await board.stop()
