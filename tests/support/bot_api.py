"""The Bot API by raw HTTP, each granted result checked against aiogram's closed types."""

import io
import json
from typing import Any

import aiohttp
from PIL import Image

from playground import Playground, UploadedFile
from tests.support.referees import BY_METHOD, faults

Json = dict[str, Any]


class Api:
    def __init__(self, session: aiohttp.ClientSession, playground: Playground) -> None:
        self._session = session
        self._base = f"{playground.url}/bot{playground.token}"

    async def __call__(self, method: str, **params: object) -> Json:
        """Give the whole answer."""
        form = aiohttp.FormData(quote_fields=False)  # names as browsers and PTB send them
        for name, value in params.items():
            if isinstance(value, UploadedFile):
                form.add_field(name, value.data, filename=value.name)
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self._session.post(f"{self._base}/{method}", data=form) as response:
            answer: Json = await response.json()
            assert response.status == answer.get("error_code", 200)
        if answer["ok"]:
            assert not list(faults(BY_METHOD[method].__returning__, answer["result"]))
        return answer

    async def ok(self, method: str, **params: object) -> Any:  # noqa: ANN401 - any result
        answer = await self(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: object) -> str:
        answer = await self(method, **params)
        assert not answer["ok"], answer
        return f"{answer['error_code']} {answer['description']}"


def picture(width: int = 400, height: int = 300, kind: str = "PNG", color: str = "teal") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), color).save(target, kind)
    return target.getvalue()


def upload(width: int = 400, height: int = 300, color: str = "teal") -> UploadedFile:
    return UploadedFile("picture.png", picture(width, height, color=color))
