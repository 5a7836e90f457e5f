"""Whether the libraries are those that were tested."""

import platform
import shlex
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement

from commands.doctor.finding import Finding, bad, good, warning
from handlers.texts import Say

NAMED = ("torch", "diffusers", "transformers", "python-telegram-bot")
"""Libraries whose versions are always shown: whoever helps asks for them first."""


def check(say: Say, requirements: Path) -> Finding:
    """Compare what is installed with a pip requirements file."""
    lines = (line.partition("#")[0].strip() for line in requirements.read_text("utf-8").split("\n"))
    wanted = [Requirement(line) for line in lines if line]
    found = {each.name: _installed(each.name) for each in wanted}
    advice = say("doctor-install", python=python(), file=requirements.name)
    if missing := [name for name, number in found.items() if number is None]:
        return bad(say("doctor-libraries-missing", names=", ".join(missing)), advice)
    other = [
        f"{each.name} {found[each.name]} ({each.specifier})"
        for each in wanted
        if not each.specifier.contains(str(found[each.name]), prereleases=True)
    ]
    if other:
        return warning(say("doctor-versions-other", names=", ".join(other)), advice)
    named = ", ".join(f"{name} {found[name]}" for name in NAMED if name in found)
    number = platform.python_version()
    return good(say("doctor-versions", python=number, count=len(wanted), names=named))


def python() -> str:
    """Name this Python as one would type it here: a Mac has no command `python`."""
    path = Path(sys.executable)
    near = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return shlex.quote(str(near))


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
