"""What people and bots write is shown as text: nothing of it becomes the page's own."""

import pytest
from playwright.async_api import Page

from playground import Playground
from tests.support.bot_api import Api, picture, upload
from tests.support.chat_page import keys

pytestmark = pytest.mark.asyncio(loop_scope="module")  # as the browser

SCRIPT = '<img src=x onerror="window.caught=1"><script>window.caught=1</script>'


async def test_html_in_names_captions_and_files_is_text(
    page: Page, playground: Playground, api: Api
) -> None:
    """In a message, a caption, a file's name, a button, a person's and a command's."""
    caught: list[str] = []
    page.on("dialog", lambda dialog: caught.append(dialog.message))
    await playground.send_text(101, 101, SCRIPT)
    await playground.send_photo(101, 101, picture(), SCRIPT)
    await playground.send_document(101, 101, f"{SCRIPT}.html", b"<script>alert(1)</script>")
    await api.ok("sendMessage", chat_id=101, text=SCRIPT, reply_markup=keys(SCRIPT[:30]))
    await api.ok("sendPhoto", chat_id=101, photo=upload(), caption=SCRIPT)
    command = {"command": "evil", "description": SCRIPT}
    await api.ok("setMyCommands", commands=[command])
    playground.world.add_person(303, SCRIPT, language_code="en", groups=True)
    await playground.send_text(303, 303, SCRIPT)
    await page.goto(f"{playground.url}/#101")
    await page.get_by_text("onerror").nth(3).wait_for(state="attached")
    assert await page.evaluate("window.caught") is None
    assert await page.locator("img[onerror], img[src='x']").count() == 0
    assert not caught
