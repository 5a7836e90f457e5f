"""What a stolen password of a machine can do: a test for each right, tried as that role."""

import asyncio
from collections.abc import Iterator

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import make_url

from db import Database
from db.machines.rights import (
    WorkerRoleForbidden,
    WorkerRoleForeign,
    WorkerRoleNameUnfit,
    WorkerRoleUnknown,
    give,
    group_of,
    renew,
    take,
)
from db.tables import Base
from tests.support.postgres import shared
from tests.support.records import Records, records_of
from tests.support.thief import Thief, connected, thieves

MAC, PC = "thief_mac", "thief_pc"

PNG = b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d49484452 00000200 00000200 0802000000")
"""How a picture of 512 pixels begins."""

AS_AT_FIRST = """
    DELETE FROM procrastinate_jobs;
    DELETE FROM procrastinate_workers;
    DELETE FROM machines;
    DELETE FROM drawn_pictures;
    DELETE FROM choices;
    UPDATE jobs SET machine = NULL, timing_key = NULL, state = 'queued';
"""


@pytest.fixture
def own_url() -> Iterator[str]:
    """Give a database that the test may change."""
    url = shared().url()
    yield url
    shared().drop(url)


@pytest.fixture(scope="module")
def stolen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Thief, Thief]]:
    """Two people with a face and a job each, Ann's the first, and two passwords."""
    url = shared().url()
    database = Database(url)
    records = records_of(database, tmp_path_factory.mktemp("rights"))
    asyncio.run(_two_jobs(records))
    database.close()
    with thieves(url, MAC, PC) as (mac, pc):
        yield url, mac, pc
    shared().drop(url)


async def _two_jobs(records: Records) -> None:
    for person, face in ((101, b"Ann's face"), (102, b"Bob's face")):
        await records.register(person, face)
        await records.enqueue(person)


@pytest.fixture
def url(stolen: tuple[str, Thief, Thief]) -> Iterator[str]:
    yield stolen[0]
    for one in stolen[1:]:
        one.connection.close()
    with connected(stolen[0]) as owner:
        owner.execute(AS_AT_FIRST)


@pytest.fixture
def mac(url: str, stolen: tuple[str, Thief, Thief]) -> Thief:
    stolen[1].connect()
    return stolen[1]


@pytest.fixture
def pc(mac: Thief, stolen: tuple[str, Thief, Thief]) -> Thief:
    stolen[2].connect()
    return stolen[2]


READABLE = {
    *("machines", "drawn_pictures", "jobs", "job_faces", "faces", "choices", "alembic_version"),
    *("procrastinate_jobs", "procrastinate_workers"),
}


def test_no_other_table_can_be_read(mac: Thief) -> None:
    """People, chats, tokens of faces and whatever is added later are closed."""
    every = mac.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    names = {name for (name,) in every}
    assert set(Base.metadata.tables) < names
    open_ = {
        name
        for name in names
        if not mac.is_refused(f"SELECT count(*) FROM {name}")  # noqa: S608
    }
    assert open_ == READABLE


