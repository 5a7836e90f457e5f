"""What `python bot.py` does besides running the bot: a file each, given values and a `say`."""

import argparse
from collections.abc import Sequence

from commands import doctor, download
from handlers.texts import Say


def parse(arguments: Sequence[str], say: Say) -> argparse.Namespace:
    """Read the command line: `command` is None for the bot itself.

    Raises SystemExit, with code 2 for what can't be understood.
    """
    parser = argparse.ArgumentParser(prog="bot.py", description=say("usage"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    download.add_to(commands, say)
    doctor.add_to(commands, say)
    return parser.parse_args(arguments)
