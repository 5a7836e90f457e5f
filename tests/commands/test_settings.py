"""Where settings come from: the environment and `.env`, as their owner means them."""

import os
from pathlib import Path

import pytest

from commands import env_file, settings
from commands.env_file import EnvLineUnreadable, EnvUnreadable, read
from config import Settings
from handlers.texts import Texts
from tests.support.ended_bot import TOKEN, bot, refused

say = Texts().say("en")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment in which nothing of the bot is set, and which the test may change."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    for name in settings.NAMES:
        os.environ.pop(name, None)
    os.environ["HOME"] = str(tmp_path / "home")
    monkeypatch.chdir(tmp_path)


def env(text: str) -> None:
    Path(".env").write_text(text, "utf-8")


def settings_of(capsys: pytest.CaptureFixture[str]) -> tuple[Settings | None, str]:
    """Give the settings, and what was printed about them."""
    found = settings.read(say)
    return found, capsys.readouterr().err


@pytest.mark.parametrize("place", ["~/x", "$HOME/x", "${HOME}/x"])
@pytest.mark.parametrize("in_file", [True, False])
def test_a_home_is_filled_in(place: str, in_file: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """In DATA_DIR, MODEL and an SQLite address; from the environment and from `.env`."""
    values = {"DATA_DIR": place, "MODEL": place, "DATABASE_URL": f"sqlite:///{place}"}
    if in_file:
        env("".join(f"{name}={value}\n" for name, value in values.items()))
    else:
        os.environ.update(values)
    found = settings.read(say)
    assert found
    home = str(tmp_path / "home" / "x")
    assert (str(found.data_dir), found.model, found.database) == (home, home, f"sqlite:///{home}")


@pytest.mark.parametrize(
    ("name", "value", "unset"),
    [
        ("DATA_DIR", "$HMOE/x", "$HMOE"),
        ("DATA_DIR", "a/${NO_SUCH}/x", "${NO_SUCH}"),
        ("DATA_DIR", "${NO_SUCH:-/srv}/x", "${NO_SUCH:-/srv}"),
        ("DATA_DIR", "$EMPTY/x", "$EMPTY"),
        ("DATA_DIR", "~nobody-here/x", "~nobody-here"),
        ("MODEL", "$MODELS/sd15", "$MODELS"),
        ("DATABASE_URL", "sqlite:///$HMOE/bot.db", "$HMOE"),
    ],
)
def test_a_name_that_nobody_has_set_is_told(
    capsys: pytest.CaptureFixture[str], name: str, value: str, unset: str
) -> None:
    """No folder is made that is called so."""
    os.environ |= {name: value, "EMPTY": ""}
    found, words = settings_of(capsys)
    assert found is None
    assert words.startswith(f"Setting {name}: “{value}”")
    assert f"under {unset}." in words


@pytest.mark.parametrize(
    ("text", "line", "unset"),
    [
        ("DATA_DIR=${NO_SUCH}/x", 1, "${NO_SUCH}"),
        ("ALBUM_SIZE=3\n\nDATA_DIR='a/${NO_SUCH}/x'", 3, "${NO_SUCH}"),
        ("DATA_DIR=${EMPTY}/x", 1, "${EMPTY}"),
        ("HF_HOME=${MODELS}/hub\nMODELS=/srv", 1, "${MODELS}"),
        ("MODELS=\nMODEL=${MODELS}/sd15", 2, "${MODELS}"),
        ("TELEGRAM_API_URL=https://${HOST_NAME}", 1, "${HOST_NAME}"),
    ],
)
def test_a_name_that_the_file_fills_in_with_nothing_is_told(
    capsys: pytest.CaptureFixture[str], text: str, line: int, unset: str
) -> None:
    """Not even the libraries get half a path."""
    os.environ["EMPTY"] = ""
    env(text)
    found, words = settings_of(capsys)
    assert found is None
    assert words.strip() == say("env-name-unset", line=line, unset=unset)


def test_the_file_may_fill_in_what_it_has_itself() -> None:
    """Or what the environment has, or what is to stand there otherwise."""
    os.environ["PLACE"] = "/srv"
    env("NAME=x\nDATA_DIR=${PLACE}/${NAME}/${NO_SUCH:-y}")
    found = settings.read(say)
    assert found
    assert found.data_dir == Path("/srv/x/y")


def test_an_empty_home_is_no_place(capsys: pytest.CaptureFixture[str]) -> None:
    """`~/x` would be `/x`."""
    os.environ |= {"HOME": "", "DATA_DIR": "~/x"}
    found, words = settings_of(capsys)
    assert found is None
    assert "under ~." in words


@pytest.mark.parametrize("around", ['"{}"', "'{}'", " {} ", ' "{}"\t'])
def test_what_is_around_a_value_is_none_of_it(around: str) -> None:
    """Docker's `--env-file` takes quotes for letters, and a clipboard brings spaces."""
    values = {"TELEGRAM_BOT_TOKEN": TOKEN, "DATA_DIR": "~/x", "ALBUM_SIZE": "3", "MODEL": "sd15"}
    values |= {"TELEGRAM_API_URL": "https://host", "PRESET": "FAST", "COMPILE": "true"}
    os.environ |= {name: around.format(value) for name, value in values.items()}
    os.environ["IMAGE_SIZE"] = around.format("")
    found = settings.read(say)
    assert found
    assert found.telegram_bot_token
    assert found.telegram_bot_token.get_secret_value() == TOKEN
    assert found.data_dir == Path(os.environ["HOME"]) / "x"
    assert (found.album_size, found.model, found.image_size) == (3, "sd15", None)
    assert found.telegram_api_url == "https://host"


@pytest.mark.parametrize(
    ("name", "value", "address"),
    [
        ("DATA_DIR", "file:///srv/x", "file:///"),
        ("DATA_DIR", "smb://disk/x", "smb://"),
        ("MODEL", "https://huggingface.co/some/model", "https://huggingface.co/"),
        ("MODEL", "file:/srv/model", "file:/"),
    ],
)
def test_an_address_in_a_paths_place_is_told(
    capsys: pytest.CaptureFixture[str], name: str, value: str, address: str
) -> None:
    """No folder is made that is called `file:`."""
    os.environ[name] = value
    found, words = settings_of(capsys)
    assert found is None
    assert words.startswith(f"Setting {name}: “{value}”")
    assert words.strip().endswith(f"without {address}")


def test_a_password_is_left_as_it_is() -> None:
    """`$` and `~` are letters of it."""
    os.environ["DATABASE_URL"] = url = "postgresql://me:~$HOME@host/bot"
    found = settings.read(say)
    assert found
    assert found.database == url


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("BOT_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("TG_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_BOT_TOKN", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM-BOT-TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_URL", "TELEGRAM_API_URL"),
        ("DATADIR", "DATA_DIR"),
        ("data_dri", "DATA_DIR"),
        ("MODLE", "MODEL"),
        ("ALBUMS_PER_DAY", "ALBUMS_A_DAY"),
    ],
)
def test_a_misspelt_name_is_told_with_the_right_one(
    capsys: pytest.CaptureFixture[str], name: str, meant: str
) -> None:
    """In `.env` it is a mistake; elsewhere it may be another program's, and the bot goes on."""
    value = TOKEN if meant == "TELEGRAM_BOT_TOKEN" else "7"
    env(f"{name}={value}\n")
    found, words = settings_of(capsys)
    assert found is None
    assert f"{name} is not" in words
    assert f"mean {meant}?" in words
    env("")
    os.environ[name] = value
    found, words = settings_of(capsys)
    assert found
    assert f"{name.upper()} is not" in words
    assert f"mean {meant}?" in words
    assert TOKEN not in words


