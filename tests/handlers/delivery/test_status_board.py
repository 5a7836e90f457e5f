"""The messages of those who wait: whatever crosses on the way, the newest is what they read."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
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
OnRequest = Callable[[ApiRequest], None]


class SlowWaits(WaitEstimates):
    """Its first answer, of what it saw at once, comes only when `go` is set."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.go = asyncio.Event()
        self._asked = False

    async def waiting(self) -> list[tuple[JobRecord, Position]]:
        first, self._asked = not self._asked, True
        line = await super().waiting()
        if first:
            async with asyncio.timeout(PATIENCE_S):
                await self.go.wait()
        return line


class OldThenNew(WaitEstimates):
    """Says first that one album is ahead, when `go` is set, and at once afterwards that none is."""

    def __init__(self, database: Database, job: JobRecord) -> None:
        super().__init__(database)
        self.go = asyncio.Event()
        self._job = job
        self._ahead = 1

    async def waiting(self) -> list[tuple[JobRecord, Position]]:
        ahead, self._ahead = self._ahead, 0
        if ahead:
            await self.go.wait()
        return [(self._job, Position(ahead, None))]


class RestsMeanwhile(WaitEstimates):
    """Foretells a wait, and the computer begins a rest before that is read."""

    async def position(self, job_id: int) -> Position:
        self.resting = Resting(Reason.BATTERY)
        return Position(0, 5.0)


class Board(StatusBoard):
    """A board that lets its slow estimates go on at the second look."""

    def __init__(self, bot: Bot, records: Records, waits: SlowWaits) -> None:
        super().__init__(bot, records.jobs, waits, Texts())
        self._slow = waits
        self._looks = 0

    async def move_up(self) -> None:
        self._looks += 1
        if self._looks == 2:
            asyncio.get_running_loop().call_soon(self._slow.go.set)
        await super().move_up()


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    put_database(tmp_path)
    database = Database(f"sqlite:///{tmp_path / 'bot.db'}")
    yield records_of(database, tmp_path)
    database.close()


@contextlib.asynccontextmanager
async def chat(on_request: OnRequest | None = None) -> AsyncIterator[tuple[Playground, Bot]]:
    """Open a chat in which Ann has begun, and a bot."""
    async with Playground(port=0, on_request=on_request) as playground:
        await playground.send_text(ANN, ANN, "/start")
        async with Bot(playground.token, f"{playground.url}/bot") as bot:
            yield playground, bot


async def ordered(records: Records) -> JobRecord:
    """Have Ann order an album, in no message of hers."""
    await records.register(ANN)
    order = AlbumOrder("a knight", FAST, seed=7)
    ticket = Ticket(ANN, chat_id=ANN, thread_id=None, message_id=0, language="en")
    return await records.admission.enqueue(order, ticket, owner=False)


async def read(playground: Playground, words: str) -> None:
    """Wait until the newest message says this."""
    await playground.wait_for(
        lambda: words in words_of(playground.world.messages(ANN)[-1]), PATIENCE_S
    )


@pytest.mark.parametrize(
    ("news", "told"),
    [
        (lambda board: board.pause(paused=True), "⏸ The owner has paused the bot"),
        (lambda board: board.rest(Resting(Reason.BATTERY)), "🔋 The bot's computer"),
        (lambda board: board.downloading(Downloading(1, 2)), "⬇️ The model"),
    ],
)
async def test_news_that_comes_while_the_message_is_sent_is_told(
    records: Records, news: News, told: str
) -> None:
    """Also when it is being looked who waits, just as the message arrives."""
    telling: list[asyncio.Future[None]] = []

    def tell(request: ApiRequest) -> None:
        """Bring the news when the message has been sent, and the bot doesn't know it yet."""
        if request.method == "sendMessage" and not telling:
            telling.append(asyncio.ensure_future(news(board)))

    job = await ordered(records)
    async with chat(tell) as (playground, bot):
        board = Board(bot, records, SlowWaits(records.database))
        await board.announce(job)
        await asyncio.gather(*telling)
        await read(playground, told)
        await board.stop()


async def test_no_wait_is_foretold_beside_a_rest_that_has_just_begun(records: Records) -> None:
    """What was foretold a moment ago is true no more; nobody edits the seconds alone."""
    job = await ordered(records)
    async with chat() as (playground, bot):
        board = StatusBoard(bot, records.jobs, RestsMeanwhile(records.database), Texts())
        await board.announce(job)
        await read(playground, "🔋 The bot's computer")
        assert "about" not in words_of(playground.world.messages(ANN)[-1])
        await board.stop()


async def test_an_old_look_is_not_told_after_a_newer_one(records: Records) -> None:
    """Who was told that they are next is not put back behind an album that is gone."""
    job = await ordered(records)
    waits = OldThenNew(records.database, job)
    async with chat() as (playground, bot):
        board = StatusBoard(bot, records.jobs, waits, Texts())
        status = await board.of(job)
        looks = [asyncio.ensure_future(board.move_up()) for _ in range(2)]
        for _ in range(10):
            await asyncio.sleep(0)  # both go as far as they can, for nothing here waits for others
        waits.go.set()
        await asyncio.gather(*looks)
        await status.attach((await bot.send_message(ANN, "⏳")).message_id)
        await read(playground, "You are next")
        await board.stop()


async def test_an_album_that_ends_while_its_group_moves_is_not_announced(records: Records) -> None:
    """The others that wait there are; the move is heard to its end."""
    jobs: list[JobRecord] = []

    def end_the_second(request: ApiRequest) -> None:
        if jobs and request.method == "sendMessage":
            board.drop(jobs[1].id)

    async with chat(end_the_second) as (playground, bot):
        board = StatusBoard(bot, records.jobs, records.waits, Texts())
        both = [await ordered(records) for _ in range(2)]
        for job in both:
            await board.announce(job)
        jobs += both
        await board.follow(ANN)
        await board.stop()
        assert len(playground.world.messages(ANN)) == 4
