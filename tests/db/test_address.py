"""DATABASE_URL: what is completed, and what goes to no other computer in the open."""

import pytest
from psycopg.conninfo import conninfo_to_dict

from db import DatabasePasswordUnread, DatabaseTlsWeak, DatabaseUrlWrong
from db.address import address_of, conninfo, place_of, seen_from_elsewhere

HERE = [
    "postgresql+psycopg://me@/bot",
    "postgresql+psycopg://me@/bot?host=/run/postgresql",
    "postgresql://me:hunter2@localhost/bot",
    "postgres://me@127.0.0.1:5433/bot",
    "postgresql://me@[::1]/bot",
    "postgresql://me@/bot?host=/run/a,localhost",
]
ELSEWHERE = [
    "postgresql+psycopg://me:hunter2@db.example.org/bot",
    "postgres://me@10.0.0.7:5433/bot",
    "postgresql://me@/bot?host=localhost,db.example.org",
    "postgresql://me@localhost/bot?hostaddr=10.0.0.7",
    "postgresql://me@/bot?service=club",
    "postgresql://me@localhost.example.org/bot",
    "postgresql://me@0.0.0.0/bot",
]


@pytest.mark.parametrize("url", HERE)
def test_this_computer_needs_no_encryption(url: str) -> None:
    """A socket, or the loopback by name and number."""
    assert "sslmode" not in address_of(url).query


@pytest.mark.parametrize("url", ELSEWHERE)
def test_another_computer_is_reached_encrypted(url: str) -> None:
    """Whether the URL says so or nothing."""
    assert address_of(url).query["sslmode"] == "require"


@pytest.mark.parametrize("mode", ["verify-ca", "verify-full", "require"])
def test_a_stricter_check_stays(mode: str) -> None:
    """With the certificate that it needs."""
    url = f"{ELSEWHERE[0]}?sslmode={mode}&sslrootcert=/etc/ca.crt"
    assert conninfo_to_dict(conninfo(url)).items() >= {
        "sslmode": mode, "sslrootcert": "/etc/ca.crt", "host": "db.example.org"
    }.items()  # fmt: skip


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "none"])
@pytest.mark.parametrize("url", [ELSEWHERE[0], ELSEWHERE[1]])
def test_a_weaker_check_is_refused(url: str, mode: str) -> None:
    """In a sentence with the mode, and without the password."""
    with pytest.raises(DatabaseTlsWeak) as refused:
        address_of(f"{url}?sslmode={mode}")
    assert refused.value.fields["reason"] == mode
    assert "hunter2" not in str(refused.value.fields)


def test_the_environment_weakens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Libpq reads variables of its own: they may name a host, or a mode."""
    monkeypatch.setenv("PGHOST", "db.example.org")
    assert address_of(HERE[0]).query["sslmode"] == "require"
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert address_of(HERE[0]).query["sslmode"] == "verify-full"
    monkeypatch.setenv("PGSSLMODE", "prefer")
    with pytest.raises(DatabaseTlsWeak):
        address_of(ELSEWHERE[1])


@pytest.mark.parametrize("url", ["nonsense", "postgresql://me@host:port/bot", ""])
def test_what_is_no_address_is_named_by_its_setting(url: str) -> None:
    """It may hold a password, so it is not repeated."""
    with pytest.raises(DatabaseUrlWrong) as refused:
        address_of(url)
    assert url not in refused.value.fields.values()


def test_a_place_has_no_password() -> None:
    """What is told of a database names the computer and the database."""
    assert place_of(address_of(ELSEWHERE[0])) == "db.example.org/bot"
    assert place_of(address_of(HERE[0])) == "localhost/bot"


def test_what_the_owner_sets_stands() -> None:
    """Their waits in place of ours, their options beside ours."""
    query = address_of(f"{HERE[0]}?connect_timeout=60&options=-c%20work_mem=8MB").query
    assert query["connect_timeout"] == "60"
    assert "lock_timeout" in query["options"]
    assert str(query["options"]).endswith("-c work_mem=8MB")


@pytest.mark.parametrize("name", ["PGHOSTADDR", "PGSERVICE"])
def test_what_the_environment_calls_counts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Libpq takes it beside a host of the URL's own."""
    monkeypatch.setenv(name, "10.0.0.7")
    assert address_of("postgresql://me@localhost/bot").query["sslmode"] == "require"
    with pytest.raises(DatabaseTlsWeak):
        address_of("postgresql://me@localhost/bot?sslmode=disable")


def test_a_machines_address_says_nothing_of_the_bots_own_login() -> None:
    """In a URL's query it would win over the machine's."""
    own = "postgresql:///bot?host=/run/postgresql&user=me&password=hunter2&passfile=/root/p"
    url = seen_from_elsewhere(own, "db.example.org").set(username="mac", password="secret")
    told = conninfo_to_dict(conninfo(url.render_as_string(hide_password=False)))
    assert (told["user"], told["password"]) == ("mac", "secret")
    assert "hunter2" not in str(told)
    assert "passfile" not in told


@pytest.mark.parametrize("url", ["postgresql://me:hun@ter2@a.org/bot", "postgres://a:hun@ter2@c/d"])
def test_an_at_sign_in_a_password_is_explained(url: str) -> None:
    """What follows it would be taken for a host, and shown."""
    with pytest.raises(DatabasePasswordUnread) as refused:
        address_of(url)
    assert "ter2" not in str(refused.value.fields)
    assert "hun@ter2" in conninfo(url.replace("n@t", "n%40t"))
