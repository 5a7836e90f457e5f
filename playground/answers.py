"""Whatever a request is, its answer has the Bot API's shape: ok, error_code, description."""

import asyncio
import errno
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web
from aiohttp.http import HttpProcessingError
from aiohttp.http_exceptions import LineTooLong

from playground.errors import ApiError, NotSaved, NotSent
from playground.request import Json

logger = logging.getLogger(__name__)
Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
LINE_LIMIT = 64 * 1024  # bytes of a request's first line: a long text by GET is percent-encoded
NOT_THERE = {
    errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP,
}  # fmt: skip
FULL = {errno.ENOSPC, errno.EDQUOT}


def as_response(answer: Json) -> web.Response:
    return web.json_response(answer, status=answer.get("error_code", HTTPStatus.OK))


def _refusal(error: Exception) -> ApiError:
    match error:
        case ApiError():
            refusal = error
        case NotSent():
            refusal = error.refusal
        case web.HTTPException():
            refusal = _status(error.status, error.text)
        case HttpProcessingError():
            refusal = _no_http(error)
        case OSError() if error.errno in NOT_THERE:
            refusal = _status(HTTPStatus.NOT_FOUND)
        case OSError() if error.errno in FULL:
            refusal = NotSaved(error)
        case _:
            logger.error("A request failed", exc_info=error)
            refusal = _status(HTTPStatus.INTERNAL_SERVER_ERROR)
    return refusal


def _no_http(error: HttpProcessingError) -> ApiError:
    if not isinstance(error, LineTooLong):
        return _status(HTTPStatus.BAD_REQUEST, "the request is no HTTP")
    line = error.args[0]
    if line.startswith("/" if isinstance(line, str) else b"/"):
        return _status(HTTPStatus.REQUEST_URI_TOO_LONG)
    return _status(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)


def _status(code: int, text: str | None = None) -> ApiError:
    status = HTTPStatus(code)
    plain = text is None or text.startswith(str(code))  # as aiohttp words a status
    return ApiError(status, status.phrase if plain else f"{status.phrase}: {text}")


def _answered(handler: Handler) -> Handler:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status < HTTPStatus.BAD_REQUEST:
                raise
            response = as_response(_refusal(error).as_json())
            if "Allow" in error.headers:
                response.headers["Allow"] = error.headers["Allow"]
            return response
        except Exception as error:  # noqa: BLE001 - it is told or logged
            return as_response(_refusal(error).as_json())

    return answer


class _Connection(web.RequestHandler):
    """Answers what is no HTTP at all, of which no route ever hears."""

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,  # noqa: ARG002 - aiohttp's signature
        status: int = 500,  # noqa: ARG002 - the same
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        error = exc if isinstance(exc, Exception) else web.HTTPBadRequest(text=message)
        response = as_response(_refusal(error).as_json())
        response.force_close()
        return response


class _Server(web.Server):
    def __call__(self) -> web.RequestHandler:
        loop = asyncio.get_running_loop()
        # No access log: the paths carry the token.
        return _Connection(
            self,
            loop=loop,
            access_log=None,  # type: ignore[arg-type]  # so aiohttp switches it off
            max_line_size=LINE_LIMIT,
            auto_decompress=False,
        )


class Runner(web.AppRunner):
    """Serves an application whose every refusal is JSON."""

    async def _make_server(self) -> web.Server:
        plain = await super()._make_server()
        return _Server(
            _answered(plain.request_handler),
            request_factory=plain.request_factory,
            handler_cancellation=True,
        )
