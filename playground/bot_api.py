"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

from aiohttp import web

from playground import parameters
from playground.answers import as_response
from playground.api import ANSWERS
from playground.errors import ApiError, BadRequest, BrokenOff, NotFound, Unauthorized
from playground.faults import (
    DOWNLOAD,
    BadGateway,
    DropAfter,
    DropBefore,
    Fault,
    Faults,
    Held,
    NamedByPath,
    RetryAfter,
)
from playground.methods import BY_LOWER_CASE, METHODS
from playground.request import ApiRequest, ApiResponse, Json
from playground.world import World

GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@dataclass
class BotApi:
    world: World
    faults: Faults
    token: str
    on_request: Callable[[ApiRequest], None] | None

    def __post_init__(self) -> None:
        self._running: set[asyncio.Task[web.Response]] = set()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.Response:
        name = BY_LOWER_CASE.get(request.match_info["method"].lower())
        if name == "getUpdates":
            return await self._call(request, name)  # a poll ends with its connection
        # As at Telegram, a request is carried out even if the bot hangs up meanwhile.
        task = asyncio.create_task(self._call(request, name))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def download(self, request: web.Request) -> web.Response:
        self._check_token(request)
        record = self.world.files.by_path(request.match_info["path"])
        if record is None:
            raise NotFound
        fault = self.faults.take(DOWNLOAD)
        if isinstance(fault, RetryAfter):
            raise fault.error()
        body = self.world.files.read(record)
        whole = web.Response(body=body, content_type="application/octet-stream")
        return _broken(request, fault) or whole

    def _check_token(self, request: web.Request) -> None:
        given = request.match_info["token"].encode(errors="replace")
        if not hmac.compare_digest(given, self.token.encode()):
            raise Unauthorized

    async def _call(self, request: web.Request, name: str | None) -> web.Response:
        raw: Json = {}
        params: Json = {}
        fault: Fault | None = None
        try:
            self._check_token(request)
            raw = params = await parameters.read(request)
            if name is None:
                raise NotFound
            params, wrong = parameters.decode(METHODS[name], raw)
            fault = self.faults.take(name, params.get("chat_id"))
            answer = await self._answer(name, params, wrong, fault)
            self.world.changed()
        except BrokenOff as error:
            return as_response(error.as_json())  # nobody has asked for anything, nobody hears it
        except ApiError as error:
            answer = error.as_json()
        method = name or request.match_info["method"]
        injected = fault is not None
        self._observe(ApiRequest(method, params, raw, _response(answer), injected=injected))
        return _broken(request, fault) or as_response(answer)

    async def _answer(
        self, name: str, params: Json, wrong: list[BadRequest], fault: Fault | None
    ) -> Json:
        match fault:
            case DropBefore():
                raise ApiError(HTTPStatus.SERVICE_UNAVAILABLE, "the connection was dropped")
            case BadGateway():
                raise ApiError(HTTPStatus.BAD_GATEWAY, "Bad Gateway")
            case Held():
                self.world.changed()
                await fault.until.wait()
            case NamedByPath():
                named = cast("Json", await ANSWERS[name](self.world, params))
                return {"ok": True, "result": named | {"file_path": fault.path}}
            case None | DropAfter():
                pass
            case _:
                raise fault.error()
        if wrong:
            raise wrong[0]
        return {"ok": True, "result": await ANSWERS[name](self.world, params)}

    def _observe(self, request: ApiRequest) -> None:
        self.world.feed.wake()
        if self.on_request:
            self.on_request(request)


def _broken(request: web.Request, fault: Fault | None) -> web.Response | None:
    """Close the connection, or give the page of something in front of Telegram."""
    if isinstance(fault, DropBefore | DropAfter) and request.transport:
        request.transport.abort()
    if isinstance(fault, BadGateway):
        status = HTTPStatus.BAD_GATEWAY
        return web.Response(status=status, text=GATEWAY_PAGE, content_type="text/html")
    return None


def _response(answer: Json) -> ApiResponse:
    return ApiResponse(
        cast("bool", answer["ok"]),
        answer.get("error_code"),
        answer.get("description"),
        answer.get("result"),
    )
