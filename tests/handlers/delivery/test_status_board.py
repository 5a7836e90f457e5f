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
    """Its first answer comes only once `go` is set; later ones come at once."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.go = asyncio.Event()
        self._asked = False

    async def waiting(self) -> list[tuple[JobRecord, Position]]:
        line, first = await super().waiting(), not self._asked
        self._asked = True
        if first:
            async with asyncio.timeout(PATIENCE_S):
                await self.go.wait()
        return line


class Scripted(WaitEstimates):
    """Says first, but late, what was true before, and then what is."""

    def __init__(self, database: Database, job: JobRecord) -> None:
        super().__init__(database)
        self.go = asyncio.Event()
        self._job = job
        self._asked = 0

    async def waiting(self) -> list[tuple[JobRecord, Position]]:
        self._asked += 1
        if self._asked > 1:
            return [(self._job, Position(0, None))]
        await self.go.wait()
        return [(self._job, Position(1, None))]


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


async def test_an_old_look_is_not_told_after_a_newer_one(tmp_path: Path) -> None:
    """Who was told that they are next is not put back behind an album that is gone."""
    put_database(tmp_path)
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    records = records_of(database, tmp_path)
    try:
        async with Playground(port=0) as playground:
            await playground.send_text(ANN, ANN, "/start")
            async with Bot(playground.token, f"{playground.url}/bot") as bot:
                job = await _ordered(records)
                waits = Scripted(database, job)
                board = StatusBoard(bot, records.jobs, waits, Texts())
                await board.of(job)
                looks = [asyncio.ensure_future(board.move_up()) for _ in range(2)]
                for _ in range(10):
                    await asyncio.sleep(0)  # as far as they come
                waits.go.set()
                await asyncio.gather(*looks)
                await (await board.of(job)).attach(await _message_of(bot))
                await playground.wait_for(
                    lambda: "You are next" in words_of(playground.world.messages(ANN)[-1]),
                    PATIENCE_S,
                )
                await board.stop()
    finally:
        database.close()


async def _message_of(bot: Bot) -> int:
    return (await bot.send_message(ANN, "⏳")).message_id


async def _is_announced(records: Records, job: JobRecord) -> bool:
    now = await records.jobs.get(job.id)
    return now is not None and now.status_message_id is not None


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
            waits = SlowWaits(database)
            board = StatusBoard(bot, records.jobs, waits, Texts())
            announcing = asyncio.ensure_future(board.announce(job))
            async with asyncio.timeout(PATIENCE_S):
                while not await _is_announced(records, job):
                    pass
            waits.go.set()
            await asyncio.gather(announcing, *telling)
            await playground.wait_for(partial(says, playground), PATIENCE_S)
            await board.stop()