@pytest.mark.parametrize("name", ["PORT", "TOKEN", "API_URL", "STEPS"])
def test_half_a_name_is_told_in_our_own_file_only(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """In the environment PORT belongs to anybody."""
    os.environ[name] = "1"
    assert settings_of(capsys)[1] == ""
    del os.environ[name]
    env(f"{name}=1")
    found, words = settings_of(capsys)
    assert found is None
    assert "Did you mean" in words


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("HF_HOM", "HF_HOME"),
        ("HFHOME", "HF_HOME"),
        ("HF_ENDPONT", "HF_ENDPOINT"),
        ("HF_TOKN", "HF_TOKEN"),
        ("HTTP_PROXI", "HTTP_PROXY"),
        ("TELEGRAM_PROXY", "HTTPS_PROXY"),
        ("telegram_proxy_url", "HTTPS_PROXY"),
    ],
)
def test_a_librarys_name_can_be_misspelt_too(
    capsys: pytest.CaptureFixture[str], name: str, meant: str
) -> None:
    """It is told; the bot goes on, for some library may look for it."""
    for other in settings.RECOMMENDED:
        os.environ.pop(other, None)
        os.environ.pop(other.lower(), None)
    env(f"{name}=x")
    found, words = settings_of(capsys)
    assert found
    assert words.strip() == say("setting-misspelt", name=name, meant=meant)
    env("")
    os.environ[name] = "x"
    assert say("setting-misspelt", name=name.upper(), meant=meant) in settings_of(capsys)[1]


