"""The whole bot in this process, against the playground; referees judge its requests."""

import asyncio
import contextlib
import io
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import matplotlib as mpl
import skimage.data
from PIL import Image
from pydantic import SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource
from sqlalchemy import Pool, event

from commands.run import run
from config import Settings
from db import Characters, Consents, Database
from generation.faces.face import Face
from generation.faces.finder import FaceFinder
from generation.work.machine import Machine
from handlers.texts import Texts
from playground import Playground
from tests.support.consenting import consent
from tests.support.records import put_database
from tests.support.referees import Referees
from tests.support.scripted_generator import ScriptedGenerator
from tests.support.scripted_machine import ScriptedMachine

Json = dict[str, Any]
T = TypeVar("T")
PATIENCE_S = 120
"""Seconds after which a promise counts as broken, however slow the machine."""
ANN, VERA = 101, 102
"""The playground's two people: Ann speaks English, Вера Russian."""


class RunningBot:
    """What people write to the bot, and what they get to see."""

    def __init__(
        self,
        playground: Playground,
        generator: ScriptedGenerator,
        data: Path,
        *running: "asyncio.Task[None]",
        database: str = "",
    ) -> None:
        """`running`: the bot's own task, where it runs in this process; `database`: its URL."""
        self._database = database or f"sqlite:///{data / 'bot.db'}"
        self._running = running
        self.playground = playground
        self.generator = generator
        self.data = data
        self.seen: dict[int, int] = {}
        self._asked: set[int] = set()
        self.consenting = True
        """Whoever sends a photo has said that it may be used."""

    @property
    def group(self) -> int:
        return next(int(c) for c in self.playground.world.chats.conversations if int(c) < 0)

    async def say(
        self, text: str, person: int = ANN, chat: int | None = None, **place: int
    ) -> Json:
        """Write a message; what was in the chat before counts as seen."""
        return await self._after_seen(
            chat or person, lambda c: self.playground.send_text(person, c, text, **place)
        )

    async def consents(self, person: int = ANN) -> None:
        """Have the person said, as if long ago, that their photos may be used."""
        await self.until(lambda: self.playground.world.introduced, "the bot")  # it made the tables
        database = Database(self._database)
        await Consents(database).give(person)
        database.close()

    async def photo(self, data: bytes, person: int = ANN, caption: str | None = None) -> Json:
        return await self._picture(
            person, lambda c: self.playground.send_photo(person, c, data, caption)
        )

    async def document(self, data: bytes, name: str = "photo.jpg", person: int = ANN) -> Json:
        return await self._picture(
            person, lambda c: self.playground.send_document(person, c, name, data)
        )

    async def _picture(self, person: int, send: Callable[[int], Any]) -> Json:
        """Send a picture. Its person consents before, or when a process asks for that."""
        if not self.consenting:
            return await self._after_seen(person, send)
        if self._running:
            await self.consents(person)
            return await self._after_seen(person, send)
        message = await self._after_seen(person, send)
        if person not in self._asked:
            self._asked.add(person)
            await consent(self.playground, person)
        return message

    async def press(self, message: Json, start: str, person: int = ANN) -> str:
        """Press the first button whose data starts so, once the message has it."""
        chat, message_id = message["chat"]["id"], message["message_id"]

        def button() -> str:
            shown = self.playground.world.message(chat, message_id) or {}
            return next((data for data in buttons(shown) if data.startswith(start)), "")

        data = await self.until(button, f"a button {start}")
        self.seen[chat] = newest(self.playground, chat)
        return await self.playground.press(person, chat, message_id, data)

    async def answer(self, part: str = "", chat: int = ANN) -> Json:
        """Wait for the bot's next message that has `part` in it, edits included."""

        def found() -> Json:
            for message in self.playground.world.messages(chat):
                mine = message["from"]["is_bot"]
                fresh = message["message_id"] > self.seen.get(chat, 0)
                if mine and fresh and part in words_of(message):
                    return message
            return {}

        return await self.until(found, f"{part!r} in chat {chat}")

    async def album(self, count: int = 6, chat: int = ANN) -> list[Json]:
        """Wait for the next album."""

        def found() -> list[Json]:
            seen = self.seen.get(chat, 0)
            messages = [m for m in self.albums(chat) if m["message_id"] > seen]
            return messages if len(messages) == count else []

        return await self.until(found, f"an album in chat {chat}")

    async def until(self, predicate: Callable[[], T], what: str = "it") -> T:
        waiting = asyncio.ensure_future(self.playground.wait_for(predicate, PATIENCE_S))
        await asyncio.wait({waiting, *self._running}, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():  # the bot has ended: nobody will answer
            waiting.cancel()
            await asyncio.gather(*self._running)
        try:
            return await waiting
        except TimeoutError as error:
            world = self.playground.world
            said = {
                c: list(map(words_of, world.messages(int(c)))) for c in world.chats.conversations
            }
            raise AssertionError(f"waited for {what}; what was said: {said}") from error

    async def register(self, person: int = ANN) -> Json:
        """Have the person send the astronaut's photo; give the editor of their traits."""
        await self.photo(astronaut(), person, caption="/register")
        await self.answer("🧬", person)
        await self.say("/traits", person)
        return await self.answer("🧬", person)

    async def give_face(self, person: int = ANN, *faces: Face) -> None:
        """Give the person these faces, or the astronaut's, as if they had registered."""
        database = Database(self._database)
        characters = Characters(database)
        name = self.playground.world.chats.person(person)["first_name"]
        await characters.add_new(person, faces or [astronaut_as_found()], name)
        await Consents(database).give(person)
        database.close()

    async def allow(self, person: int) -> None:
        """Have Ann let the person in."""
        await self.say(f"/allow {person}")
        await self.answer("✅")

    async def open_group(self) -> None:
        """Have Ann let everybody in the group use the bot."""
        await self.say("/allow", chat=self.group)
        await self.answer("Everybody in this group", self.group)

    def albums(self, chat: int = ANN) -> list[Json]:
        """List the pictures of all albums in a chat."""
        return [m for m in self.playground.world.messages(chat) if m.get("media_group_id")]

    async def _after_seen(self, chat: int, send: Callable[[int], Any]) -> Json:
        message: Json = await send(chat)
        self.seen[chat] = message["message_id"]
        return message


class OwnSettings(Settings):
    """What a test says, and nothing of the environment: to look for it there takes a while."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


@contextlib.asynccontextmanager
async def running_bot(
    data: Path,
    *,
    playground: Playground | None = None,
    generator: ScriptedGenerator | None = None,
    first_start: bool = False,
    known: bool = False,
    machine: Machine | None = None,
    **settings: object,
) -> AsyncIterator[RunningBot]:
    """Run the bot with Ann as its owner; at the end no referee may have refused.

    `first_start`: it finds no database and has to make one; `known`: it finds one with Ann's face.
    Without a `machine` of the test it runs on one that nobody else needs.
    """
    referees = Referees()
    if known:
        (data / "bot.db").write_bytes(await _database_with_ann())
    elif not first_start:
        put_database(data)
    async with contextlib.AsyncExitStack() as stack:
        if playground is None:
            playground = await stack.enter_async_context(Playground(port=0, on_request=referees))
        generator = generator or ScriptedGenerator()
        generator.begin()
        usual = {"owner_id": ANN, "data_dir": data, "model": "pocket", "style_pictures": False}
        usual["check_pictures"] = False  # it takes time, and few tests are about it
        chosen = usual | settings
        values = OwnSettings(
            telegram_bot_token=SecretStr(playground.token),
            telegram_api_url=playground.url,
            **chosen,  # type: ignore[arg-type]
        )
        stack.enter_context(_woken_by_the_database(playground))
        stop = asyncio.Event()
        running = asyncio.create_task(
            run(values, Texts().say("en"), stop, [generator], machine or ScriptedMachine())
        )
        try:
            url = str(settings.get("database_url", ""))
            yield RunningBot(playground, generator, data, running, database=url)
        finally:
            generator.end()
            stop.set()
            await running
    assert not referees.refusals, referees.refusals


_with_ann: list[bytes] = []


async def _database_with_ann() -> bytes:
    """Write Ann's face down once for all tests, as `give_face` does."""
    if not _with_ann:
        with tempfile.TemporaryDirectory() as folder:
            file = put_database(Path(folder))
            database = Database(f"sqlite:///{file}")
            await Characters(database).add_new(ANN, [astronaut_as_found()], "Ann")
            await Consents(database).give(ANN)
            database.close()
            _with_ann.append(file.read_bytes())
    return _with_ann[0]


@contextlib.contextmanager
def _woken_by_the_database(playground: Playground) -> Iterator[None]:
    """Let a test that waits look again whenever a connection to the database is given back."""
    loop = asyncio.get_running_loop()
    asked = threading.Event()

    def look() -> None:
        asked.clear()  # before the look: what is given back from now on asks for another one
        playground.world.feed.wake()

    def wake(*_: object) -> None:
        if not asked.is_set():
            asked.set()
            loop.call_soon_threadsafe(look)

    event.listen(Pool, "checkin", wake)
    try:
        yield
    finally:
        event.remove(Pool, "checkin", wake)


@cache
def astronaut() -> bytes:
    return jpeg(Image.fromarray(skimage.data.astronaut()))


SHAPES = [(0.4, 1, 1), (-0.4, 1, 1), (0, 1.3, 1), (0, 1, 1.3), (-0.35, 1.3, 1)]
"""The slant, the width and the height of each."""


@cache
def astronaut_again(number: int) -> bytes:
    """Give another photo of the astronaut, of five: it is one photo, held at a slant or stretched.

    SFace sees her in each, and another photo.
    """
    picture = Image.fromarray(skimage.data.astronaut())
    slant, wide, tall = SHAPES[number]
    shift = (1, slant, -slant * 120, 0, 1, 0)
    picture = picture.transform(picture.size, Image.Transform.AFFINE, shift)
    return jpeg(picture.resize((round(512 * wide), round(512 * tall))))


@cache
def astronaut_as_found() -> Face:
    return FaceFinder().find(astronaut())[0]


def astronauts_face() -> bytes:
    return astronaut_as_found().image


@cache
def grace_hopper() -> bytes:
    return (Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg").read_bytes()


@cache
def two_faces() -> bytes:
    left = Image.fromarray(skimage.data.astronaut())
    right = Image.open(io.BytesIO(grace_hopper())).convert("RGB").resize((435, 512))
    both = Image.new("RGB", (left.width + right.width, 512))
    both.paste(left, (0, 0))
    both.paste(right, (left.width, 0))
    return jpeg(both)


def jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=95)
    return file.getvalue()


def words_of(message: Json) -> str:
    return str(message.get("text") or message.get("caption") or "")


def buttons(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button.get("callback_data") or button["url"] for row in rows for button in row]


def newest(playground: Playground, chat: int) -> int:
    return max((m["message_id"] for m in playground.world.messages(chat)), default=0)
