"""The browser that drives the chat page: `python -m tests.support.browser` brings one.

The system's own is taken if there is one. Else Debian's package is installed, where this user may,
and else Playwright's build. If none can be had, a sentence says what to install.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_A_MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
APT_PACKAGES = ("chromium", "fonts-noto-color-emoji")
WANTED = """\
The test of the chat page needs a browser, and none could be installed here. Please install Chromium
or Google Chrome (Debian: apt install chromium; macOS: brew install --cask chromium), then run
`make test` again."""


def find_system_browser() -> str | None:
    """Give the path of a browser that the system has."""
    found = (shutil.which(name) for name in NAMES)
    on_a_mac = (path for path in ON_A_MAC if Path(path).is_file())
    return next(filter(None, (*found, *on_a_mac)), None)


def starts_playwrights_own() -> bool:
    with sync_playwright() as playwright:
        try:
            playwright.chromium.launch().close()
        except Error:  # it is not there, or a library of the system is missing
            return False
    return True


def is_here() -> bool:
    return bool(find_system_browser()) or starts_playwrights_own()


def ways_to_install() -> Iterator[list[list[str]]]:
    """Give the commands of each way that may work here, the lightest way first."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]  # asks for no password
    if shutil.which("apt-get") and (not sudo or shutil.which("sudo")):
        apt = [*sudo, "apt-get", "-qq"]
        yield [[*apt, "update"], [*apt, "install", "-y", *APT_PACKAGES]]
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]


def main() -> int:
    """Bring a browser. Give the exit code, 1 when there is none afterwards."""
    if is_here():
        return 0
    for commands in ways_to_install():
        for command in commands:
            print("$", *command, flush=True)
            tried = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)
            if tried.returncode:  # the first line says why; installers go on for a page
                print(tried.stderr.strip().partition("\n")[0], file=sys.stderr, flush=True)
                break
        if is_here():
            return 0
    print(WANTED, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