@pytest.mark.parametrize("name", ["PROXY", "PROXY_URL", "ENDPOINT"])
def test_half_a_librarys_name_is_told_in_our_own_file_only(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """In the environment it belongs to anybody."""
    for other in settings.RECOMMENDED:
        os.environ.pop(other, None)
        os.environ.pop(other.lower(), None)
    os.environ[name] = "x"
    assert settings_of(capsys)[1] == ""
    del os.environ[name]
    env(f"{name}=x")
    assert "Did you mean" in settings_of(capsys)[1]


@pytest.mark.parametrize("name", ["HF_TOKEN_PATH", "HF_HUB_CACHE", "SOCKS_PROXY", "ftp_proxy"])
def test_what_a_library_looks_for_is_not_misspelt(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Though we recommend another that looks like it."""
    env(f"{name}=x")
    assert settings_of(capsys)[1] == ""


def test_another_programs_name_beside_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Where the setting is set, nobody misspelt it."""
    os.environ["TELEGRAM_TOKEN"] = os.environ["TELEGRAM_BOT_TOKEN"] = TOKEN
    found, words = settings_of(capsys)
    assert found
    assert words == ""


def test_what_libraries_read_is_handed_on(capsys: pytest.CaptureFixture[str]) -> None:
    """From `.env` to the environment, which wins; names that nobody knows are told."""
    handed = {
        "HF_HOME": "hub",
        "HF_ENDPOINT": "https://mirror.example",
        "HF_TOKEN": "hf_secret",
        "https_proxy": "http://host:1",
        "SSL_CERT_FILE": "/certificates.pem",
        "OMP_NUM_THREADS": "2",
        "PYTORCH_ENABLE_MPS_FALLBACK": "1",
        "CUDA_VISIBLE_DEVICES": "1",
        "TELEGRAM_API_ID": "7",
    }
    os.environ |= dict.fromkeys(handed, "") | {"HF_HOME": "elsewhere"}
    env("".join(f"{name}={value}\n" for name, value in handed.items()) + "CAKE=1\nALBUM_SIZE=3")
    found, words = settings_of(capsys)
    assert found
    assert found.album_size == 3
    assert {name: os.environ[name] for name in handed} == handed | {"HF_HOME": "elsewhere"}
    assert words.splitlines() == [say("setting-unknown", name="CAKE")]
    assert "ALBUM_SIZE" not in os.environ


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffALBUM_SIZE=3",
        "export ALBUM_SIZE=3",
        "ALBUM_SIZE = '3'\r\nPRESET=FAST\r\n",
        'album_size="3" # three',
        "ALBUM_SIZE=3\nALBUM_SIZE=\n",
        "THREE=3\nALBUM_SIZE=${THREE}",
    ],
)
def test_the_file_is_read_as_people_write_it(text: str) -> None:
    """With Windows' mark and line ends, as a shell's script, with an empty line of the template."""
    env(text)
    found = settings.read(say)
    assert found
    assert found.album_size == 3


@pytest.mark.parametrize(
    ("text", "line"), [("A=1\n\nTELEGRAM_BOT_TOKEN 1:a", 3), ("MODEL", 1), ("#\nMODEL: sd15\n", 2)]
)
def test_a_line_that_sets_nothing_is_told_by_its_number(text: str, line: int) -> None:
    """Not by what it holds: that may be the token."""
    env(text)
    with pytest.raises(EnvLineUnreadable) as refused:
        read()
    assert refused.value.fields == {"line": line}


