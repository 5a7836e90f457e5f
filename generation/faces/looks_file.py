"""The file of the network that reads traits; this module imports no OpenCV."""

import logging
from hashlib import sha256
from pathlib import Path

FILE = Path(__file__).parent / "weights" / "looks.onnx"

SUMS = "SHA256SUMS"
"""Name of the file beside it that has its checksum, as `sha256sum` writes it."""

log = logging.getLogger(__name__)


def read_looks(file: Path = FILE) -> bytes | None:
    """Read the network; None if it isn't the one that was shipped, which is logged.

    A photo makes a character without it: the person chooses each trait.
    """
    try:
        data = file.read_bytes()
        known = file.with_name(SUMS).read_text("utf-8").split()
    except OSError as error:
        log.warning("No traits are read from photos: %s", error)
        return None
    if sha256(data).hexdigest() not in known:
        log.warning("No traits are read from photos: %s is damaged", file)
        return None
    return data


def write_looks(data: bytes, file: Path) -> None:
    """Write the network and its checksum."""
    file.write_bytes(data)
    line = f"{sha256(data).hexdigest()}  {file.name}\n"
    file.with_name(SUMS).write_text(line, encoding="utf-8")
