"""The command line: which command, the settings, and the exit code."""

import argparse
import asyncio
import ctypes
import io
import locale
import logging
import os
import signal
import sys
import threading
from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from commands import (
    backup,
    data_key,
    doctor,
    download,
    move_database,
    restore,
    worker,
    worker_role,
)
from commands.exit_codes import SETTING_WRONG
from commands.run import run
from commands.settings import read as read_settings
from config import Settings
from generation.errors import Refusal
from generation.request import AlbumGenerator
from generation.work.worker import WORKER
from handlers.telegram.logs import keep_log
from handlers.texts import Say, Texts

log = logging.getLogger("bot")


AWAKE_S = 0.5
"""Seconds until the loop looks for a signal again, on Windows."""

T = TypeVar("T")


def main(generators: Sequence[AlbumGenerator] = (), arguments: Sequence[str] = ()) -> int:
    """Run what the command line's `arguments` ask for; give the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without our signs gets question marks
    code = _main(generators, arguments)
    if any(thread.name == WORKER and thread.is_alive() for thread in threading.enumerate()):
        # A worker that is still inside torch would make Python's orderly end abort.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def _main(generators: Sequence[AlbumGenerator], arguments: Sequence[str]) -> int:
    texts = Texts()
    say = texts.say(texts.language(_terminal_language()))
    options = _parse(arguments, say)
    settings = read_settings(say)
    if settings is None:
        return SETTING_WRONG
    try:
        return _do(options, settings, say, generators)
    except Refusal as refusal:
        print(say(refusal.text_id(), **refusal.fields), file=sys.stderr)
        return SETTING_WRONG
    except Exception:  # the interpreter would print the token with it
        log.exception("The bot broke off")
        return 1


def _do(
    options: argparse.Namespace, settings: Settings, say: Say, generators: Sequence[AlbumGenerator]
) -> int:
    """Do what the command asks for; give the exit code. Raises Refusal."""
    code = 0
    match options.command:
        case "doctor":
            code = doctor.run(doctor.installation(settings), say)
        case "download":
            model = options.model or settings.model_name
            few_steps = options.few_steps or settings.turbo
            download.run(model, few_steps, say, accepted=options.accept_licence)
        case "worker":
            keep_log(settings.log_format)
            code = _run(_work_until_signal(settings, say, generators))
        case "worker-role":
            name, host = options.name, options.host
            worker_role.run(settings, name, say, host=host, remove=options.remove)
        case "move-database":
            move_database.run(settings, options.url, say)
        case "data-key":
            data_key.run(settings, say, new=options.new, off=options.off)
        case "backup":
            backup.run(settings, options.file, say)
        case "restore":
            restore.run(settings, options.file, say)
        case _:
            keep_log(settings.log_format)
            _run(_run_until_signal(settings, say, generators))
    return code


def _parse(arguments: Sequence[str], say: Say) -> argparse.Namespace:
    """Read the command line: `command` is None for the bot itself.

    Raises SystemExit, with code 2 for a command line that can't be understood.
    """
    parser = argparse.ArgumentParser(prog="bot.py", description=say("usage"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    download.add_to(commands, say)
    doctor.add_to(commands, say)
    worker.add_to(commands, say)
    worker_role.add_to(commands, say)
    move_database.add_to(commands, say)
    backup.add_to(commands, say)
    restore.add_to(commands, say)
    data_key.add_to(commands, say)
    return parser.parse_args(arguments)


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine, on a loop that psycopg can use: Windows' own is none."""
    factory = asyncio.SelectorEventLoop if sys.platform == "win32" else None
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(work)


async def _run_until_signal(
    settings: Settings, say: Say, generators: Sequence[AlbumGenerator]
) -> None:
    await run(settings, say, _signalled(), generators)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C has nothing left to stop


async def _work_until_signal(
    settings: Settings, say: Say, generators: Sequence[AlbumGenerator]
) -> int:
    code = await worker.work(settings, say, _signalled(), generators)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code


def _signalled() -> asyncio.Event:
    """Give an event that SIGTERM and Ctrl-C set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):  # Windows' loops take no handlers themselves
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    if sys.platform == "win32":
        _stay_awake(loop)
    return stop


def _stay_awake(loop: asyncio.AbstractEventLoop) -> None:
    """Let Ctrl-C be heard soon: on Windows a loop that waits does not hear it."""
    loop.call_later(AWAKE_S, _stay_awake, loop)


def _terminal_language() -> str | None:
    """Give the language that POSIX's variables name, even if its locale is not installed.

    Windows has a language of its own for people.
    """
    wanted = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    named = next(filter(None, wanted), None)
    if named is None and sys.platform == "win32":
        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
    return named


if __name__ == "__main__":
    sys.exit(main(arguments=sys.argv[1:]))
