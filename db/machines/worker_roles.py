"""The roles of machines, as the bot's owner gives and takes them."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from db.address import address_of, conninfo, place_of, seen_from_elsewhere
from db.machines import rights
from db.refusals import refusal_of


class WorkerRoles:
    """It blocks. Every method raises DataUnusable when the database can't be opened."""

    def __init__(self, url: str) -> None:
        """`url` is the bot's own, whose user owns the tables."""
        self._url = url

    def give(self, name: str, host: str = "") -> str:
        """Make a machine's role, or change its password; give the URL that it connects by.

        `host` is what the machine calls the server. Raises what `rights.give` raises.
        """
        with self._connected() as connection:
            password = rights.give(connection, name)
            # It may have drawn with the bot's own password until now.
            connection.execute("UPDATE machines SET role = %s WHERE name = %s", [name, name])
        url = seen_from_elsewhere(self._url, host).set(username=name, password=password)
        return url.render_as_string(hide_password=False)

    def take(self, name: str) -> None:
        """Remove a machine's role. Raises what `rights.take` raises."""
        with self._connected() as connection:
            rights.take(connection, name)

    def renew(self) -> None:
        """Write the rights of machines' roles anew, where another version wrote them."""
        with self._connected() as connection:
            rights.renew(connection)

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        try:
            with psycopg.connect(conninfo(self._url), autocommit=True) as connection:
                yield connection
        except psycopg.OperationalError as error:
            raise refusal_of(error, place_of(address_of(self._url))) from error
