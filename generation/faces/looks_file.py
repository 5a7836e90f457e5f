"""The files of the networks that read traits; this module imports no OpenCV."""

import logging
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "weights"
"""Where they are shipped."""

FILE = FOLDER / "looks.onnx"
"""Reads skin and hair, and a beard, off a portrait."""

SEEN_FILE = FILE.with_name("seen.onnx")
"""Reads a beard and glasses off what SFace saw."""

REGIONS_FILE = FILE.with_name("regions.onnx")
"""Marks where a portrait shows skin, hair and a beard."""

AGE_FILE = FILE.with_name("age.onnx")
"""Reads off what SFace saw whether somebody is old, for their hair's sake."""

FILES = (FILE, SEEN_FILE, REGIONS_FILE, AGE_FILE)
"""All that are shipped."""

SUMS = "SHA256SUMS"
"""Name of the file beside them that has their checksums, as `sha256sum` writes it."""

log = logging.getLogger(__name__)


def read_looks(file: Path = FILE) -> bytes | None:
    """Read a network; None if it isn't the one that was shipped, which is logged.

    A photo makes a character without it: what it reads, the person chooses.
    """
    try:
        data = file.read_bytes()
        known = file.with_name(SUMS).read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:  # the sums may not be UTF-8
        log.warning("Not all traits are read from photos: %s", error)
        return None
    if _line(data, file) not in known:
        log.warning("Not all traits are read from photos: %s is damaged", file)
        return None
    return data


def write_looks(data: bytes, file: Path) -> None:
    """Write the network, and the checksums of all that lie there."""
    file.write_bytes(data)
    networks = sorted(file.parent.glob("*.onnx"))
    lines = [f"{_line(one.read_bytes(), one)}\n" for one in networks]
    file.with_name(SUMS).write_text("".join(lines), encoding="utf-8")


def _line(data: bytes, file: Path) -> str:
    return f"{sha256(data).hexdigest()}  {file.name}"
