"""`python bot.py worker-role NAME`: a password of its own for a computer that only draws."""

from typing import TYPE_CHECKING

from config import Settings
from db.address import is_servers
from db.inspection import DatabaseState, inspect_database
from generation.errors import Refusal
from handlers.texts import Say

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


class WorkerRoleNeedsPostgres(Refusal):
    """The bot's database is no Postgres: other computers can't draw for it."""


class WorkerRoleTooEarly(Refusal):
    """The database has no tables of this version yet: the bot's next start makes them."""


def add_to(commands: "_SubParsersAction[ArgumentParser]", say: Say) -> None:
    """Add the command to the parser."""
    usage = say("usage-worker-role")
    parser = commands.add_parser("worker-role", help=usage, description=usage)
    parser.add_argument("name", metavar="NAME", help=say("usage-worker-role-name"))
    parser.add_argument("--host", default="", help=say("usage-worker-role-host"))
    parser.add_argument("--remove", action="store_true", help=say("usage-worker-role-remove"))


def run(settings: Settings, name: str, say: Say, *, host: str = "", remove: bool = False) -> None:
    """Make the role, or change its password, and print once how its computer connects.

    Raises Refusal.
    """
    if not is_servers(settings.database):
        raise WorkerRoleNeedsPostgres
    if inspect_database(settings.database) is not DatabaseState.CURRENT:
        raise WorkerRoleTooEarly
    from db.machines.worker_roles import WorkerRoles  # noqa: PLC0415 - imports psycopg

    roles = WorkerRoles(settings.database)
    if remove:
        roles.take(name)
        print(say("worker-role-removed", name=name))
    else:
        print(say("worker-role-given", name=name, url=roles.give(name, host)))
