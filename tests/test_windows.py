"""Nothing that only POSIX has is on the way of running the bot: on Windows it would not start.

Nobody has tried it there yet. What stands behind `if sys.platform == "win32"`, or in its `else`, is
read here as the other system would.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHIPPED = ("commands", "db", "decoding", "generation", "handlers", "playground")
ELSEWHERE = ("generation/pocket/training", "generation/benchmark")
"""Tools of their own: the bot does without them."""

MODULES = {
    "crypt", "fcntl", "grp", "nis", "posix", "pty", "pwd", "readline", "resource", "spwd", "syslog",
    "termios", "tty",
}  # fmt: skip

NAMES = {
    "os": {
        "EX_OK", "EX_TEMPFAIL", "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "chown", "fchmod",
        "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getloadavg",
        "getpgid", "getuid", "killpg", "lchown", "mkfifo", "mknod", "nice", "pread", "pwrite",
        "register_at_fork", "sched_getaffinity", "sched_setaffinity", "setpriority", "setsid",
        "setuid", "statvfs", "sync", "sysconf", "uname", "wait", "wait3", "wait4",
    },
    "signal": {
        "SIGALRM", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGSTOP", "SIGUSR1",
        "SIGUSR2", "alarm", "pthread_kill", "pthread_sigmask", "setitimer", "sigwait",
    },
    "socket": {"AF_UNIX", "SO_REUSEPORT", "fromfd"},
    "time": {"tzset", "clock_gettime", "pthread_getcpuclockid"},
}  # fmt: skip
METHODS = {"add_signal_handler", "remove_signal_handler", "getsockopt_peercred"}
"""Of event loops, where only POSIX's have them."""


def sources() -> Iterator[Path]:
    yield ROOT / "bot.py"
    yield ROOT / "config.py"
    for room in SHIPPED:
        for file in (ROOT / room).rglob("*.py"):
            if not str(file.relative_to(ROOT)).startswith(ELSEWHERE):
                yield file


def posix_only(code: str) -> list[str]:
    """Name what Windows has not, in the lines that it would run."""
    found: list[str] = []
    _look(ast.parse(code), found)
    return found


def _look(node: ast.AST, found: list[str]) -> None:
    part: ast.AST
    if isinstance(node, ast.If) and (windows := _is_windows(node.test)) is not None:
        for part in node.body if windows else node.orelse:
            _look(part, found)
        return
    found += _named(node)
    for part in ast.iter_child_nodes(node):
        _look(part, found)
        if _leaves_windows(part):
            return


def _named(node: ast.AST) -> list[str]:
    """Name what this very node takes from POSIX."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names if alias.name.split(".")[0] in MODULES]
        case ast.ImportFrom(module=str(module), names=names):
            if module in MODULES:
                return [module]
            return [alias.name for alias in names if alias.name in NAMES.get(module, ())]
        case ast.Attribute(attr=attribute) if attribute in METHODS:
            return [attribute]
        case ast.Attribute(value=ast.Name(id=name), attr=attribute):
            return [f"{name}.{attribute}"] if attribute in NAMES.get(name, ()) else []
        case _:
            return []


def _leaves_windows(node: ast.AST) -> bool:
    """Say whether Windows never comes to what follows."""
    leaves = isinstance(node, ast.If) and isinstance(node.body[-1], ast.Return | ast.Raise)
    return leaves and _is_windows(node.test) is True  # type: ignore[attr-defined]


def _is_windows(test: ast.expr) -> bool | None:
    """Say what a comparison of the platform comes to on Windows; None: it is none."""
    match test:
        case ast.Compare(
            left=ast.Attribute(value=ast.Name(id="sys"), attr="platform"),
            ops=[operator],
            comparators=[ast.Constant(value=value)],
        ):
            equal = value == "win32"
            return equal if isinstance(operator, ast.Eq) else not equal
        case _:
            return None


@pytest.mark.parametrize(
    "code",
    [
        "import fcntl",
        "from resource import getrusage",
        "def lock():\n    import fcntl",
        "import os\nos.geteuid()",
        "from os import fork",
        "import signal\nsignal.setitimer(signal.ITIMER_REAL, 1)",
        "async def f():\n    asyncio.get_running_loop().add_signal_handler(2, print)",
        "import sys\nif sys.platform == 'win32':\n    import fcntl",
        "import sys\nif sys.platform != 'win32':\n    pass\nelse:\n    import pwd",
        "def f():\n    if sys.platform == 'win32':\n        print()\n    os.fork()",
    ],
)
def test_what_only_posix_has_is_found(code: str) -> None:
    assert posix_only(code)


@pytest.mark.parametrize(
    "code",
    [
        "import msvcrt, signal\nsignal.signal(signal.SIGINT, print)",
        "import sys\nif sys.platform != 'win32':\n    import fcntl",
        "import sys\nif sys.platform == 'win32':\n    pass\nelse:\n    import resource",
        "def f():\n    if sys.platform == 'win32':\n        return\n    os.fork()",
    ],
)
def test_what_stands_behind_a_question_is_not(code: str) -> None:
    assert not posix_only(code)


def test_the_bot_needs_no_posix() -> None:
    """In none of its files, but where it asks for the system first."""
    found = {
        str(file.relative_to(ROOT)): names
        for file in sources()
        if (names := posix_only(file.read_text(encoding="utf-8")))
    }
    assert not found


def test_windows_child_ends_itself_when_nobody_is_left_to_end_it() -> None:
    """Its stand-in for the system's limits is a timer."""
    code = (
        "import sys, threading, psutil\n"
        "sys.platform = 'win32'\n"
        "from decoding.limits import limits\n"
        "with limits(1, 60, 10): pass\n"
        "print('let go', flush=True)\n"
        "with limits(1, -1, 10): threading.Event().wait()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout.strip()) == (1, "let go"), ended.stderr
