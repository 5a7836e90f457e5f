"""What the chat page asks for: the state, the stream of events, sending and pressing."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from playground import body
from playground.answers import as_response
from playground.errors import ApiError, NotFound, NotSaved, NotSent, StoreGone, TooLarge, TooLong
from playground.people import LONGEST, Origin, People
from playground.request import Json, UploadedFile
from playground.world import World

STATIC = Path(__file__).parent / "static"
STATIC_FILES = {path.relative_to(STATIC).as_posix(): path for path in STATIC.rglob("*.*")}
SAMPLES = STATIC / "samples"
KEEP_ALIVE = 15.0  # s between comments in a silent stream
SHOWN = {"image/jpeg", "image/png", "image/webp", "image/gif"}  # other files only download
Handler = Callable[[web.Request], Awaitable[Json]]


@dataclass(frozen=True)
class PageApi:
    world: World
    people: People

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get("/", self.page),
            web.get("/static/{path:.+}", self.static),
            web.get("/app/state", self.state),
            web.get("/app/events", self.events),
            web.get("/app/file/{file_id}", self.file),
            web.post("/app/send", _answered(self.send)),
            web.post("/app/press", _answered(self.press)),
        ]

    async def page(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(STATIC / "page.html")

    async def static(self, request: web.Request) -> web.FileResponse:
        file = STATIC_FILES.get(request.match_info["path"])
        if file is None:
            raise NotFound
        return web.FileResponse(file)

    async def state(self, _: web.Request) -> web.Response:
        world = self.world
        return web.json_response(
            {
                "bot": world.bot if world.introduced else None,
                "online": world.presence.online,
                "people": list(world.chats.people.values()),
                "chats": [self._chat(conversation) for conversation in world.chats.current()],
                "reactions": world.post.reactions(),
                "samples": await asyncio.to_thread(samples),
            }
        )

    def _chat(self, conversation: Json) -> Json:
        chat_id = conversation["chat"]["id"]
        members = [int(person) for person in conversation["members"]]
        return {
            "chat": conversation["chat"],
            "members": members,
            "messages": self.world.messages(chat_id),
            "commands": {str(one): self.world.shown_commands(chat_id, one) for one in members},
            "topics": [
                {"message_thread_id": int(thread), "name": name}
                for thread, name in conversation["topics"].items()
            ],
        }

    async def events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        page_closed = contextlib.suppress(ConnectionResetError)
        with self.world.feed.listen() as queue, page_closed:
            await response.prepare(request)
            while True:
                try:
                    async with asyncio.timeout(KEEP_ALIVE):
                        event = await queue.get()
                except TimeoutError:
                    await response.write(b": here\n\n")
                    continue
                if event is None:
                    return response
                name, data = event
                await response.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())
        return response

    async def file(self, request: web.Request) -> web.Response:
        record = self.world.files.record(request.match_info["file_id"])
        if record is None:
            raise NotFound
        shown = record["mime_type"] in SHOWN and "download" not in request.query
        disposition = "inline" if shown else "attachment"
        name = quote(record["name"], errors="replace")
        return web.Response(
            body=self.world.files.read(record),
            content_type=record["mime_type"] if shown else "application/octet-stream",
            headers={
                "Content-Disposition": f"{disposition}; filename*=UTF-8''{name}",
                "Cache-Control": "private, max-age=31536000, immutable",
            },
        )

    async def send(self, request: web.Request) -> Json:
        fields = await body.read(request)
        if isinstance(fields, dict):
            raise _unreadable()
        form = {name: value for name, value in fields if isinstance(value, str)}
        files = [value for name, value in fields if isinstance(value, UploadedFile)]
        reply_to = _number(form["reply_to"]) if form.get("reply_to") else None
        origin = Origin(_number(form.get("person")), _number(form.get("chat")), reply_to)
        words = form.get("text", "")
        people = self.people
        if not files:
            messages = await people.send_text(origin, words)
        elif form.get("as") == "document":
            messages = await people.send_documents(origin, files, words)
        else:
            photos = [file.data for file in files]
            messages = await people.send_photos(origin, photos, words)
        return {"message_ids": [message["message_id"] for message in messages]}

    async def press(self, request: web.Request) -> Json:
        fields = await body.read(request)
        if not isinstance(fields, dict) or not isinstance(data := fields.get("data"), str):
            raise _unreadable()
        origin = Origin(_number(fields.get("person")), _number(fields.get("chat")))
        query_id = await self.people.press(origin, _number(fields.get("message_id")), data)
        return {"callback_query_id": query_id}


def samples() -> list[Json]:
    """List the sample pictures, with their titles if samples.json has them."""
    listing = SAMPLES / "samples.json"
    known = json.loads(listing.read_text("utf-8")) if listing.exists() else []
    titles = {sample["name"]: sample["title"] for sample in known}
    return [
        {
            "name": path.name,
            "url": f"/static/samples/{path.name}",
            "title": titles.get(path.name, path.stem),
        }
        for path in sorted(SAMPLES.glob("*.jpg"))
    ]


def _unreadable() -> NotSent:
    return NotSent("The request can't be read.")


def _number(value: object) -> int:
    try:
        if isinstance(value, (str, int)):
            return int(value)
    except ValueError:
        pass
    raise _unreadable()


def _answered(handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Add `ok` to the handler's answer, and sentences to refusals.

    The header shows that no form of another site sent it.
    """

    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("X-Playground") != "1":
            raise web.HTTPForbidden(text="the header X-Playground is missing")
        try:
            return as_response({"ok": True} | await handler(request))
        except TooLong as error:
            sentence = f"The text is too long: up to {LONGEST} characters can be sent."
            raise NotSent(sentence, error.code) from error
        except TooLarge as error:
            raise NotSent("The file is larger than 50 MB.", error.code) from error
        except StoreGone as error:
            raise NotSent("This chat's data is gone from the disk.", error.code) from error
        except NotSaved as error:
            raise NotSent("The disk is full, or can't be written.", error.code) from error
        except ApiError as error:
            raise NotSent("The request can't be read.", error.code) from error

    return answer
