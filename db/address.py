"""DATABASE_URL: what it names, and what a way to another computer must have."""

import ipaddress
import os
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from db.refusals import DatabasePasswordUnread, DatabaseTlsWeak, DatabaseUrlWrong

POSTGRES = "postgresql+psycopg"

SPELT = {"postgres", "postgresql", POSTGRES}
"""How people write it: providers hand out the first."""

ENCRYPTED = ("require", "verify-ca", "verify-full")
"""The values of `sslmode` with which nothing is ever sent in the open."""

PROVEN = {"sslmode": ENCRYPTED[0], "channel_binding": "require"}
"""With these the server proves at each connection, through this very TLS, that it knows what proves
the password: nobody between the two can pretend to be it, whatever its certificate."""

WAITS = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
    "application_name": "portrait-bot",
}
"""For libpq: seconds, and milliseconds for the last wait, after which a server that does not answer
counts as gone. The system's own are hours."""

SERVERS_WAITS = (
    "-c lock_timeout=10s -c idle_in_transaction_session_timeout=8s"
    " -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)
"""For the server: how long one waits for a lock; after which time it ends the transaction of a
computer that fell asleep in the middle of one, so that nobody waits in vain (a model that is read
keeps all of Python waiting for some seconds, too); when a computer that is gone keeps no lock."""


def address_of(url: str) -> URL:
    """Read DATABASE_URL, and complete what it says of a server.

    Raises DatabaseUrlWrong, DatabasePasswordUnread, and DatabaseTlsWeak: off this computer faces
    and passwords go encrypted.
    """
    try:
        parsed = make_url(url)
    except (SQLAlchemyError, ValueError) as error:
        raise DatabaseUrlWrong(reason=type(error).__name__) from None
    if parsed.drivername not in SPELT:
        return parsed
    if "@" in (parsed.host or ""):
        raise DatabasePasswordUnread  # the password's rest would be shown as the host
    parsed = parsed.set(drivername=POSTGRES)
    known = {name: value for name, value in WAITS.items() if name not in parsed.query}
    options = " ".join((SERVERS_WAITS, *_all(parsed, "options")))
    return _encrypted(parsed.update_query_dict({**known, "options": options}))


OWN = ("user", "password", "passfile", "sslkey", "sslcert", "sslpassword")
"""What the query of an address may say of who connects."""


def is_servers(url: str) -> bool:
    """Say whether a server keeps the database. Raises what `address_of` raises."""
    return address_of(url).drivername == POSTGRES


def place_of(url: URL) -> str:
    """Name the database in words for its owner, without user and password."""
    if url.get_backend_name() != "postgresql":
        return str(url.database)
    return f"{', '.join(_hosts(url)) or 'localhost'}/{url.database or url.username or ''}"


def seen_from_elsewhere(url: str, host: str = "") -> URL:
    """Give the address that another computer calls: `host` is this one's there, where it is named.

    Raises what `address_of` raises.
    """
    address_of(url)
    address = make_url(url).set(drivername=POSTGRES)
    # What of the bot's own stands there would win over the machine's.
    address = address.difference_update_query(OWN)
    if host:
        address = address.set(host=host).difference_update_query(["host", "hostaddr", "service"])
    if all(map(_is_here, _hosts(address))):
        return address
    return address.update_query_dict({**PROVEN, **address.query})


def conninfo(url: str) -> str:
    """Give the address as libpq reads it, for connections of psycopg's own.

    Raises what `address_of` raises.
    """
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - only where a server is used

    address = address_of(url)
    fields: dict[str, Any] = address.translate_connect_args(username="user", database="dbname")
    hosts = ",".join(_all(address, "host"))
    return make_conninfo(**{**address.query, **({"host": hosts} if hosts else {}), **fields})


def _encrypted(url: URL) -> URL:
    if all(map(_is_here, _hosts(url))):
        return url
    said = (*_all(url, "sslmode"), os.environ.get("PGSSLMODE", ""))
    mode = next(filter(None, said), ENCRYPTED[0])
    if mode not in ENCRYPTED:
        raise DatabaseTlsWeak(where=place_of(url), reason=mode)
    return url.update_query_dict({"sslmode": mode})


def _hosts(url: URL) -> list[str]:
    """Name every computer that libpq may call; none: it takes this one's socket."""
    named = [url.host or "", *_all(url, "host")]
    if not any(named):
        named = [os.environ.get("PGHOST", "")]
    for field, variable in (("hostaddr", "PGHOSTADDR"), ("service", "PGSERVICE")):
        named += _all(url, field) or (os.environ.get(variable, ""),)
    return [host for hosts in named for host in hosts.split(",") if host]


def _all(url: URL, name: str) -> tuple[str, ...]:
    value = url.query.get(name, ())
    return (value,) if isinstance(value, str) else tuple(value)


def _is_here(host: str) -> bool:
    """Say whether it is a socket's folder or this computer itself. A service may be anywhere."""
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
