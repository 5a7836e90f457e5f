"""Nothing that only POSIX has stands in the bot's way. A real Windows is tried by hand."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

from playground import Playground
from tests.support.bot_process import bot_process
from tests.support.python_process import ROOT, fresh
from tests.support.running_bot import ANN, astronaut
from tests.whole.test_process import PATIENCE_S, said

LIKE_WINDOWS = ROOT / "tests" / "support" / "like_windows"
ROOMS = ("commands", "decoding", "generation", "db", "handlers", "playground")
POSIX_ONLY = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "termios", "tty"}
LACKING = {
    "os.O_NOFOLLOW", "os.O_DIRECTORY", "os.chown", "os.fchmod", "os.fork", "os.getegid",
    "os.getuid",
    "os.getloadavg", "os.killpg", "os.mkfifo", "os.nice", "os.setsid", "os.statvfs", "os.sync",
    "os.sysconf", "os.uname", "signal.SIGALRM", "signal.SIGHUP", "signal.SIGKILL", "signal.SIGUSR1",
    "signal.alarm", "signal.pause",
}  # fmt: skip
"""Names that would raise on Windows. os.geteuid and the like are asked for by `hasattr` before."""


def outside_posix(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk all that Windows runs too: not what stands under `sys.platform != "win32"`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "'win32'" in ast.unparse(node.test):
            continue
        yield node
        yield from outside_posix(node)


def test_no_file_needs_what_only_posix_has() -> None:
    """No import, and no name of `os` or `signal`, unless the file asks for the system before."""
    files = [ROOT / "bot.py", ROOT / "config.py"]
    files += [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    found = []
    for file in files:
        for node in outside_posix(ast.parse(file.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [name.name for name in node.names if name.name in POSIX_ONLY]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module] if node.module in POSIX_ONLY else []
            elif isinstance(node, ast.Attribute):
                word = f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else ""
                names = [word] if word in LACKING or word.startswith("os.EX_") else []
            found += [f"{file.relative_to(ROOT)}: {name}" for name in names]
    assert not found


async def test_the_bot_runs_without_what_only_posix_has(tmp_path: Path) -> None:
    """It greets, reads a photograph in its child, and ends with 0 when it is asked to."""
    path = f"{LIKE_WINDOWS}{os.pathsep}{ROOT}"
    async with (
        Playground(port=0) as playground,
        bot_process(
            tmp_path / "data",
            playground,
            ("-m", "tests.support.scripted_bot"),
            fresh,
            PYTHONPATH=path,
        ),
    ):
        await playground.send_text(ANN, ANN, "/start")
        await playground.wait_for(lambda: said(playground, "👋"), PATIENCE_S)
        await playground.send_photo(ANN, ANN, astronaut(), "/register")
        await playground.wait_for(lambda: said(playground, "🧬"), PATIENCE_S)
