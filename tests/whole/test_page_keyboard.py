"""The chat page without a mouse: focus is never lost, Esc and Back do what they say."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from playground import Playground
from tests.support.bot_api import Api, upload
from tests.support.chat_page import ask, choose_files, keys, send_album

pytestmark = pytest.mark.asyncio(loop_scope="module")  # as the browser

FOCUSED = """() => {
  const one = document.activeElement;
  return one === document.body ? "body" : one.getAttribute("aria-label") ?? one.textContent;
}"""


@pytest_asyncio.fixture(loop_scope="module")
async def chat(page: Page, playground: Playground, api: Api) -> Page:
    await page.goto(f"{playground.url}/#101")
    await expect(page.get_by_text("hello").last).to_be_visible()
    return page


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).focus()
    await page.keyboard.press("Enter")


async def test_the_focus_stays_where_a_button_was_pressed(chat: Page, api: Api) -> None:
    """Whatever becomes of the message: other buttons, none, other words, or it is deleted."""
    place = {"chat_id": 101, "message_id": await ask(api, "Traits", "Hair", "Eyes", "Done")}
    await press(chat, "Eyes")
    await api.ok("editMessageText", text="Eyes?", reply_markup=keys("blue", "brown"), **place)
    await expect(chat.get_by_text("Eyes?").last).to_be_visible()
    assert await chat.evaluate(FOCUSED) == "brown"  # the one that stands there now
    await api.ok("editMessageText", text="Traits", reply_markup=keys("Hair: red", "brown"), **place)
    await expect(chat.get_by_role("button", name="Hair: red")).to_be_visible()
    assert await chat.evaluate(FOCUSED) == "brown"  # the same one, further down
    await api.ok("editMessageText", text="Nearly", reply_markup=keys("Only this"), **place)
    await expect(chat.get_by_role("button", name="Only this")).to_be_visible()
    assert await chat.evaluate(FOCUSED) == "Only this"
    await api.ok("editMessageText", text="All is saved", **place)
    await expect(chat.get_by_text("All is saved").last).to_be_visible()
    assert "All is saved" in await chat.evaluate("document.activeElement.textContent")
    await ask(api, "Another one", "Go")
    await api.ok("deleteMessage", **place)
    await expect(chat.locator("article", has_text="All is saved")).to_have_count(0)
    assert "Another one" in await chat.evaluate("document.activeElement.textContent")


async def test_the_focus_comes_back_from_an_alert(chat: Page, api: Api) -> None:
    """To the button, even if the message was drawn anew under it."""
    number = await ask(api, "Sure?", "Yes", "No")
    await press(chat, "No")
    updates = await api.ok("getUpdates", offset=-1, timeout=30)
    query_id = updates[-1]["callback_query"]["id"]
    await api.ok("answerCallbackQuery", callback_query_id=query_id, text="So?", show_alert=True)
    await expect(chat.get_by_test_id("alert")).to_be_visible()
    await api.ok(
        "editMessageText",
        chat_id=101,
        message_id=number,
        text="Then?",
        reply_markup=keys("A", "No"),
    )
    await expect(chat.get_by_text("Then?").last).to_be_visible()
    await chat.keyboard.press("Escape")
    await expect(chat.get_by_test_id("alert")).to_have_count(0)
    assert await chat.evaluate(FOCUSED) == "No"


async def test_the_focus_comes_back_from_the_pictures(chat: Page, api: Api) -> None:
    """To the picture that was seen last, or to its neighbour if the album is gone."""
    album = await send_album(api, "a knight", "", "")
    await press(chat, "Open photo 1 of 3: a knight")
    await expect(chat.get_by_test_id("lightbox")).to_be_visible()
    await chat.keyboard.press("ArrowRight")
    await chat.keyboard.press("Escape")
    await expect(chat.get_by_test_id("lightbox")).to_have_count(0)
    assert await chat.evaluate(FOCUSED) == "Open photo 2 of 3: a knight"
    await chat.keyboard.press("Enter")
    await expect(chat.get_by_test_id("lightbox")).to_be_visible()
    ids = [message["message_id"] for message in album]
    await api.ok("deleteMessages", chat_id=101, message_ids=ids)
    await expect(chat.get_by_test_id("album")).to_have_count(0)
    await chat.keyboard.press("Escape")
    await expect(chat.get_by_test_id("lightbox")).to_have_count(0)
    assert "hello" in await chat.evaluate("document.activeElement.textContent")


async def test_captions_are_seen_where_telegrams_apps_show_them(chat: Page, api: Api) -> None:
    """One below its album; several only with the picture that each belongs to."""
    await send_album(api, "a knight", "")
    await expect(chat.locator(".words").get_by_text("a knight")).to_have_count(1)
    await send_album(api, "a pirate", "a witch")
    await press(chat, "Open photo 2 of 2: a witch")
    lightbox = chat.get_by_test_id("lightbox")
    await expect(lightbox.get_by_text("a witch")).to_be_visible()
    await chat.keyboard.press("ArrowLeft")
    await expect(lightbox.get_by_text("a pirate")).to_be_visible()
    await chat.keyboard.press("Escape")
    await expect(lightbox).to_have_count(0)
    await expect(chat.locator(".words").get_by_text("a pirate")).to_have_count(0)


async def test_back_closes_the_pictures_and_forward_opens_them(
    chat: Page, api: Api, playground: Playground
) -> None:
    """Back never leaves a picture over another chat; after Esc it goes to the chat before."""
    await api.ok("sendPhoto", chat_id=102, photo=upload())
    await send_album(api, "a knight", "")
    await chat.get_by_test_id("chat").filter(has_text="Вера").click()
    await chat.get_by_test_id("chat").filter(has_text="Ann").click()
    lightbox = chat.get_by_test_id("lightbox")
    await chat.get_by_test_id("album").get_by_role("button").first.click()
    await expect(lightbox).to_be_visible()
    await chat.go_back()
    await expect(lightbox).to_have_count(0)
    assert chat.url.endswith("#101")
    await chat.go_forward()
    await expect(lightbox).to_be_visible()
    for _ in range(3):
        await chat.keyboard.press("Escape")  # however often, it is one step
    await expect(lightbox).to_have_count(0)
    await chat.reload()
    await expect(chat.get_by_test_id("album")).to_be_visible()
    assert chat.url.endswith("#101")
    await chat.go_back()
    await chat.wait_for_url("**/#102")
    await expect(chat.get_by_test_id("photo")).to_be_visible()
    await expect(lightbox).to_have_count(0)


async def test_esc_closes_one_thing_at_a_time(chat: Page) -> None:
    """Commands, a reply, chosen files, the samples; the words that were written stay."""
    await chat.get_by_test_id("composer").fill("my words")
    await chat.get_by_test_id("attach").click()
    await expect(chat.get_by_test_id("tray")).to_have_count(0)
    await chat.get_by_test_id("attach").click()
    await chat.keyboard.press("Escape")
    await expect(chat.get_by_test_id("tray")).to_have_count(0)
    await choose_files(chat, "a", "b")
    await chat.locator("article", has_text="hello").dblclick(position={"x": 2, "y": 2})
    await chat.get_by_test_id("commands-button").click()
    for name in ("commands", "reply-bar", "attachment"):
        await expect(chat.get_by_test_id(name).first).to_be_visible()
        await chat.keyboard.press("Escape")
        await expect(chat.get_by_test_id(name).and_(chat.locator(":visible"))).to_have_count(0)
    await expect(chat.get_by_test_id("composer")).to_have_value("my words")
    await expect(chat.get_by_test_id("composer")).to_be_focused()


async def test_the_first_stop_leads_to_the_message_field(chat: Page) -> None:
    """Past the chats and a hundred messages."""
    await chat.evaluate("document.body.tabIndex = -1; document.body.focus()")
    await chat.keyboard.press("Tab")
    assert await chat.evaluate(FOCUSED) == "To the message field"
    await expect(chat.get_by_text("To the message field")).to_be_in_viewport()
    await chat.keyboard.press("Enter")
    await expect(chat.get_by_test_id("composer")).to_be_focused()
    assert chat.url.endswith("#101")


async def test_what_is_closed_gives_the_focus_on(chat: Page) -> None:
    """The samples, one of two files, the way to the latest message."""
    await press(chat, "Hide the sample photos")
    await expect(chat.get_by_test_id("composer")).to_be_focused()
    await choose_files(chat, "a", "b")
    await press(chat, "Remove a")
    assert await chat.evaluate(FOCUSED) != "body"
    await press(chat, "Remove b")
    await expect(chat.get_by_test_id("composer")).to_be_focused()


async def test_a_press_on_a_sample_sends_it(chat: Page, playground: Playground) -> None:
    """As its name says, with the words that stand in the field."""
    await chat.get_by_test_id("composer").fill("/register")
    await press(chat, "Send the sample photo: Grace Hopper")
    sent = await playground.wait_for(
        lambda: next((m for m in playground.world.messages(101) if "photo" in m), None)
    )
    assert sent["caption"] == "/register"
    await expect(chat.get_by_test_id("composer")).to_be_focused()
    await expect(chat.get_by_test_id("attachment")).to_have_count(0)
    await expect(chat.get_by_test_id("composer")).to_have_value("")


async def test_start_gives_the_focus_to_the_conversation(
    page: Page, playground: Playground, api: Api
) -> None:
    """The button is gone once it was pressed, and what it sent stands in its place."""
    await api.ok("deleteMessages", chat_id=101, message_ids=[1, 2])
    await page.goto(f"{playground.url}/#101")
    await press(page, "Start")
    await expect(page.locator("article", has_text="/start")).to_be_visible()
    assert await page.evaluate("document.activeElement.matches('article')")


async def test_a_phone_gives_the_focus_from_chat_to_list_and_back(
    page: Page, playground: Playground, api: Api
) -> None:
    """Each of them hides the other."""
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(playground.url)
    await page.get_by_test_id("chat").filter(has_text="Вера").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("composer")).to_be_focused()
    await page.get_by_role("link", name="Back to the chats").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("chat").filter(has_text="Вера")).to_be_focused()
