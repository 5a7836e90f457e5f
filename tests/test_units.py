"""The units with which a service manager runs the bot and its machines."""

import configparser
import plistlib
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import main
from commands.exit_codes import AGAIN, SETTING_WRONG
from commands.worker import STOP_S
from config import Settings

UNITS = Path(__file__).parents[1] / "units"
COMMANDS: tuple[list[str], ...] = ([], ["worker"])


def service(name: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]  # systemd tells capitals apart
    unit.read(UNITS / name, encoding="utf-8")
    return unit


def composed() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((UNITS / "compose.yml").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("name", "arguments"), [("portrait-bot.service", []), ("portrait-worker.service", ["worker"])]
)
def test_systemd_starts_again_what_may_be_started_again(name: str, arguments: list[str]) -> None:
    """After 75 and a crash, and neither after 0 nor after what the owner has to correct."""
    unit = service(name)["Service"]
    python, program, *rest = shlex.split(unit["ExecStart"])
    assert (Path(python).name, program, rest) == ("python", "bot.py", arguments)
    assert unit["Restart"] == "on-failure"
    assert unit["RestartPreventExitStatus"] == str(SETTING_WRONG)
    assert AGAIN not in (0, SETTING_WRONG)
    assert int(unit["TimeoutStopSec"]) > 2 * STOP_S
    assert service(name)["Unit"]["StartLimitIntervalSec"] == "0"


@pytest.mark.parametrize(
    ("name", "arguments"), [("portrait-bot.plist", []), ("portrait-bot.worker.plist", ["worker"])]
)
def test_launchd_starts_again_what_did_not_end_in_order(name: str, arguments: list[str]) -> None:
    """A Mac whose lid was shut in the middle of an album draws on when it is opened."""
    unit = plistlib.loads((UNITS / name).read_bytes())
    assert unit["KeepAlive"] == {"SuccessfulExit": False}
    assert unit["ProgramArguments"][1:] == ["bot.py", *arguments]
    assert unit["ExitTimeOut"] > 2 * STOP_S
    assert f"{unit['Label']}.plist" == name


def test_a_family_needs_one_service() -> None:
    """On a CPU or on a card, with what is kept in volumes, and settings that there are."""
    composed = yaml.safe_load((UNITS / "compose.family.yml").read_text(encoding="utf-8"))
    known = {name.upper() for name in Settings.model_fields} | {"HF_HOME"}
    assert composed["services"].keys() == {"bot", "bot-cuda"}
    for one in composed["services"].values():
        assert one["command"] == ["python", "bot.py"]
        assert one["environment"].keys() <= known
        assert one["volumes"] == ["data:/data", "models:/models"]
        assert f":{one['environment']['METRICS_PORT']}/healthz" in one["healthcheck"]["test"][-1]
    argument = composed["services"]["bot-cuda"]["build"]["args"].popitem()[0]
    assert f"\nARG {argument}=" in (UNITS / "Dockerfile").read_text(encoding="utf-8")


def test_compose_has_a_postgres_a_bot_and_two_workers() -> None:
    """With names of their own, a folder each, and settings that there are."""
    services = composed()["services"]
    assert services.keys() == {"postgres", "bot", "worker-1", "worker-2"}
    known = {name.upper() for name in Settings.model_fields} | {"HF_HOME"}
    for name in ("bot", "worker-1", "worker-2"):
        one = services[name]
        assert one["command"][:2] == ["python", "bot.py"]
        assert one["command"][2:] in COMMANDS
        assert one["environment"].keys() <= known
        assert one["environment"]["DATABASE_URL"].endswith("sslmode=require")
        assert one["restart"] == "on-failure"
    assert services["bot"]["environment"]["WORKERS"] == "0"
    machines = [services[name]["environment"]["MACHINE"] for name in ("worker-1", "worker-2")]
    assert machines == ["worker-1", "worker-2"]
    assert services["worker-1"]["volumes"] != services["worker-2"]["volumes"]
    assert "ports" not in services["postgres"]


def test_the_image_installs_what_the_project_needs() -> None:
    """What has a hash first, then torch, as the Makefile does; nobody in it is root."""
    lines = (UNITS / "Dockerfile").read_text(encoding="utf-8")
    assert lines.index("--require-hashes") < lines.index("^torch==")
    assert "\nUSER 10001\n" in lines
    ignored = (UNITS.parent / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".env", "data", ".venv"} <= set(ignored)


def test_the_image_is_built_as_others_build_theirs() -> None:
    """By hadolint's rules, all of them."""
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(
        [linter, UNITS / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("command", ["worker", "move-database", "worker-role", "backup", "restore"])
def test_the_commands_of_the_manual_are_there(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments=[command, "--help"])
    assert ended.value.code == 0
    assert command in capsys.readouterr().out
