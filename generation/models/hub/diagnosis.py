"""What an error of the network or of the hub means, as a refusal that names the cause."""

import contextlib
import math
import socket
import ssl
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generation import proxies
from generation.errors import Refusal
from generation.models.hub.client import client
from generation.models.hub.refusals import (
    AddressUnknown,
    HubBreaksOff,
    HubBroken,
    HubBusy,
    HubLacks,
    HubOffline,
    HubRefuses,
    HubUntrusted,
    NotTheHub,
    ProxyFails,
    TokenStale,
)
from generation.models.sources import HubUnreachable, ModelGated, ModelUnknown

if TYPE_CHECKING:
    from httpx2 import Response
    from huggingface_hub.errors import HfHubHTTPError

UNAUTHORIZED, NOT_FOUND, PROXY_WANTS_LOGIN, TIMEOUT, GONE, TOO_EARLY, TOO_MANY = (
    *(401, 404, 407, 408, 410, 425, 429),
)
SERVER_ERROR = 500
"""The first of the codes with which a server says that the trouble is its own."""


@contextlib.contextmanager
def diagnosed(model: str, wanted: str) -> Iterator[None]:
    """Raise what goes wrong with a request as a refusal. `wanted` is what was asked for."""
    try:
        yield
    except Refusal:
        raise
    except Exception as error:
        if refusal := diagnose(model, wanted, error):
            raise refusal from error
        raise


def diagnose(model: str, wanted: str, error: Exception) -> Refusal | None:  # noqa: PLR0911 - a table
    """Name the cause; None if it is neither the network's nor the hub's."""
    import httpx2  # noqa: PLC0415 - it comes with the hub's client

    errors = client().errors
    match error:
        case errors.OfflineModeIsEnabled():
            return HubOffline(model=model)
        case errors.HFValidationError():
            return ModelUnknown(model=model)
        case errors.HfHubHTTPError():
            return _of_answer(model, wanted, error)
        case httpx2.ConnectError() | httpx2.ConnectTimeout() | httpx2.ProxyError():
            return _of_no_connection(model, error)
        case httpx2.TimeoutException() | httpx2.NetworkError() | httpx2.RemoteProtocolError():
            return HubBreaksOff(model=model, host=_host(error))
        case httpx2.HTTPError() | httpx2.InvalidURL():
            return NotTheHub(model=model, host=_host(error))
        case _:
            return None


def is_page(answer: "Response") -> bool:
    """Say whether a page for people came instead of a file."""
    return str(answer.headers.get("content-type", "")).startswith("text/html")


def _of_answer(model: str, wanted: str, error: "HfHubHTTPError") -> Refusal:
    answer = error.response
    code, host = answer.status_code, str(answer.url.host)
    led_on = answer.url.netloc != type(answer.url)(client().constants.ENDPOINT).netloc
    refusal: Refusal
    if code == UNAUTHORIZED and "authorization" in answer.request.headers:
        refusal = TokenStale(model=model)
    elif isinstance(error, client().errors.GatedRepoError):
        refusal = ModelGated(model=model)
    elif code == PROXY_WANTS_LOGIN:
        refusal = _of_proxy(model, str(answer.url), f"{code} {answer.reason_phrase}")
    elif code == TOO_MANY:
        refusal = HubBusy(model=model, host=host, minutes=math.ceil(seconds_asked(answer) / 60))
    # An address that the hub leads to holds for a while only: the hub gives a new one.
    elif code >= SERVER_ERROR or code in (TIMEOUT, TOO_EARLY) or led_on:
        refusal = HubBroken(model=model, host=host, status=str(code))
    elif code not in (UNAUTHORIZED, NOT_FOUND, GONE):
        refusal = HubRefuses(model=model, host=host, status=str(code))
    # 401 to nobody: it is not to be known whether it is there. Who named a repository misspelt it;
    # who named a model of ours has a hub that lacks a part of it.
    elif wanted == model:
        refusal = ModelUnknown(model=model)
    else:
        refusal = HubLacks(model=model, host=host, file=wanted)
    if isinstance(refusal, HubUnreachable):
        refusal.asked_s = seconds_asked(answer)
    return refusal


def _of_no_connection(model: str, error: Exception) -> Refusal:
    causes, url, host = list(_chain(error)), _url(error), _host(error)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return HubUntrusted(model=model, host=host, reason=cause.verify_message)
    if proxies.way_to(url):
        return _of_proxy(model, url, str(error) or type(error).__name__)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return AddressUnknown(model=model, host=host)
    return HubUnreachable(model=model, host=host)


def _of_proxy(model: str, url: str, reason: str) -> Refusal:
    host, proxy = urlsplit(url).hostname or url, proxies.way_to(url)
    if proxy is None:
        return HubUnreachable(model=model, host=host)
    return ProxyFails(model=model, host=host, name=proxy.name, proxy=proxy.shown, reason=reason)


def seconds_asked(answer: "Response") -> int:
    """Read how long the hub asks to wait: `Retry-After`, or its own headers of rate limits.

    A date is compared with the hub's own clock: the one of this computer may be wrong.
    """
    said = answer.headers.get("retry-after", "").strip()
    if said.isdigit():
        return int(said)
    with contextlib.suppress(ValueError, KeyError):
        date, now = (parsedate_to_datetime(text) for text in (said, answer.headers["date"]))
        return max(0, math.ceil((date - now).total_seconds()))
    limit = client().utils.parse_ratelimit_headers(answer.headers)
    return limit.reset_in_seconds if limit and not limit.remaining else 0


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__ or error.__context__


def _url(error: Exception) -> str:
    try:
        return str(error.request.url)  # type: ignore[attr-defined]
    except (AttributeError, RuntimeError):  # how the library says that it doesn't know
        return str(client().constants.ENDPOINT)


def _host(error: Exception) -> str:
    """Name who was asked; where HF_ENDPOINT is no address, what it says."""
    return urlsplit(_url(error)).hostname or str(client().constants.ENDPOINT)
