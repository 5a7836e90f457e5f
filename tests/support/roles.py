"""The roles by which machines of the tests connect, as those of an owner do."""

from db.machines.worker_roles import WorkerRoles


class Roles:
    """Each machine has its own, from its first start on."""

    def __init__(self, url: str) -> None:
        self._roles = WorkerRoles(url)
        self._urls: dict[str, str] = {}

    def url(self, machine: str) -> str:
        """Give the URL by which a machine connects."""
        if machine not in self._urls:
            self._urls[machine] = self._roles.give(machine)
        return self._urls[machine]

    def close(self) -> None:
        """Remove them: a server keeps roles when a database goes."""
        while self._urls:
            self._roles.take(self._urls.popitem()[0])
