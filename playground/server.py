"""The playground: Telegram on your own desk."""

import secrets
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from playground.answers import Runner
from playground.bot_api import BotApi
from playground.faults import Faults
from playground.page_api import PageApi
from playground.people import Origin, People
from playground.request import ApiRequest, Json, UploadedFile
from playground.world import World

T = TypeVar("T")
HOST = "127.0.0.1"
BOT_ID = 7_000_000_001
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:;"
    " style-src 'self' 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _now() -> int:
    return int(time.time())


class Playground:
    """A Bot API server with a chat page, on 127.0.0.1 only.

    `store` is a folder in which everything survives a restart, kill -9 included; without it all
    is in memory only. `on_request` sees every request of the bot once its answer is known.
    Raises StoreDamaged where what is in the store can't be read.
    """

    def __init__(
        self,
        *,
        port: int = 8080,
        store: Path | None = None,
        token: str | None = None,
        name: str = "Portrait bot",
        username: str = "portrait_desk_bot",
        now: Callable[[], int] = _now,
        on_request: Callable[[ApiRequest], None] | None = None,
    ) -> None:
        if store:
            store.mkdir(parents=True, exist_ok=True)
        bot: Json = {"id": BOT_ID, "is_bot": True, "first_name": name, "username": username}
        self.world = World(store, bot, now)
        self.token = token or self._saved_token()
        bot["id"] = int(self.token.partition(":")[0])
        self.faults = Faults()
        self.people = People(self.world)
        self._port = port
        self._page_api = PageApi(self.world, self.people)
        self._bot_api = BotApi(self.world, self.faults, self.token, on_request)
        self._runner: Runner | None = None

    @property
    def url(self) -> str:
        """http://127.0.0.1:PORT, once started."""
        return f"http://{HOST}:{self._port}"

    async def start(self) -> None:
        """Listen. OSError where the port is taken."""
        app = web.Application(middlewares=[_own_hosts])
        app.add_routes([*self._bot_api.routes(), *self._page_api.routes()])
        app.on_response_prepare.append(_protect)
        app.on_shutdown.append(self._end_streams)
        self._runner = Runner(app, shutdown_timeout=2)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
        self.world.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    async def wait_for(self, predicate: Callable[[], T | None], timeout: float = 30) -> T:  # noqa: ASYNC109 - it gets a message
        """Return the predicate's first truthy value, looked for anew at every change of state.

        TimeoutError after `timeout` s; it names the predicate.
        """
        return await self.world.feed.wait_for(predicate, timeout)

    async def send_text(
        self,
        person: int,
        chat: int,
        text: str,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Json:
        """Send a text; returns its message, or the first one if it needs several."""
        return (await self.people.send_text(Origin(person, chat, reply_to, thread), text))[0]

    async def send_photo(
        self,
        person: int,
        chat: int,
        photo: bytes,
        caption: str | None = None,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Json:
        origin = Origin(person, chat, reply_to, thread)
        return (await self.people.send_photos(origin, [photo], caption))[0]

    async def send_document(
        self,
        person: int,
        chat: int,
        name: str,
        data: bytes,
        caption: str | None = None,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Json:
        origin = Origin(person, chat, reply_to, thread)
        return (await self.people.send_documents(origin, [UploadedFile(name, data)], caption))[0]

    async def press(
        self, person: int, chat: int, message_id: int, data: str, *, forged: bool = False
    ) -> str:
        """Press a button; returns the callback query's id. `forged`: the button need not exist."""
        return await self.people.press(Origin(person, chat), message_id, data, forged=forged)

    def _saved_token(self) -> str:
        made_up = f"{BOT_ID}:AA{secrets.token_urlsafe(24)}"
        token: str = self.world.store.setting("token", made_up)
        self.world.store.save("token", token)
        self.world.store.commit()
        return token

    async def _end_streams(self, _: web.Application) -> None:
        self.world.webhook.close()
        self.world.updates.close()
        self.world.feed.close()


@web.middleware
async def _own_hosts(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse other names for this address: a site may have lured a browser here (DNS rebinding)."""
    port = request.transport.get_extra_info("sockname")[1] if request.transport else None
    if request.host not in {f"{HOST}:{port}", f"localhost:{port}"}:
        raise web.HTTPForbidden(text="This server answers to 127.0.0.1 and localhost only.")
    return await handler(request)


async def _protect(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-cache")
