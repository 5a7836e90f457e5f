"""Python runs this first where PYTHONPATH names its folder: then it lacks what Windows lacks.

The standard library and the others' libraries are imported before, as what they are here: only
our own code is put to the test. `os.name` stays, for pathlib goes by it while it runs.
"""

import asyncio.unix_events
import importlib
import os
import signal
import subprocess
import sys
import types

LIBRARIES = (
    "PIL.Image", "aiohttp.web", "alembic.command", "cv2", "filelock", "httpx", "huggingface_hub",
    "multiprocessing.connection", "multiprocessing.util", "numpy", "pillow_heif", "psutil",
    "procrastinate", "psycopg", "pydantic_settings", "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite", "sqlite3", "telegram.ext",
)  # fmt: skip
MODULES = ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty")
NAMES = {
    os: (
        "O_DIRECTORY", "O_NOFOLLOW", "EX_TEMPFAIL", "EX_USAGE", "chown", "fork", "forkpty",
        "getegid",        "geteuid", "getgid", "getloadavg", "getuid", "killpg", "mkfifo", "nice",
        "sched_getaffinity",        "setsid", "statvfs", "sync", "sysconf", "uname",
    ),
    signal: (
        "ITIMER_REAL", "SIGALRM", "SIGHUP", "SIGKILL", "SIGUSR1", "alarm", "pause", "setitimer",
    ),
}  # fmt: skip


def _no_handlers(*_: object) -> None:
    raise NotImplementedError


for library in LIBRARIES:
    importlib.import_module(library)
subprocess.signal = types.SimpleNamespace(**vars(signal))  # type: ignore[attr-defined]  # its own kill
asyncio.unix_events._UnixSelectorEventLoop.add_signal_handler = _no_handlers  # type: ignore[assignment]  # noqa: SLF001 - Windows' loops do so
for module in MODULES:
    sys.modules[module] = None  # type: ignore[assignment]  # an import of it fails
for owner, names in NAMES.items():
    for name in names:
        if hasattr(owner, name):
            delattr(owner, name)
sys.platform = "win32"
