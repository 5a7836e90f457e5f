"""Python programs as processes: `fresh` starts them from nothing, `fork` with all imports done.

A fork comes from a server that has imported the bot and the model's libraries. From there on it is
a process like any other, with an id, signals, an environment, a folder, output and an exit code of
its own.
"""

import asyncio
import contextlib
import multiprocessing
import os
import runpy
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Mapping
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess, SpawnProcess
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parents[2]

# On a Mac a fork may crash in the system's libraries: there each process imports for itself.
_Child = ForkServerProcess if sys.platform == "linux" else SpawnProcess
multiprocessing.set_forkserver_preload(["tests.support.preloaded"])

_OUTPUT = 2**24
"""Bytes that a process may write while nobody reads: it must not wait for a test to do so."""


class ForkedProcess:
    """The part of `asyncio.subprocess.Process` that tests need."""

    def __init__(
        self, process: BaseProcess, stdout: asyncio.StreamReader, stderr: asyncio.StreamReader
    ) -> None:
        self._process = process
        self.stdout = stdout
        self._stderr = stderr
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(process.sentinel, self._note_end)

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it, or do nothing when the process has ended."""
        if self.returncode is None and self._process.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        await self._ended.wait()
        return self.returncode or 0

    async def communicate(self) -> tuple[bytes, bytes]:
        """Wait for the end; give what nobody has read of stdout and stderr."""
        output, errors, _ = await asyncio.gather(
            self.stdout.read(), self._stderr.read(), self.wait()
        )
        return output, errors

    def _note_end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._process.join()
        self._ended.set()


PythonProcess = Process | ForkedProcess


class Start(Protocol):
    """Starts `python ARGUMENTS` in a folder, with no environment but the given one.

    `stderr` is PIPE or STDOUT, of `asyncio.subprocess`.
    """

    async def __call__(
        self, *arguments: str, env: Mapping[str, str], cwd: Path = ROOT, stderr: int = STDOUT
    ) -> PythonProcess: ...


async def fresh(
    *arguments: str, env: Mapping[str, str], cwd: Path = ROOT, stderr: int = STDOUT
) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=cwd, env=env, stdout=PIPE, stderr=stderr, limit=_OUTPUT
    )


async def fork(
    *arguments: str, env: Mapping[str, str], cwd: Path = ROOT, stderr: int = STDOUT
) -> ForkedProcess:
    output, write_output = await _pipe()
    errors, write_errors = await _pipe()
    streams = write_output, write_output if stderr == STDOUT else write_errors
    with write_output, write_errors:
        process = _Child(target=_become, args=(arguments, dict(env), cwd, *streams), daemon=True)
        await asyncio.to_thread(process.start)  # the first one waits for the server's imports
    return ForkedProcess(process, output, errors)


async def _pipe() -> tuple[asyncio.StreamReader, Connection]:
    """Give the end that this process reads, and the end that the other one writes."""
    reader = asyncio.StreamReader(_OUTPUT)
    readable, writable = os.pipe()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(readable, "rb")
    )
    return reader, Connection(writable, readable=False)


def _become(
    arguments: tuple[str, ...],
    env: dict[str, str],
    cwd: Path,
    stdout: Connection,
    stderr: Connection,
) -> None:
    """Turn this process into `python ARGUMENTS`."""
    os.dup2(stdout.fileno(), 1)
    os.dup2(stderr.fileno(), 2)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", 1, encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    _forget_huggingface_hub()
    match arguments:
        case "-c", code, *rest:
            sys.argv = ["-c", *rest]
            exec(code, {"__name__": "__main__"})  # noqa: S102 - what python -c does
        case "-m", module, *rest:
            sys.argv = [module, *rest]
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        case _:
            sys.argv = list(arguments)
            runpy.run_path(arguments[0], run_name="__main__")


def _forget_huggingface_hub() -> None:
    """Have it imported anew: it reads HF_HOME and its like when it is."""
    for name in list(sys.modules):
        if name.partition(".")[0] == "huggingface_hub":
            del sys.modules[name]
