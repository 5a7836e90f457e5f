"""Networks that torch compiles in the background, while albums are drawn. Imports torch."""

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from generation.engine.fastest import Fastest

_log = logging.getLogger(__name__)

LIMIT = 300.0
"""Seconds after which nothing more is compiled: on a machine that takes so long it doesn't pay."""

_begun: "set[Compilation]" = set()


@dataclass(frozen=True, slots=True)
class Part:
    """A network that is compiled for the shapes of one input."""

    name: str
    fastest: Fastest
    example: Callable[[], tuple[torch.Tensor, ...]]


class Compilation:
    """Compiles one part after the other, each for one static shape, on a thread of its own.

    What is ready is offered to the part's `fastest`; the thread that draws tries it. `folder` keeps
    compiled code for the next start; None: torch's own choice, which a restart of the machine may
    empty. `compiler` is what `torch.compile` takes as its backend.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        folder: Path | None,
        compiler: str | Callable[..., Any],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._parts, self._compiler, self._clock = parts, compiler, clock
        self._folder, self._stopped = folder, threading.Event()
        self._began = clock()
        _begun.add(self)
        self._thread = threading.Thread(target=self._run, name="compiling", daemon=True)
        self._thread.start()

    @property
    def ended(self) -> bool:
        """Whether nobody waits for it any more: after `LIMIT` one part may still be in work."""
        return not self._thread.is_alive() or self._clock() - self._began > LIMIT

    def stop(self) -> None:
        """Begin no further part, and wait for this one: it holds its network in memory."""
        self._stopped.set()
        self.wait()

    def wait(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

    def _run(self) -> None:
        try:
            self._compile_all()
        finally:
            _begun.discard(self)

    def _compile_all(self) -> None:
        names = ", ".join(part.name for part in self._parts)
        _log.info("Compiling in the background, drawing meanwhile: %s", names)
        if self._folder:
            _keep_in(self._folder)
        for part in self._parts:
            if self._stopped.is_set():
                return
            started = self._clock()
            if started - self._began > LIMIT:
                _log.warning("Compiling takes too long, %s stays as it is", part.name)
                return
            try:
                _compile(part, self._compiler)
            except Exception as error:  # noqa: BLE001 - no compiler, or one that fails: it works without
                _log.warning(
                    "torch can't compile the %s, drawing without: %s", part.name, _line(error)
                )
                return
            _log.info("Compiled the %s in %.0f s", part.name, self._clock() - started)


def is_going_on() -> bool:
    """Say whether anything is compiled in this process: it uses the device, and memory on it."""
    return any(not one.ended for one in tuple(_begun))


@torch.no_grad()
def _compile(part: Part, compiler: str | Callable[..., Any]) -> None:
    given = part.example()
    compiled = torch.compile(part.fastest.plain, dynamic=False, fullgraph=True, backend=compiler)
    compiled(*given)
    # It only uses what is compiled now: anything else goes the plain way, uncompiled.
    part.fastest.offer(torch._dynamo.run(part.fastest.plain), given)  # noqa: SLF001 - it has no other name


def _keep_in(folder: Path) -> None:
    """Have torch keep compiled code in the folder: a part of its own for each version of torch."""
    own = folder.absolute() / f"torch-{torch.__version__}"
    try:
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        _log.warning("Compiled code is not kept for the next start: %s", error)
        return
    for other in own.parent.glob("torch-*"):
        if other != own:
            shutil.rmtree(other, ignore_errors=True)
    os.environ.setdefault("TORCHINDUCTOR_CACHE_DIR", str(own))


def _line(error: Exception) -> str:
    """Give the first line of what was wrong: a compiler's error goes on for pages."""
    cause = getattr(error, "inner_exception", error)
    return (str(cause) or repr(cause)).strip().splitlines()[0]
