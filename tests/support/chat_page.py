"""What tests of the chat page have in common: its sizes, and what they put into it."""

from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import BrowserContext, FilePayload, Page, ViewportSize

from tests.support.bot_api import Api, picture, upload

Json = dict[str, Any]
NewContext = Callable[..., Awaitable[BrowserContext]]
DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)


def keys(*labels: str) -> Json:
    """Make an inline keyboard, a button a row."""
    return {"inline_keyboard": [[{"text": one, "callback_data": one}] for one in labels]}


async def ask(api: Api, text: str, *labels: str) -> int:
    """Ask Ann with buttons; give the message's id."""
    sent = await api.ok("sendMessage", chat_id=101, text=text, reply_markup=keys(*labels))
    number: int = sent["message_id"]
    return number


async def send_album(api: Api, *captions: str, chat: int = 101) -> list[Json]:
    """Send a picture for each caption, which may be empty."""
    media = [
        {"type": "photo", "media": f"attach://f{n}", "caption": words}
        for n, words in enumerate(captions)
    ]
    files = {f"f{n}": upload() for n in range(len(captions))}
    sent: list[Json] = await api.ok("sendMediaGroup", chat_id=chat, media=media, **files)
    return sent


async def choose_files(page: Page, *names: str) -> None:
    """Choose pictures from the computer, as the file dialog does it."""
    files = [FilePayload(name=name, mimeType="image/png", buffer=picture()) for name in names]
    await page.get_by_test_id("file").set_input_files(files)
