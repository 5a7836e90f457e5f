"""The roles of machines: each is a login of its own that may do what `rights.sql` says.

Whoever has the bot's own password has everything; who has a machine's draws, and reads no more than
its job.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from generation.errors import Refusal

GROUP = "portrait_worker_"
"""How the role begins that all machines of a database are members of: the rights are its. Another
bot on the same server has another one."""

RIGHTS = Path(__file__).with_name("rights.sql")

NAME = re.compile(r"(?!pg_)[a-z_][a-z0-9_-]{0,62}", re.ASCII)
"""What needs no quotes in a URL, and fits into a name of Postgres."""

THIS_DATABASE = "SELECT oid FROM pg_database WHERE datname = current_database()"

CONNECTIONS = 20
"""Most connections of a role: a machine opens less than ten."""

PASSWORD_BYTES = 24
"""Of randomness: nobody guesses it, and nobody types it."""


class WorkerRoleNameUnfit(Refusal):
    """A role can't be called so. Fields: name."""


class WorkerRoleForeign(Refusal):
    """There is a role of this name that is no machine's of this bot. Fields: name."""


class WorkerRoleUnknown(Refusal):
    """There is no such role. Fields: name."""


class WorkerRoleForbidden(Refusal):
    """The database's user may make no roles, or does not own the database. Fields: reason."""


class WorkerRoleOwns(Refusal):
    """The role owns something in another database, so it can't be removed. Fields: name, reason."""


def give(connection: psycopg.Connection, name: str) -> str:
    """Make a machine's role, or change its password; give the password.

    Whoever is connected by an old password is thrown out. Raises WorkerRoleNameUnfit,
    WorkerRoleForeign and WorkerRoleForbidden.
    """
    if not NAME.fullmatch(name) or name.startswith(GROUP):
        raise WorkerRoleNameUnfit(name=name)
    role, password = sql.Identifier(name), secrets.token_urlsafe(PASSWORD_BYTES)
    with _allowed(connection):
        _ensure(connection)
        known = _exists(connection, name)
        if known and not _is_machine(connection, name):
            raise WorkerRoleForeign(name=name)
        action = "ALTER" if known else "CREATE"
        _run(
            connection,
            f"{action} ROLE {{}} LOGIN CONNECTION LIMIT {CONNECTIONS} PASSWORD {{}}",
            role,
            _verifier(connection, name, password),
        )
        _run(connection, "GRANT {} TO {}", sql.Identifier(group_of(connection)), role)
        _run(connection, "GRANT CONNECT ON DATABASE {} TO {}", _database(connection), role)
    with _allowed(connection):
        _throw_out(connection, name)
    return password


def take(connection: psycopg.Connection, name: str) -> None:
    """Remove a machine's role, and throw out whoever is connected by it.

    Raises WorkerRoleUnknown, WorkerRoleForeign, WorkerRoleForbidden and WorkerRoleOwns.
    """
    role = sql.Identifier(name)
    if not _exists(connection, name):
        raise WorkerRoleUnknown(name=name)
    if not _is_machine(connection, name):
        raise WorkerRoleForeign(name=name)
    with _allowed(connection):
        _run(connection, "ALTER ROLE {} NOLOGIN", role)  # so that it does not come back
    with _allowed(connection):
        _throw_out(connection, name)
        with _with_its_rights(connection, name):
            _run(connection, "DROP OWNED BY {}", role)
        try:
            _run(connection, "DROP ROLE {}", role)
        except psycopg.errors.DependentObjectsStillExist as error:
            raise WorkerRoleOwns(name=name, reason=error.diag.message_detail or "") from error


def renew(connection: psycopg.Connection) -> None:
    """Write the rights anew if there are machines' roles, and another version wrote the rights."""
    with connection.transaction():
        written = connection.execute(
            "SELECT obj_description(to_regclass('portrait_leases'), 'pg_class')"
        ).fetchone()
        if written and written[0] and written[0] != _stamp(connection):
            _write_rights(connection)