def test_nothing_of_a_job_is_seen_before_it_is_taken(mac: Thief) -> None:
    """Neither its words nor its face; only its place in the line."""
    for table in ("jobs", "job_faces", "drawn_pictures"):
        assert mac.ask(f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608
    assert mac.ask("SELECT image FROM faces") == []
    assert mac.ask("SELECT count(*) FROM procrastinate_jobs") == [(2,)]


def test_only_its_own_jobs_face_is_seen(mac: Thief, pc: Thief) -> None:
    """Each sees the face of its job, and not the other's."""
    mac.take()
    pc.take()
    assert mac.ask("SELECT image FROM faces") == [(b"Ann's face",)]
    assert pc.ask("SELECT image FROM faces") == [(b"Bob's face",)]
    assert mac.is_refused("SELECT person_id FROM faces")


def test_a_job_shows_what_is_drawn_and_not_for_whom(mac: Thief) -> None:
    """Words and seed, but no person, chat, message or Telegram's ids."""
    job_id = mac.take()
    assert mac.ask("SELECT id, words FROM jobs") == [(job_id, "a knight")]
    for column in (
        *("person_id", "chat_id", "thread_id", "message_id", "update_id", "language"),
        *("status_message_id", "sent", "file_ids", "button", "created"),
    ):
        assert mac.is_refused(f"SELECT {column} FROM jobs"), column  # noqa: S608


def test_no_picture_can_be_read(mac: Thief) -> None:
    """Not even one that it has drawn itself: a stolen password shows no album."""
    job_id = mac.take()
    mac.ask("INSERT INTO drawn_pictures VALUES (%s, 1, %s)", job_id, PNG)
    assert mac.ask("SELECT job_id, number FROM drawn_pictures") == [(job_id, 1)]
    assert mac.is_refused("SELECT png FROM drawn_pictures")
    assert mac.is_refused("SELECT length(png) FROM drawn_pictures")
    assert mac.is_refused("UPDATE drawn_pictures SET png = 'else'")
    assert mac.is_refused("DELETE FROM drawn_pictures RETURNING png")


def test_another_jobs_pictures_stay(mac: Thief, pc: Thief) -> None:
    """They can't be removed, numbered anew or added to."""
    other = pc.take()
    mac.take()
    pc.ask("INSERT INTO drawn_pictures VALUES (%s, 1, %s)", other, PNG)
    assert not mac.changed("DELETE FROM drawn_pictures WHERE job_id = %s", other)
    assert not mac.changed("UPDATE drawn_pictures SET number = 2 WHERE job_id = %s", other)
    assert mac.is_refused("INSERT INTO drawn_pictures VALUES (%s, 2, %s)", other, PNG)


KEEP = "INSERT INTO drawn_pictures VALUES (%s, %s, %s)"


def test_an_album_has_no_more_pictures_than_were_ordered(mac: Thief) -> None:
    """Nor any while it is not drawn."""
    job_id = mac.take()
    for number in (-7, 0, 7):
        assert mac.is_refused(KEEP, job_id, number, PNG)
    assert not mac.is_refused(KEEP, job_id, 6, PNG)
    mac.ask("UPDATE jobs SET state = 'queued', machine = NULL WHERE id = %s", job_id)
    assert mac.is_refused(KEEP, job_id, 1, PNG)


@pytest.mark.parametrize(
    "nonsense",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GIF89a" + bytes(40), id="another kind"),
        pytest.param(PNG.replace(b"\0\0\2\0", b"\0\0\x10\0", 1), id="4096 pixels wide"),
        pytest.param(PNG[:20] + b"\1" + PNG[21:], id="millions of pixels high"),
        pytest.param(PNG + bytes(33_554_432), id="megabytes"),
    ],
)
def test_a_picture_is_one_that_the_bot_can_open(mac: Thief, nonsense: bytes) -> None:
    """The bot's process is not the place for a bomb."""
    assert mac.is_refused(KEEP, mac.take(), 1, nonsense)


def test_another_job_is_not_changed(mac: Thief, pc: Thief, url: str) -> None:
    """Whatever is written, it reaches its own job only."""
    other, own = pc.take(), mac.take()
    assert mac.changed("UPDATE jobs SET state = 'failed'") == 1
    with connected(url) as owner:
        states = owner.execute("SELECT id, state FROM jobs").fetchall()
    assert sorted(states) == sorted([(own, "failed"), (other, "running")])


def test_of_its_own_job_it_changes_what_drawing_brings(mac: Thief) -> None:
    """Not whose it is, what is drawn, or what was delivered; and no job comes or goes."""
    mac.take()
    for column in (
        *("person_id", "chat_id", "words", "seed", "count", "turn", "engine_id", "crashes"),
        *("cancel_wanted", "told", "sent", "needs", "loras", "traits", "mode"),
    ):
        assert mac.is_refused(f"UPDATE jobs SET {column} = NULL"), column  # noqa: S608
    for state in ("delivering", "delivered", "in doubt", "whatever"):
        assert mac.is_refused("UPDATE jobs SET state = %s", state), state
    assert mac.is_refused("DELETE FROM jobs")
    assert mac.is_refused("INSERT INTO jobs DEFAULT VALUES")


def test_a_job_that_has_ended_stays_as_it_is(mac: Thief) -> None:
    """The album is the bot's from then on."""
    mac.take()
    assert mac.changed("UPDATE jobs SET state = 'generated'") == 1
    assert mac.changed("UPDATE jobs SET state = 'running'") == 0


