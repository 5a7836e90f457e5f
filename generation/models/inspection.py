"""A checkpoint in a single file, looked at before anything is downloaded or loaded."""

import re
from pathlib import Path

from generation.byte_units import in_unit
from generation.models.checkpoint import Kind, kind_of
from generation.models.folder import files_of_weights, is_writable, shown
from generation.models.header import CutShortError, Header, HeaderError
from generation.models.sources import (
    CheckpointCutShort,
    CheckpointUnfit,
    ModelDamaged,
    NameUnusable,
    OnlyPickles,
    is_pickle,
)

_PICKLED = (b"PK\x03\x04", b"\x80")
"""How a pickle begins, whatever its name: torch packs it into a zip file."""

_PAGE = (b"<", b"{")
"""How a page or a server's complaint begins, behind empty lines."""

_VELOCITY = re.compile(r"""parameterization:\s*["']?v\b""")
"""What the config that belongs to a checkpoint says if its UNet foretells velocity."""


def look_at(file: Path) -> Header:
    """Read the header of a file that this bot can draw with.

    Raises NameUnusable, CheckpointUnfit, CheckpointCutShort, OnlyPickles, or ModelDamaged if it
    can't be read.
    """
    name = file.name
    if not is_writable(name):
        raise NameUnusable(model=shown(name))
    try:
        header = Header.of(file)
        kind = kind_of(header)
        if kind is Kind.SD15 and _has_velocity_beside(file):
            kind = Kind.SD15_V
    except HeaderError as error:
        is_pickled = error.beginning.startswith(_PICKLED) and not error.damaged
        if is_pickle(name) or is_pickled:
            raise OnlyPickles(model=name, file=name) from error
        raise CheckpointUnfit(model=name, kind=_kind_of_other(error).value) from error
    except CutShortError as error:
        missing, missing_unit = in_unit(error.whole - error.have)
        whole, whole_unit = in_unit(error.whole)
        raise CheckpointCutShort(
            model=name,
            missing=missing,
            missing_unit=missing_unit,
            whole=whole,
            whole_unit=whole_unit,
        ) from error
    except OSError as error:
        raise ModelDamaged(model=name, file=name) from error
    if kind is not Kind.SD15:
        raise CheckpointUnfit(model=name, kind=kind.value)
    return header


def single_files(folder: Path) -> list[Path]:
    """Find a folder's safetensors files, in its folders too, in the order of their names."""
    files = [file for file in files_of_weights(folder) if not is_pickle(file.name)]
    return sorted(files, key=lambda file: (file.stem.lower(), len(file.parts), str(file)))


def _kind_of_other(error: HeaderError) -> Kind:
    """Say what a file is that has no header."""
    if error.damaged:
        return Kind.DAMAGED
    is_page = b"\0" not in error.beginning and error.beginning.lstrip().startswith(_PAGE)
    return Kind.PAGE if is_page else Kind.UNKNOWN


def _has_velocity_beside(file: Path) -> bool:
    config = file.with_suffix(".yaml")
    return config.is_file() and bool(_VELOCITY.search(config.read_text("utf-8", "replace")))