def group_of(connection: psycopg.Connection) -> str:
    """Name the role that the machines of this database are members of."""
    return f"{GROUP}{_asked(connection, THIS_DATABASE)}"


def _ensure(connection: psycopg.Connection) -> None:
    """Have the group, its rights, and nobody in the database who was not let in."""
    group = group_of(connection)
    if not _exists(connection, group):
        _run(connection, "CREATE ROLE {} NOLOGIN", sql.Identifier(group))
    if not _asked(
        connection,
        "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()",
    ):
        raise WorkerRoleForbidden(reason="must be owner of the database")
    _run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", _database(connection))
    connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    _write_rights(connection)


def _write_rights(connection: psycopg.Connection) -> None:
    owner = _asked(
        connection,
        "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'public.jobs'::regclass",
    )
    _run(connection, "SET LOCAL ROLE {}", sql.Identifier(str(owner)))
    rights = RIGHTS.read_text().replace(":machines", group_of(connection))
    connection.execute(rights.encode())
    _run(connection, "COMMENT ON TABLE portrait_leases IS {}", sql.Literal(_stamp(connection)))
    connection.execute("RESET ROLE")


def _stamp(connection: psycopg.Connection) -> str:
    """Name this code's rights, on the tables of this version."""
    version = _asked(connection, "SELECT version_num FROM alembic_version")
    return f"{version} {hashlib.sha256(RIGHTS.read_bytes()).hexdigest()}"


@contextmanager
def _allowed(connection: psycopg.Connection) -> Iterator[None]:
    """Work in a transaction. Raises WorkerRoleForbidden when the user may not."""
    try:
        with connection.transaction():
            yield
    except psycopg.errors.InsufficientPrivilege as error:
        raise WorkerRoleForbidden(reason=error.diag.message_primary or "") from error


@contextmanager
def _with_its_rights(connection: psycopg.Connection, name: str) -> Iterator[None]:
    """Have the role's own rights, which whoever made it does not have by that alone."""
    role = sql.Identifier(name)
    if _asked(connection, "SELECT pg_has_role(%s, 'USAGE')", name):
        yield
        return
    _run(connection, "GRANT {} TO CURRENT_USER", role)
    yield
    _run(connection, "REVOKE {} FROM CURRENT_USER", role)


def _throw_out(connection: psycopg.Connection, name: str) -> None:
    with _with_its_rights(connection, name):
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", [name]
        )


def _verifier(connection: psycopg.Connection, name: str, password: str) -> sql.Literal:
    """Give what the server keeps in place of the password, which no log of its then sees."""
    kept = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    return sql.Literal(kept.decode())


def _exists(connection: psycopg.Connection, name: str) -> bool:
    return bool(_asked(connection, "SELECT count(*) FROM pg_roles WHERE rolname = %s", name))


def _is_machine(connection: psycopg.Connection, name: str) -> bool:
    """Say whether the role was made here, for this database."""
    return bool(
        _asked(
            connection,
            "SELECT count(*) FROM pg_auth_members JOIN pg_roles AS machine ON machine.oid = member"
            " JOIN pg_roles AS grouped ON grouped.oid = roleid"
            " WHERE grouped.rolname = %s AND machine.rolname = %s AND NOT admin_option"
            " AND NOT machine.rolsuper",
            group_of(connection),
            name,
        )
    )


def _database(connection: psycopg.Connection) -> sql.Identifier:
    return sql.Identifier(connection.info.dbname)


def _asked(connection: psycopg.Connection, question: str, *values: object) -> object:
    found = connection.execute(question.encode(), values or None).fetchone()
    return found[0] if found else None


def _run(connection: psycopg.Connection, statement: str, *parts: sql.Composable) -> None:
    connection.execute(sql.SQL(statement).format(*parts))