def test_a_job_bears_its_own_machines_name(mac: Thief, pc: Thief) -> None:
    """Another's name, and another's timings, can't be written."""
    pc.register()
    mac.take()
    assert mac.is_refused("UPDATE jobs SET machine = %s", PC)
    assert mac.is_refused("UPDATE jobs SET timing_key = 'pocket'")
    assert mac.is_refused("UPDATE jobs SET timing_key = %s", f"pocket @{PC}")
    assert mac.changed("UPDATE jobs SET timing_key = %s", f"pocket @{MAC}")


@pytest.mark.parametrize(
    "nonsense",
    ["seconds = 'NaN'", "seconds = -1", "failure = '3'", "model = repeat('x', 300000)"],
)
def test_what_the_bot_reads_of_a_job_has_its_shape(mac: Thief, nonsense: str) -> None:
    """Nobody breaks the bot by what is written into a job."""
    mac.take()
    assert mac.is_refused(f"UPDATE jobs SET {nonsense}")  # noqa: S608


def test_only_one_job_at_once(mac: Thief, pc: Thief) -> None:
    """A second one is not handed out, to whatever worker of the role."""
    mac.take()
    assert mac.fetch(mac.join()) is None
    pc.register()
    assert pc.fetch(pc.join()) is not None


def test_a_snapshot_from_before_gives_no_second_job(mac: Thief) -> None:
    """An old view of the database does not show the job that the role has, and does not help."""
    mac.register()
    worker = mac.join()
    url = mac.url.render_as_string(hide_password=False)
    with connected(url) as old, old.transaction():
        old.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        old.execute("SELECT 1")
        assert mac.fetch(worker) is not None
        with pytest.raises(psycopg.errors.SerializationFailure):
            old.execute("SELECT procrastinate_fetch_job_v2(NULL, %s)", [worker])


def test_a_job_that_was_given_back_lets_it_take_another(mac: Thief) -> None:
    """The engine's own way: back into the line, with its place."""
    mac.register()
    worker = mac.join()
    place, job_id = mac.fetch(worker) or (0, 0)
    mac.ask("SELECT procrastinate_retry_job_v2(%s, now() - interval '1 year', 0, 'album', NULL)",
            place)  # fmt: skip
    assert mac.fetch(worker) == (place, job_id)
    mac.ask("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", place)
    assert mac.fetch(worker) is not None


def test_anothers_place_in_the_line_is_neither_ended_nor_taken(mac: Thief, pc: Thief) -> None:
    """Not by the engine's functions, and not without them."""
    pc.take()
    mac.take()
    place = pc.ask("SELECT id FROM procrastinate_jobs WHERE status = 'doing'")[0][0]
    for call in (
        "procrastinate_finish_job_v1(%s, 'succeeded', true)",
        "procrastinate_retry_job_v2(%s, NULL, NULL, NULL, NULL)",
    ):
        with pytest.raises(psycopg.errors.RaiseException):
            mac.ask(f"SELECT {call}", place)
    assert mac.is_refused("SELECT procrastinate_cancel_job_v1(%s, true, true)", place)
    assert not mac.changed("DELETE FROM procrastinate_jobs WHERE id = %s", place)
    assert not mac.changed("UPDATE procrastinate_jobs SET worker_id = NULL WHERE id = %s", place)


@pytest.mark.parametrize(
    "change",
    [
        *("priority = 99", "queue_name = 'mine'", "lock = 'mine'", "scheduled_at = '3000-01-01'"),
        *("status = 'succeeded'", "status = 'failed'", "attempts = 9", "args = '{}'"),
        "abort_requested = true",
    ],
)
def test_what_waits_is_not_touched(mac: Thief, change: str) -> None:
    """Neither its order, nor its place, nor when it may be drawn."""
    assert mac.is_refused(f"UPDATE procrastinate_jobs SET {change} WHERE status = 'todo'")  # noqa: S608


def test_what_waits_is_neither_removed_nor_added_to(mac: Thief) -> None:
    """Only the bot lines up and takes out."""
    assert not mac.changed("DELETE FROM procrastinate_jobs")
    assert mac.is_refused(
        "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('album', 'draw', 99, NULL, NULL, '{}', NULL)"
        "::procrastinate_job_to_defer_v1])"
    )


