"""A Hugging Face hub on this desk: repositories over HTTP. What it does wrong is in hub_faults."""

import asyncio
import hashlib
import json
import os
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from generation.models import catalogue
from tests.support.python_process import Start, fork

WEIGHTS = catalogue.POCKET_WEIGHTS
MAIN = "1" * 40
"""The commit of every branch."""

UNET = "unet/diffusion_pytorch_model.fp16.safetensors"
SMALL = "tokenizer/vocab.json"
"""A file that the hub keeps in git."""

LISTING = "a repository's listing"
"""Where a file's name is expected: what a repository holds."""

Files = dict[str, bytes]


def portraits() -> Files:
    """Give a checkpoint as people publish it: in every format, with much that nobody needs."""
    files = _below(WEIGHTS, "model_index.json", "scheduler", "tokenizer", "text_encoder", "unet")
    for whole in ("unet/diffusion_pytorch_model.safetensors", "text_encoder/model.safetensors"):
        files[whole.replace(".safetensors", ".fp16.safetensors")] = files[whole]
        files[whole.replace(".safetensors", ".bin")] = b"a pickle"
    unneeded = {"README.md": b"# Portraits", "all.ckpt": b"a pickle", "all.safetensors": b"all"}
    return files | _below(WEIGHTS, "vae") | unneeded


def shape_of_sd15() -> Files:
    """Give the small files of a checkpoint of Stable Diffusion 1.5."""
    shape = catalogue.SD15_SHAPE
    return _below(shape, "model_index.json", "scheduler", "tokenizer", "text_encoder", "unet")


def faces() -> Files:
    files = {
        f"models/{name}": content for name, content in _below(WEIGHTS, "image_encoder").items()
    }
    (adapter,) = (WEIGHTS / "ip_adapter").glob("*.safetensors")
    return files | {"models/face.safetensors": adapter.read_bytes(), "models/face.bin": b"a pickle"}


def lay(home: Path, hub_id: str, files: Files) -> None:
    """Put a repository into the hub's cache, as copies."""
    folder = home / "hub" / f"models--{hub_id.replace('/', '--')}"
    for name, content in files.items():
        file = folder / "snapshots" / MAIN / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (folder / "refs").mkdir()
    (folder / "refs" / "main").write_text(MAIN)


def _below(root: Path, *parts: str) -> Files:
    paths = [path for part in parts for path in [root / part, *(root / part).rglob("*")]]
    return {str(path.relative_to(root)): path.read_bytes() for path in paths if path.is_file()}


@dataclass(frozen=True, slots=True)
class Request:
    """A request for a file's content, and the place in it from where."""

    file: str
    begin: int


Fault = Callable[[web.Request, bytes], Awaitable[web.StreamResponse]]
"""Answers in the place of the hub. It is given what the hub would have sent, from its begin on."""


class Hub:
    """A hub of some repositories.

    `faults` are taken one a request, by the file's name or LISTING; when they are used up, all is
    well. `gated` repositories want an agreement, `gone` revisions are there no more, and `lost`
    files are listed but not there. With `tokens` it refuses every other token, though what it has
    is public; `private` repositories are shown only to these.
    """

    def __init__(self, repositories: dict[str, Files]) -> None:
        self.repositories = repositories
        self.faults: dict[str, Iterator[Fault]] = {}
        self.requests: list[Request] = []
        self.gated: set[str] = set()
        self.gone: set[str] = set()
        self.lost: set[str] = set()
        self.private: set[str] = set()
        self.tokens: set[str] | None = None
        self.asked = asyncio.Event()
        self.closing = asyncio.Event()
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/api/models/{owner}/{name}/revision/{revision}", self._info)
        app.router.add_get("/{owner}/{name}/resolve/{revision}/{file:.+}", self._file)
        app[HUB] = self  # type: ignore[misc]
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.closing.set()
        await self._runner.cleanup()

    def fetched(self) -> set[str]:
        return {request.file for request in self.requests}

    async def _info(self, request: web.Request) -> web.StreamResponse:
        self.asked.set()
        hub_id, files = self._repository(request)
        if request.match_info["revision"] in self.gone:
            raise web.HTTPNotFound(headers={"X-Error-Code": "RevisionNotFound"})
        siblings = [
            {"rfilename": name, "size": len(content), "blobId": _git(content)} | _lfs(name, content)
            for name, content in files.items()
        ]
        listing = {"id": hub_id, "sha": _commit(request), "siblings": siblings}
        if fault := self._fault(LISTING):
            return await fault(request, json.dumps(listing).encode())
        return web.json_response(listing)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        _, files = self._repository(request)
        name = request.match_info["file"]
        if name in self.lost:
            raise web.HTTPNotFound(headers={"X-Error-Code": "EntryNotFound"})
        begin = request.http_range.start or 0
        self.requests.append(Request(name, begin))
        content = files[name][begin:]
        if fault := self._fault(name):
            return await fault(request, content)
        return await sent(request, content)

    def _fault(self, name: str) -> Fault | None:
        return next(self.faults.get(name, iter(())), None)

    def _repository(self, request: web.Request) -> tuple[str, Files]:
        hub_id = f"{request.match_info['owner']}/{request.match_info['name']}"
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token and self.tokens is not None and token not in self.tokens:
            why = "Invalid credentials in Authorization header"
            raise web.HTTPUnauthorized(headers={"X-Error-Message": why})
        if hub_id in self.private and not token:
            raise web.HTTPUnauthorized(headers={"X-Error-Code": "RepoNotFound"})
        if hub_id not in self.repositories:
            raise web.HTTPNotFound(headers={"X-Error-Code": "RepoNotFound"})
        if hub_id in self.gated:
            raise web.HTTPForbidden(headers={"X-Error-Code": "GatedRepo"})
        return hub_id, self.repositories[hub_id]


async def sent(request: web.Request, content: bytes, end: int | None = None) -> web.StreamResponse:
    """Send content from where it was asked for; before `end` bytes of it the connection breaks."""
    begin = request.http_range.start or 0
    answer = web.StreamResponse(status=206 if begin else 200)
    if begin:
        whole = begin + len(content)
        answer.headers["Content-Range"] = f"bytes {begin}-{whole - 1}/{whole}"
    answer.content_length = len(content)
    await answer.prepare(request)
    await answer.write(content[:end])
    if end is not None and end < len(content) and request.transport:
        request.transport.close()
    return answer


HUB: web.AppKey[Hub] = web.AppKey("HUB", Hub)
"""Where an answer finds its hub."""


def _commit(request: web.Request) -> str:
    revision = request.match_info["revision"]
    return revision if len(revision) == len(MAIN) else MAIN


def _lfs(name: str, content: bytes) -> dict[str, Any]:
    if not name.endswith((".safetensors", ".bin", ".ckpt")):
        return {}
    return {"lfs": {"size": len(content), "sha256": _sha256(content), "pointerSize": 130}}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _git(content: bytes) -> str:
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


async def python(
    *arguments: str, home: Path, url: str, start: Start = fork, **more: str
) -> tuple[int, str]:
    """Run Python on a machine whose hub is at `url`: its exit code, and all that it said."""
    process = await start(*arguments, env=environment(home, url) | more)
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


def environment(home: Path, url: str) -> dict[str, str]:
    """Give the environment of a machine whose hub is at `url`."""
    return {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "HF_HOME": str(home),
        "HF_ENDPOINT": url,
        "OMP_NUM_THREADS": "1",
    }
