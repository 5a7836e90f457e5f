"""The command line: which command, the settings, and the exit code."""

import argparse
import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence

from commands import data_key, doctor, download, move_database, worker, worker_role
from commands.exit_codes import SETTING_WRONG
from commands.run import run
from commands.settings import read as read_settings
from config import Settings
from generation.errors import Refusal
from generation.request import AlbumGenerator
from generation.work.worker import WORKER
from handlers.texts import Say, Texts

log = logging.getLogger("bot")


def main(generators: Sequence[AlbumGenerator] = (), arguments: Sequence[str] = ()) -> int:
    """Run what the command line's `arguments` ask for; give the exit code."""
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
    if options.command == "doctor":
        return doctor.run(doctor.installation(settings), say)
    try:
        if options.command == "download":
            model = options.model or settings.model_name
            few_steps = options.few_steps or settings.turbo
            download.run(model, few_steps, say, accepted=options.accept_licence)
        elif options.command == "worker":
            return asyncio.run(_work_until_signal(settings, say, generators))
        elif options.command == "worker-role":
            worker_role.run(settings, options.name, say, host=options.host, remove=options.remove)
        elif options.command == "move-database":
            move_database.run(settings, options.url, say)
        elif options.command == "data-key":
            data_key.run(settings, say, new=options.new, off=options.off)
        else:
            asyncio.run(_run_until_signal(settings, say, generators))
    except Refusal as refusal:
        print(say(refusal.text_id(), **refusal.fields), file=sys.stderr)
        return SETTING_WRONG
    except Exception:  # the interpreter would print the token with it
        log.exception("The bot broke off")
        return 1
    return 0


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
    data_key.add_to(commands, say)
    return parser.parse_args(arguments)


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
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _terminal_language() -> str | None:
    """Give the language that POSIX's variables name, even if its locale is not installed."""
    wanted = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, wanted), None)


if __name__ == "__main__":
    sys.exit(main(arguments=sys.argv[1:]))