def test_a_job_is_not_put_off(mac: Thief) -> None:
    """Given back for the year 3000 it would wait until then."""
    mac.register()
    place, _ = mac.fetch(mac.join()) or (0, 0)
    put_off = "SELECT procrastinate_retry_job_v2(%s, '3000-01-01', NULL, NULL, NULL)"
    assert mac.is_refused(put_off, place)
    first = "SELECT procrastinate_retry_job_v2(%s, NULL, 99, NULL, NULL)"
    assert mac.is_refused(first, place)


def test_a_foreign_worker_is_not_noted(mac: Thief, pc: Thief) -> None:
    """Whose signs of life keep a job is settled when the worker comes."""
    mac.register()
    others = pc.join()
    assert mac.is_refused("SELECT procrastinate_fetch_job_v2(NULL, %s)", others)
    mac.fetch(mac.join())
    assert mac.is_refused("UPDATE procrastinate_jobs SET worker_id = %s WHERE status = 'doing'",
                          others)  # fmt: skip
    assert mac.is_refused(
        "INSERT INTO procrastinate_workers (id) OVERRIDING SYSTEM VALUE VALUES (%s)", others + 9
    )
    for table in ("portrait_worker_ids", "portrait_leases"):
        assert mac.is_refused(f"DELETE FROM {table}")  # noqa: S608
        assert mac.is_refused(f"UPDATE {table} SET role = session_user")  # noqa: S608


def test_anothers_signs_of_life_are_its_own(mac: Thief, pc: Thief) -> None:
    """Nobody keeps another alive, throws it out, or lives in the future."""
    others, own = pc.join(), mac.join()
    beat = "UPDATE procrastinate_workers SET last_heartbeat = now() WHERE id = %s"
    assert (mac.changed(beat, own), mac.changed(beat, others)) == (1, 0)
    assert not mac.changed("DELETE FROM procrastinate_workers WHERE id = %s", others)
    mac.ask("SELECT procrastinate_prune_stalled_workers_v1(-1)")
    assert pc.changed(beat, others) == 1
    ahead = "UPDATE procrastinate_workers SET last_heartbeat = '3000-01-01' WHERE id = %s"
    assert pc.is_refused(ahead, others)


def test_anothers_row_is_neither_read_nor_written(mac: Thief, pc: Thief) -> None:
    """Its channel is a secret: by it news would be told in its name."""
    mac.register()
    pc.register()
    assert mac.ask("SELECT name FROM machines") == [(MAC,)]
    assert mac.changed("UPDATE machines SET state = 'trouble'") == 1
    assert mac.is_refused("UPDATE machines SET role = %s", PC)
    assert mac.is_refused("UPDATE machines SET name = %s", PC)
    assert mac.is_refused("DELETE FROM machines")
    with pytest.raises(psycopg.errors.UniqueViolation):
        mac.register(PC)


def test_a_machine_does_not_end_its_own_pause(mac: Thief, url: str) -> None:
    """Nor does it get a job while it is paused, under another name either."""
    mac.register()
    with connected(url) as owner:
        owner.execute("UPDATE machines SET paused = true")
    assert mac.is_refused("UPDATE machines SET paused = false")
    mac.register("another_name")
    assert mac.fetch(mac.join()) is None


def test_a_pause_of_the_bot_holds_for_machines(mac: Thief, url: str) -> None:
    """The line gives nothing out, whatever the machine's own code does; after it, it does."""
    mac.register()
    worker = mac.join()
    with connected(url) as owner:
        owner.execute("INSERT INTO choices VALUES ('paused', 'true')")
        assert mac.ask("SELECT name FROM choices") == [("paused",)]
        assert mac.is_refused("DELETE FROM choices")
        assert mac.fetch(worker) is None
        owner.execute("DELETE FROM choices")
    assert mac.fetch(worker) is not None


def test_without_a_row_there_is_no_job(mac: Thief) -> None:
    """What the owner can't see can't draw."""
    assert mac.fetch(mac.join()) is None


