"""`make` on a machine where nobody has installed anything yet. No library is fetched here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.support.python_process import ROOT

TOLD_BY_PIP = """\
Collecting torch==2.13.0 (from -r requirements.txt (line 2))
  Downloading torch-2.13.0-cp311-cp311-manylinux_2_28_x86_64.whl.metadata (30 kB)
  Downloading https://example.org/whl/cpu/torch-2.13.0%2Bcpu-cp311-cp311-linux_x86_64.whl (184.5 MB)
  Downloading filelock-3.0-py3-none-any.whl (16 kB)
  Downloading nvidia_cublas-13.1-py3-none-manylinux_2_27_x86_64.whl (1.2 GB)
Installing collected packages: mpmath, filelock, torch
Successfully installed filelock-3.0 mpmath-1.3 torch-2.13.0
"""


def program(file: Path, *lines: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    file.chmod(0o755)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The project before its first `make`, in a folder with a space in its name."""
    project = tmp_path / "my bot"
    shutil.copytree(ROOT / ".ci", project / ".ci")
    for name in ("Makefile", "requirements.txt", "requirements.lock"):
        shutil.copy(ROOT / name, project)
    return project


def make(folder: Path, path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make with the programs of `path` before those of this machine."""
    env = {"PATH": f"{path}:{os.defpath}:{os.environ['PATH']}"}
    command = ["make", *arguments, ".venv/installed"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_torch_is_one_that_reads_words_rightly_on_a_mac() -> None:
    """Before 2.13 half precision lets later words into earlier ones there (pytorch#195910)."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    (pinned,) = (line for line in lines if line.startswith("torch=="))
    assert Version(pinned.removeprefix("torch==")) >= Version("2.13")


def test_each_library_is_locked_with_its_hashes() -> None:
    """As pinned; torch alone is not, for its builds differ (docs/decisions/0050)."""
    locked: dict[str, str] = {}
    for entry in (ROOT / "requirements.lock").read_text("utf-8").replace("\\\n", "").splitlines():
        if not entry.startswith("#"):
            assert "--hash=sha256:" in entry
            requirement = Requirement(entry.partition("--hash")[0].strip())
            locked[canonicalize_name(requirement.name)] = str(requirement.specifier)
    assert "torch" not in locked
    for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            pinned = Requirement(line)
            name = canonicalize_name(pinned.name)
            if name != "torch":
                assert pinned.specifier.contains(locked[name].removeprefix("==")), line


@pytest.mark.parametrize("code", [0, 1])
def test_what_pip_does_is_told_in_few_lines(tmp_path: Path, code: int) -> None:
    """The large files as they come, then the unpacking; the exit code stays pip's."""
    (tmp_path / "words").write_text(TOLD_BY_PIP)
    pip = program(tmp_path / "python", f"cat '{tmp_path / 'words'}'; exit {code}")
    done = subprocess.run(
        [ROOT / ".ci" / "install", pip], capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == [
        "  torch-2.13.0, 184.5 MB",
        "  nvidia_cublas-13.1, 1.2 GB",
        "  unpacking 3 libraries",
    ]
    assert (done.returncode, "goes on from here" in done.stderr) == (code, bool(code))


@pytest.mark.parametrize("old", ["exit 1", "echo Python 2.7.18 >&2; exit 2", "exit 127"])
def test_another_python_first_on_the_path(folder: Path, old: str) -> None:
    """One that is too old, or broken, is passed over for one that will do."""
    path = program(folder / "bin" / "python3", old).parent
    (path / "python3.14").symlink_to(sys.executable)
    assert "python3.14 -m venv --clear .venv" in make(folder, path, "-n").stdout


def test_no_python_that_will_do(folder: Path) -> None:
    """The sentence says what to install, and how to name one."""
    done = make(folder, folder, f"PYTHON={program(folder / 'python3', 'exit 1')}")
    assert done.returncode
    assert "apt install python3-venv" in done.stdout
    assert "PYTHON=/path/to/python3" in done.stdout


def test_an_installation_that_broke_off_is_made_whole(folder: Path) -> None:
    """Without pip it is begun anew; what pip left half done, pip goes on with."""
    path = program(folder / "bin" / "python3", f'echo "$@" >> "{folder}/begun"').parent
    pip = program(folder / "pip", '[ "$1" = -c ] && { echo starts; exit; }', "exit 1")
    (folder / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(pip, folder / ".venv" / "bin" / "python")
    done = make(folder, path, "PYTHON=python3")
    assert done.returncode
    assert "-m venv --clear .venv" in (folder / "begun").read_text()
    assert not (folder / ".venv" / "installed").exists()
    (folder / "begun").write_text("")
    program(folder / ".venv" / "bin" / "python", "exit 0")
    assert make(folder, path, "PYTHON=python3").returncode == 0
    assert "venv" not in (folder / "begun").read_text()
    assert (folder / ".venv" / "installed").exists()


def test_a_python_that_has_gone_is_noticed(folder: Path) -> None:
    """After an upgrade of the system what was installed can't start: it is installed anew."""
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").symlink_to("/no/such/python")
    (folder / ".venv" / "installed").touch()
    path = program(folder / "bin" / "python3", "exit 0").parent
    assert "-m venv --clear .venv" in make(folder, path, "-n", "PYTHON=python3").stdout
