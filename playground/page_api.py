"""What the chat page asks for: the state, the stream of events, sending and pressing."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from playground.errors import NotSent
from playground.people import Origin, People
from playground.request import Json, UploadedFile
from playground.world import World

STATIC = Path(__file__).parent / "static"
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
            web.static("/static", STATIC),
            web.get("/app/state", self.state),
            web.get("/app/events", self.events),
            web.get("/app/file/{file_id}", self.file),
            web.post("/app/send", _answered(self.send)),
            web.post("/app/press", _answered(self.press)),
        ]

    async def page(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(STATIC / "page.html")

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
            raise web.HTTPNotFound
        shown = record["mime_type"] in SHOWN and "download" not in request.query
        disposition = "inline" if shown else "attachment"
        return web.Response(
            body=self.world.files.read(record),
            content_type=record["mime_type"] if shown else "application/octet-stream",
            headers={
                "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(record['name'])}",
                "Cache-Control": "private, max-age=31536000, immutable",
            },
        )

    async def send(self, request: web.Request) -> Json:
        form = await request.post()
        person, chat = _number(form.get("person")), _number(form.get("chat"))
        reply_to = _number(form["reply_to"]) if form.get("reply_to") else None
        origin = Origin(person, chat, reply_to)
        words = str(form.get("text", ""))
        files = [
            UploadedFile(Path(field.filename).name, field.file.read())
            for field in form.getall("file", [])
            if isinstance(field, web.FileField)
        ]
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
        try:
            body = await request.json()
            person, chat = _number(body["person"]), _number(body["chat"])
            message_id, data = _number(body["message_id"]), str(body["data"])
        except (ValueError, TypeError, KeyError):
            raise NotSent("The request can't be read.") from None
        return {
            "callback_query_id": await self.people.press(Origin(person, chat), message_id, data)
        }


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


def _number(value: object) -> int:
    try:
        if isinstance(value, (str, int)):
            return int(value)
    except ValueError:
        pass
    raise NotSent("The request can't be read.")


def _answered(handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Add `ok` to the handler's answer. The header shows that no form of another site sent it."""

    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("X-Playground") != "1":
            raise web.HTTPForbidden(text="The header X-Playground is missing.")
        try:
            return web.json_response({"ok": True} | await handler(request))
        except web.HTTPRequestEntityTooLarge:
            error = "The file is larger than 50 MB."
        except NotSent as refusal:
            error = str(refusal)
        return web.json_response({"ok": False, "error": error}, status=HTTPStatus.BAD_REQUEST)

    return answer