def make_folder(path: Path) -> None:
    path.mkdir()


def make_utf16(path: Path) -> None:
    path.write_text("ALBUM_SIZE=3", "utf-16")


def make_latin(path: Path) -> None:
    path.write_text("DATA_DIR=données", "latin-1")


def make_link_to_nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


@pytest.mark.parametrize("make", [make_folder, make_utf16, make_latin, make_link_to_nowhere])
async def test_a_file_that_can_not_be_read(tmp_path: Path, make: object) -> None:
    """It is there, so somebody wanted it to count: the bot does not start without it."""
    assert callable(make)
    make(tmp_path / ".env")
    with pytest.raises(EnvUnreadable):
        read()
    assert ".env can't be read" in refused(await bot(tmp_path))


@pytest.mark.parametrize(
    "url",
    [
        "https://host",
        "https://host/",
        "https://host/bot",
        "https://host/bot/",
        f"https://host/bot{TOKEN}",
        f"https://host/bot{TOKEN}/getMe",
        "https://host/file/bot",
        "https://host/bot<token>",
        "https://host/bot{token}/{method}",
        " https://host ",
    ],
)
def test_the_api_url_is_taken_as_manuals_show_it(url: str) -> None:
    """The bot adds `/bot<token>` itself."""
    os.environ["TELEGRAM_API_URL"] = url
    found = settings.read(say)
    assert found
    assert found.telegram_api_url == "https://host"


def test_a_path_of_the_servers_own_stays() -> None:
    """Something in front of it may want one."""
    os.environ["TELEGRAM_API_URL"] = "http://host:8081/bots/api/bot"
    found = settings.read(say)
    assert found
    assert found.telegram_api_url == "http://host:8081/bots/api"


@pytest.mark.parametrize(
    "url",
    [
        "host",
        "localhost:8081",
        "htp://host",
        "https://host:99999",
        "https://",
        "https://a b",
        "//h",
        "https://host/bot$TOKEN",
        "https://host/bot{}",
        "https://host/bot%s",
    ],
)
def test_an_api_url_that_is_none(capsys: pytest.CaptureFixture[str], url: str) -> None:
    """The sentence shows what one looks like."""
    os.environ["TELEGRAM_API_URL"] = url
    found, words = settings_of(capsys)
    assert found is None
    assert f"Setting TELEGRAM_API_URL: “{url}”" in words
    assert "http:// or https://" in words


@pytest.mark.parametrize("name", ["OWNER_ID", "TELEGRAM_API_URL", "PRESET", "ALBUM_SIZE"])
def test_a_secret_in_the_wrong_line_is_not_repeated(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Somebody pasted the token, or an address with a password."""
    for value in (TOKEN, f"htp://me:hunter2@host/bot{TOKEN}"):
        os.environ[name] = value
        found, words = settings_of(capsys)
        assert found is None
        assert name in words
        assert "secret" not in words
        assert "hunter2" not in words


@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o640, True), (0o604, True)])
def test_a_file_that_others_may_read_is_noticed(mode: int, *, is_open: bool) -> None:
    """The token is in there. Without a file there is nothing to read."""
    assert not env_file.is_open()
    env("DATA_DIR=x")
    env_file.ENV_FILE.chmod(mode)
    assert env_file.is_open() is is_open


def test_a_key_that_is_none_is_told_without_it(capsys: pytest.CaptureFixture[str]) -> None:
    """It may be the right one with a slip in it."""
    os.environ["DATA_KEY"] = "almost-a-key"
    found, words = settings_of(capsys)
    assert found is None
    assert "almost" not in words
    assert "data-key --new" in words


@pytest.mark.parametrize(("text", "days"), [("7", 7), ("Forever", None), ("", 30)])
def test_how_long_albums_are_kept(capsys: pytest.CaptureFixture[str], text: str, days: int) -> None:
    os.environ["KEEP_DAYS"] = text
    found, _ = settings_of(capsys)
    assert found
    assert found.keep_days == days
