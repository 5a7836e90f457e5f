"""The proxy between the bot and the internet, as the usual variables name it.

HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, in capitals or not; where there are none, a Mac's
own settings. The local chat is reached without any of them.
"""

import os
import re
import ssl
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from generation.errors import Refusal

SCHEMES = ("http", "https", "all")
"""What a proxy may be for: the names of the variables begin so."""

HIGHEST_PORT = 65535


class ProxyUnusable(Refusal):
    """A variable that is needed names no proxy. Fields: name, value."""


def without_password(address: str) -> str:
    """Hide who logs in at an address, and how: a password may have any sign in it, also / and @."""
    return re.sub(r"^([a-z][a-z\d+.-]*://)?.*@", r"\1…@", address, flags=re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proxy:
    """The value of a variable, and its name."""

    name: str
    value: str

    @property
    def url(self) -> str:
        """Read the value as httpx does: without a scheme it is an HTTP proxy."""
        return self.value if "://" in self.value else f"http://{self.value}"

    @property
    def shown(self) -> str:
        """Give the value without a password."""
        return without_password(self.value)

    @property
    def usable(self) -> bool:
        with suppress(ValueError, httpx.InvalidURL):
            url = httpx.Proxy(self.url).url
            whole = url.host and not re.search(r"[\s%]", url.host) and url.path in ("", "/")
            return bool(whole) and (url.port is None or 0 < url.port <= HIGHEST_PORT)
        return False


def way_to(address: str) -> Proxy | None:
    """Give the proxy through which the address is reached; None: directly."""
    url = urlsplit(address)
    if urllib.request.proxy_bypass(url.netloc.rpartition("@")[2]):
        return None
    known = _known()
    return known.get(url.scheme) or known.get("all")


def unusable() -> list[Proxy]:
    """List the variables that name no proxy; or NO_PROXY, if it is what can't be read.

    One of them is enough: the hub's client takes all of them, or fails.
    """
    if wrong := [proxy for proxy in _known().values() if not proxy.usable]:
        return wrong
    try:
        httpx.Client(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)).close()
    except (ValueError, httpx.InvalidURL):
        return [Proxy(name := _variable("no"), os.environ.get(name, ""))]
    return []


def check() -> None:
    """Raise ProxyUnusable where a variable is."""
    for proxy in unusable():
        raise ProxyUnusable(name=proxy.name, value=proxy.shown)


def _known() -> dict[str, Proxy]:
    values = urllib.request.getproxies()
    if "*" in values.get("no", "").replace(" ", "").split(","):
        return {}
    return {
        scheme: Proxy(_variable(scheme), values[scheme]) for scheme in SCHEMES if values.get(scheme)
    }


def _variable(scheme: str) -> str:
    """Name the variable as it is spelt; small letters win, as in Python's own library."""
    name = f"{scheme}_proxy"
    spellings = (name, *(other for other in os.environ if other.lower() == name))
    return next((spelling for spelling in spellings if os.environ.get(spelling)), name.upper())
