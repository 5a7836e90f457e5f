"""A Hugging Face hub on this desk: repositories over HTTP, with what goes wrong on the way."""

import asyncio
import hashlib
import os
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

Files = dict[str, bytes]


def portraits() -> Files:
    """Give a checkpoint as people publish it: in every format, with much that nobody needs."""
    files = _below(WEIGHTS, "model_index.json", "scheduler", "tokenizer", "text_encoder", "unet")
    for whole in ("unet/diffusion_pytorch_model.safetensors", "text_encoder/model.safetensors"):
        files[whole.replace(".safetensors", ".fp16.safetensors")] = files[whole]
        files[whole.replace(".safetensors", ".bin")] = b"a pickle"
    unneeded = {"README.md": b"# Portraits", "all.ckpt": b"a pickle", "all.safetensors": b"all"}
    return files | _below(WEIGHTS, "vae") | unneeded


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


class Hub:
    """A hub of some repositories.

    `breaks_at` cuts every connection at that place of a file, `breaks_once` the first one. `gated`
    ones want an agreement, `gone` revisions are there no more; a `silent` hub takes requests and
    never answers.
    """

    def __init__(self, repositories: dict[str, Files]) -> None:
        self.repositories = repositories
        self.breaks_at: dict[str, int] = {}
        self.breaks_once: dict[str, int] = {}
        self.requests: list[Request] = []
        self.gated: set[str] = set()
        self.gone: set[str] = set()
        self.silent = False
        self.asked = asyncio.Event()
        self._closing = asyncio.Event()
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/api/models/{owner}/{name}/revision/{revision}", self._info)
        app.router.add_get("/api/models/{owner}/{name}/tree/{revision}", self._tree)
        app.router.add_get("/{owner}/{name}/resolve/{revision}/{file:.+}", self._file)
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
        self._closing.set()
        await self._runner.cleanup()

    def fetched(self) -> set[str]:
        return {request.file for request in self.requests}

    async def _info(self, request: web.Request) -> web.Response:
        self.asked.set()
        if self.silent:
            await self._closing.wait()
        if request.match_info["revision"] in self.gone:
            raise web.HTTPNotFound(headers={"X-Error-Code": "RevisionNotFound"})
        hub_id, files = self._repository(request)
        siblings = [
            {"rfilename": name, "size": len(content), "blobId": _git(content)} | _lfs(name, content)
            for name, content in files.items()
        ]
        return web.json_response({"id": hub_id, "sha": _commit(request), "siblings": siblings})

    async def _tree(self, request: web.Request) -> web.Response:
        _, files = self._repository(request)
        entries = [
            {"type": "file", "path": name, "size": len(content), "oid": _git(content)}
            | ({"lfs": _pointer(content, "oid")} if _is_large(name) else {})
            for name, content in files.items()
        ]
        return web.json_response(entries)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        _, files = self._repository(request)
        name = request.match_info["file"]
        content = files[name]
        begin = request.http_range.start or 0
        answer = web.StreamResponse(status=206 if begin else 200)
        answer.headers["ETag"] = f'"{_sha256(content) if _is_large(name) else _git(content)}"'
        answer.headers["X-Repo-Commit"] = _commit(request)
        answer.headers["X-Linked-Size"] = str(len(content))
        answer.content_length = len(content) - begin
        if request.method == "HEAD":
            await answer.prepare(request)
            return answer
        self.requests.append(Request(name, begin))
        end = self.breaks_once.pop(name, self.breaks_at.get(name, len(content)))
        await answer.prepare(request)
        await answer.write(content[begin:end])
        if end < len(content) and request.transport:
            request.transport.close()
        return answer

    def _repository(self, request: web.Request) -> tuple[str, Files]:
        hub_id = f"{request.match_info['owner']}/{request.match_info['name']}"
        if hub_id not in self.repositories:
            raise web.HTTPNotFound(headers={"X-Error-Code": "RepoNotFound"})
        if hub_id in self.gated:
            raise web.HTTPForbidden(headers={"X-Error-Code": "GatedRepo"})
        return hub_id, self.repositories[hub_id]


def _commit(request: web.Request) -> str:
    revision = request.match_info["revision"]
    return revision if len(revision) == len(MAIN) else MAIN


def _is_large(name: str) -> bool:
    return name.endswith((".safetensors", ".bin", ".ckpt"))


def _lfs(name: str, content: bytes) -> dict[str, Any]:
    return {"lfs": _pointer(content, "sha256")} if _is_large(name) else {}


def _pointer(content: bytes, sum_name: str) -> dict[str, Any]:
    return {"size": len(content), sum_name: _sha256(content), "pointerSize": 130}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _git(content: bytes) -> str:
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


async def python(*arguments: str, home: Path, url: str, start: Start = fork) -> tuple[int, str]:
    """Run Python on a machine whose hub is at `url`: its exit code, and all that it said."""
    process = await start(*arguments, env=environment(home, url))
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
