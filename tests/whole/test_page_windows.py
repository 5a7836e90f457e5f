"""The chat page in several windows: what is one person's stays in their window."""

import re

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from playground import Playground
from tests.support.bot_api import Api
from tests.support.chat_page import NewContext

pytestmark = pytest.mark.asyncio(loop_scope="module")  # as the browser

GROUP = -4_200_001


@pytest_asyncio.fixture(loop_scope="module")
async def windows(new_context: NewContext, playground: Playground, api: Api) -> tuple[Page, Page]:
    """Ann's window and Вера's, each in its own language, with a message that has a button."""
    pages = []
    for person, locale in ((101, "en-GB"), (102, "ru-RU")):
        keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
        await api.ok("sendMessage", chat_id=person, text="Ready?", reply_markup=keyboard)
        context = await new_context(locale=locale)
        pages.append(await context.new_page())
        await pages[-1].goto(f"{playground.url}/#{person}")
        await expect(pages[-1].get_by_role("button", name="Go")).to_be_visible()
    return pages[0], pages[1]


async def query(api: Api) -> str:
    """Give the id of the press that came last."""
    updates = await api.ok("getUpdates", offset=-1, timeout=30)
    query_id: str = updates[-1]["callback_query"]["id"]
    return query_id


@pytest.mark.parametrize("kind", ["alert", "toast"])
async def test_an_answer_is_shown_where_the_button_was_pressed(
    windows: tuple[Page, Page], api: Api, playground: Playground, kind: str
) -> None:
    """Alert or toast: in one window, in its person's language, and nowhere else."""
    anns, veras = windows
    for page, other, words, lang in (
        (veras, anns, "Этой картинки больше нет", "ru"),
        (anns, veras, "This picture is gone", "en"),
    ):
        await page.get_by_role("button", name="Go").click()
        await api.ok(
            "answerCallbackQuery",
            callback_query_id=await query(api),
            text=words,
            show_alert=kind == "alert",
        )
        shown = page.get_by_test_id(kind)
        await expect(shown).to_contain_text(words)
        assert await page.locator(f"[lang={lang}]", has_text=words).count()
        await playground.send_text(101, 101, "later")  # the other window has heard all by then
        await expect(anns.get_by_text("later").last).to_be_visible()
        assert await other.get_by_test_id(kind).count() == 0
        ok = page.get_by_role("button", name=re.compile("OK|Хорошо"))
        await (ok if kind == "alert" else shown).click()
        await expect(shown).to_have_count(0)


async def test_an_answer_waits_for_who_pressed(windows: tuple[Page, Page], api: Api) -> None:
    """Somebody else speaks in this window meanwhile: it isn't for them."""
    page, _ = windows
    await page.get_by_role("button", name="Go").click()
    query_id = await query(api)
    await page.get_by_test_id("chat").filter(has_text="Вера").click()
    await expect(page.get_by_text("привет").last).to_be_visible()
    await api.ok("answerCallbackQuery", callback_query_id=query_id, text="Gone", show_alert=True)
    await api.ok("sendMessage", chat_id=102, text="позже")
    await expect(page.get_by_text("позже").last).to_be_visible()
    assert await page.get_by_test_id("alert").count() == 0
    await page.get_by_test_id("chat").filter(has_text="Ann").click()
    await expect(page.get_by_test_id("alert")).to_contain_text("Gone")


async def test_a_second_window_of_the_same_person_shows_no_answer(
    windows: tuple[Page, Page], api: Api, playground: Playground
) -> None:
    """It didn't ask; and an answer that comes before the press's own reply is not lost."""
    anns, _ = windows
    second = await anns.context.new_page()
    await second.goto(f"{playground.url}/#101")
    button = second.get_by_role("button", name="Go")
    await expect(button).to_be_visible()

    async def slowly(route: object) -> None:
        """Let the bot's answer overtake the server's."""
        response = await route.fetch()  # type: ignore[attr-defined]
        await api.ok("answerCallbackQuery", callback_query_id=await query(api), text="Early")
        await playground.send_text(101, 101, "overtaken")
        await expect(second.get_by_text("overtaken").last).to_be_visible()
        await route.fulfill(response=response)  # type: ignore[attr-defined]

    await second.route("**/app/press", slowly)
    await button.click()
    await expect(second.get_by_test_id("toast")).to_have_text("Early")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    assert await anns.get_by_test_id("toast").count() == 0


async def test_each_window_keeps_its_speaker(
    new_context: NewContext, playground: Playground
) -> None:
    """Two windows of one browser speak for two people in the group, after a reload too.

    What each of them was about to say stays with them as well.
    """
    context = await new_context(locale="en-GB")
    first, second = await context.new_page(), await context.new_page()
    for page, name in ((first, "Ann"), (second, "Вера")):
        await page.goto(f"{playground.url}/#{GROUP}")
        await page.get_by_test_id("speakers").get_by_text(f"as {name}").click()
        await page.get_by_test_id("composer").fill(f"I am {name}")
    for page, name in ((first, "Ann"), (second, "Вера")):
        await page.reload()
        await expect(page.get_by_test_id("composer")).to_have_value(f"I am {name}")
        await page.keyboard.press("Enter")
        await expect(page.locator(".own", has_text=f"I am {name}")).to_be_visible()
    written = [(m["from"]["first_name"], m["text"]) for m in playground.world.messages(GROUP)]
    assert written == [("Ann", "I am Ann"), ("Вера", "I am Вера")]


async def test_what_waits_to_be_read_is_counted(
    new_context: NewContext, playground: Playground, api: Api
) -> None:
    """In the tab's title and at its chat, until somebody reads it, in whichever window."""
    context = await new_context(locale="en-GB")
    page = await context.new_page()
    await page.goto(f"{playground.url}/#101")
    await expect(page).to_have_title("Portrait bot in a local chat")
    await api.ok("sendMessage", chat_id=102, text="раз")
    await api.ok("sendMessage", chat_id=GROUP, text="two")
    await api.ok("sendMessage", chat_id=GROUP, text="three")
    await api.ok("sendMessage", chat_id=101, text="seen at once")
    await expect(page).to_have_title("(3) Portrait bot in a local chat")
    await expect(page.locator(f"[data-chat-id='{GROUP}'] .badge-count")).to_have_text("2")
    await expect(page.locator("[data-chat-id='102'] .badge-count")).to_have_text("1")
    other = await context.new_page()
    await other.goto(f"{playground.url}/#{GROUP}")
    await expect(page).to_have_title("(1) Portrait bot in a local chat")
    await page.bring_to_front()
    await page.get_by_test_id("chat").filter(has_text="Вера").click()
    await expect(page).to_have_title("Portrait bot in a local chat")