@pytest.mark.parametrize(
    "nonsense",
    [
        *("channel = 'procrastinate_any_queue_v1'", "seen = '3000-01-01'"),
        *("device = repeat('x', 300)", "offers = '[]'", """offers = '{"models": {"pocket": 3}}'"""),
        *("""seconds = '{"FAST": "3"}'""", """seconds = '{"FAST": 1e9}'""", "trouble = '3'"),
    ],
)
def test_what_the_bot_reads_of_a_machine_has_its_shape(mac: Thief, nonsense: str) -> None:
    """Nobody breaks the bot by what a machine says of itself."""
    mac.register()
    assert mac.is_refused(f"UPDATE machines SET {nonsense}")  # noqa: S608


def test_a_role_has_few_names(mac: Thief) -> None:
    """The owner's list is not flooded."""
    for number in range(4):
        mac.register(f"name {number}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        mac.register("one too many")


def test_only_what_the_bot_wants_is_read_of_its_choices(mac: Thief, url: str) -> None:
    """The owner's other choices are no machine's business."""
    with connected(url) as owner:
        owner.execute("INSERT INTO choices VALUES ('wanted', '{}'), ('model', 'secret')")
    assert mac.ask("SELECT name FROM choices") == [("wanted",)]
    assert mac.is_refused("UPDATE choices SET value = 'else'")
    assert mac.is_refused("UPDATE alembic_version SET version_num = 'else'")


@pytest.mark.parametrize(
    "statement",
    [
        *("CREATE TABLE mine (id int)", "CREATE TEMP TABLE mine (id int)", "CREATE SCHEMA mine"),
        *("CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE ROLE mine"),
        *("CREATE DATABASE mine", "DO 'BEGIN LOCK TABLE chats; END'"),
        *("ALTER TABLE jobs DISABLE ROW LEVEL SECURITY", "TRUNCATE drawn_pictures"),
        *("COPY faces TO '/dev/null'", "SELECT pg_read_file('/etc/passwd')"),
        "ALTER TABLE procrastinate_jobs DISABLE TRIGGER USER",
        "SET session_authorization = portrait",
        "SET session_replication_role = replica",
    ],
)
def test_nothing_is_made_or_switched_off(mac: Thief, statement: str) -> None:
    """A role of machines builds nothing, and ends no rule."""
    assert mac.is_refused(statement)


def test_no_rule_is_passed_by_another_role(mac: Thief) -> None:
    """Whatever role it takes on, it stays who logged in; and row security can't be left out."""
    mac.take()
    mac.ask("SET row_security = off")
    for question in ("SELECT id FROM jobs", "SELECT id FROM faces", "SELECT name FROM machines"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            mac.ask(question)
    mac.ask("SET row_security = on")
    with mac.connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {group_of(mac.connection)}".encode())
    assert mac.ask("SELECT count(*) FROM jobs") == [(1,)]


def test_only_roles_that_were_let_in_connect(mac: Thief, url: str) -> None:
    """A role of another database of the same server does not come in by being one."""
    with connected(url) as owner:
        owner.execute("CREATE ROLE stranger LOGIN PASSWORD 'x'")
    try:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            _as("stranger", url)
    finally:
        with connected(url) as owner:
            owner.execute("DROP ROLE stranger")


def test_a_new_password_ends_the_old_one_and_its_connections(own_url: str) -> None:
    """Rotation: whoever stole the old one is out at once."""
    with thieves(own_url, "thief_old") as (old,):
        with connected(own_url) as owner:
            password = give(owner, "thief_old")
        assert password != old.password
        with pytest.raises(psycopg.OperationalError):
            old.ask("SELECT 1")
        with pytest.raises(psycopg.OperationalError, match="authentication failed"):
            old.connect()
        old.url = old.url.set(password=password)
        old.connect()


def test_the_server_never_sees_a_password(mac: Thief, url: str) -> None:
    """It keeps what proves it only: what it logs of statements holds no secret."""
    with connected(url) as owner:
        kept = owner.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [MAC])
        ((verifier,),) = kept.fetchall()
    assert verifier.startswith("SCRAM-SHA-256$")
    assert mac.password not in verifier


def test_a_machine_that_is_removed_is_out(own_url: str) -> None:
    """With its large objects too, and it does not come back."""
    gone = Thief(own_url, "thief_gone")
    gone.ask("SELECT lo_create(0)")
    with connected(own_url) as owner:
        take(owner, "thief_gone")
        assert not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = 'thief_gone'").fetchall()
        with pytest.raises(WorkerRoleUnknown):
            take(owner, "thief_gone")
    with pytest.raises(psycopg.OperationalError):
        gone.ask("SELECT 1")


@pytest.mark.parametrize(
    "name", ["", "Mac", "a b", "pg_mac", "portrait_worker_1", "x" * 64, 'x"; DROP']
)
def test_a_role_has_a_plain_name(url: str, name: str) -> None:
    """One that a URL can hold as it is."""
    with connected(url) as owner, pytest.raises(WorkerRoleNameUnfit):
        give(owner, name)


def _as(role: str, url: str) -> psycopg.Connection:
    other = make_url(url).set(username=role, password="x")
    return connected(other.render_as_string(hide_password=False))


def test_a_role_that_is_no_machine_is_left_alone(own_url: str) -> None:
    """The owner's own, above all; and that of another bot's machine on the same server."""
    others = shared().url()
    with thieves(others, "thief_other"), connected(own_url) as owner:
        for name in ("portrait", "thief_other"):
            for change in (give, take):
                with pytest.raises(WorkerRoleForeign):
                    change(owner, name)
    shared().drop(others)


def test_who_may_make_no_roles_is_told_so(own_url: str) -> None:
    """A user without CREATEROLE, or one who does not own the database."""
    with connected(own_url) as owner:
        name = owner.info.dbname
        plain = f"CREATE ROLE thief_plain LOGIN PASSWORD 'x'; GRANT ALL ON DATABASE {name} TO"
        owner.execute(f"{plain} thief_plain".encode())
        for right in ("NOCREATEROLE", "CREATEROLE"):
            owner.execute(f"ALTER ROLE thief_plain {right}".encode())
            with _as("thief_plain", own_url) as user, pytest.raises(WorkerRoleForbidden):
                give(user, "thief_never")
        owner.execute("DROP OWNED BY thief_plain; DROP ROLE thief_plain")


@pytest.fixture
def plain_url() -> Iterator[str]:
    """Give a database whose owner may make roles, and is no superuser."""
    url, bot = shared().empty_url(), "thief_bot"
    name = make_url(url).database
    with connected(url) as admin:
        admin.execute(
            f"CREATE ROLE {bot} LOGIN CREATEROLE PASSWORD 'x';"
            f"ALTER DATABASE {name} OWNER TO {bot}".encode()
        )
        group = group_of(admin)
    plain = make_url(url).set(username=bot, password="x").render_as_string(hide_password=False)
    database = Database(plain)
    database.upgrade()
    database.close()
    yield plain
    shared().drop(url)
    with connected(shared().url_of("postgres")) as admin:
        admin.execute(f"DROP ROLE IF EXISTS {group}; DROP ROLE {bot}".encode())


def test_a_bot_that_is_no_superuser_gives_and_takes(plain_url: str) -> None:
    """An owner of the database with CREATEROLE is enough, for all of it."""
    hers = Thief(plain_url, "thief_hers")
    hers.register()
    assert hers.fetch(hers.join()) is None
    with connected(plain_url) as owner:
        give(owner, "thief_hers")
        with pytest.raises(psycopg.OperationalError):
            hers.ask("SELECT 1")
        renew(owner)
        take(owner, "thief_hers")


def test_another_version_writes_the_rights_anew(own_url: str) -> None:
    """The bot does so at its start, if there are roles, and only if they are older."""
    with thieves(own_url, "thief_new") as (one,), connected(own_url) as owner:
        owner.execute(f"REVOKE ALL ON choices FROM {group_of(owner)}".encode())
        renew(owner)
        assert one.is_refused("SELECT name FROM choices")
        owner.execute("COMMENT ON TABLE portrait_leases IS 'older'")
        renew(owner)
        assert not one.is_refused("SELECT name FROM choices")


def test_a_bot_without_machines_has_no_rights_to_renew(own_url: str) -> None:
    """Nothing of it is there, and nothing comes."""
    with connected(own_url) as owner:
        renew(owner)
        assert owner.execute("SELECT to_regclass('portrait_leases')").fetchone() == (None,)


def test_tables_with_rights_can_be_taken_back(own_url: str) -> None:
    """A downgrade finds no rule in its way."""
    config = Config()
    config.set_main_option("script_location", "db/migrations")
    with thieves(own_url, "thief_back"):
        database = Database(own_url)
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "0015")
        database.close()
