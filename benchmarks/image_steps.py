"""Runs the Dockerfile's steps in a new folder: `python -m benchmarks.image_steps FOLDER`.

Where there is no Docker, this shows whether they work. Of the image's base there is only this
computer's Python, in an environment of its own; `useradd` and `chown`, which need the image's root,
are shown and left out. Whatever fails ends it, with the step.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
ONLY_IN_AN_IMAGE = re.compile(r"useradd|chown|mkdir /")


def main(folder: Path) -> None:
    folder.mkdir(parents=True)
    project = folder / "project"
    subprocess.run(["git", "clone", "--quiet", ROOT, project], check=True)  # noqa: S607 - the owner's
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    environment = os.environ | {"PATH": f"{folder / 'venv' / 'bin'}:{os.environ['PATH']}"}
    work = folder / "work"
    work.mkdir()
    for word, rest in steps((ROOT / "units" / "Dockerfile").read_text(encoding="utf-8")):
        print(f"{word} {rest}", flush=True)
        match word:
            case "ENV" | "ARG":
                named = (pair.partition("=") for pair in rest.split())
                environment |= {
                    name: value.replace("/data", f"{folder}/data").replace("/models", f"{folder}/m")
                    for name, _, value in named
                }
            case "COPY":
                *sources, target = rest.split()
                for source in sources:
                    copy(project / source, work / target)
            case "RUN" if ONLY_IN_AN_IMAGE.search(rest):
                print("  (only in an image)")
            case "RUN":
                subprocess.run(["/bin/sh", "-ec", rest], cwd=work, env=environment, check=True)
            case "CMD":
                # What is installed, and whether all of it can be imported, without a token.
                command = [*json.loads(rest), "doctor"]
                print("  as:", *command, flush=True)
                ended = subprocess.run(command, cwd=work, env=environment, check=False)
                print("  exit code", ended.returncode)
            case _:
                print("  (of the image alone)")


def steps(text: str) -> list[tuple[str, str]]:
    """Give the instructions: continued lines are joined, comments are gone."""
    lines = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    return [
        (word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines) if word
    ]


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git"))
    else:
        shutil.copy(source, target)


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
