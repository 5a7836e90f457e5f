"""The chat page as it is seen, and as it is heard by who doesn't see it."""

from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, ViewportSize, expect

from playground import Playground
from tests.support.bot_api import Api, upload
from tests.support.chat_page import DESKTOP, PHONE, NewContext, choose_files, keys, send_album

pytestmark = pytest.mark.asyncio(loop_scope="module")  # as the browser

LEAST_OF_ICONS = 3.0
"""WCAG 2.2, 1.4.11: the contrast that a sign needs to be seen."""
ICONS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((c, i) => c * a + under[i] * (1 - a));
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => {
      const part = c / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  /** Every colour that may lie under the node: of a gradient each of its stops. */
  const grounds = (node) => {
    if (!node) return [[255, 255, 255]];
    const style = getComputedStyle(node);
    const stops = style.backgroundImage.match(/rgba?\\([^)]+\\)/g) ?? [style.backgroundColor];
    const colours = stops.map(rgba);
    if (colours.every(([, , , a]) => a === 1)) return colours.map((c) => c.slice(0, 3));
    const below = grounds(node.parentElement);
    return colours.flatMap((colour) => below.map((under) => over(colour, under)));
  };
  return [...document.querySelectorAll("svg.icon")]
    .filter((icon) => icon.checkVisibility({ opacityProperty: true }))
    .map((icon) => {
      const stroke = rgba(getComputedStyle(icon).stroke);
      const least = Math.min(
        ...grounds(icon.parentElement).map((under) => contrast(over(stroke, under), under)),
      );
      return [icon.firstElementChild.getAttribute("href").split("#")[1], least];
    });
}"""


async def full_chat(playground: Playground, api: Api, person: int) -> None:
    """Write to the person all kinds of things that the page can show."""
    commands = [{"command": "queue", "description": "What waits"}]
    await api.ok("setMyCommands", commands=commands)
    command = await playground.send_text(person, person, "/generate a knight in snow --seed 7")
    await playground.send_document(person, person, "letter.txt", b"hello", "a letter")
    await playground.send_document(person, person, "portrait.png", upload().data)
    await send_album(api, "“a knight in snow”\nFAST", "", "", chat=person)
    await api.ok(
        "sendMessage",
        chat_id=person,
        text='⏳ <b>Next</b>: /queue, <a href="https://example.com">a page</a>,'
        " <code>--seed 7</code> <tg-spoiler>hidden</tg-spoiler> <blockquote>quoted</blockquote>",
        parse_mode="HTML",
        reply_markup=keys("✕ Cancel", "Other"),
    )
    reaction = [{"type": "emoji", "emoji": "👍"}]
    place = {"chat_id": person, "message_id": command["message_id"]}
    await api.ok("setMessageReaction", reaction=reaction, **place)


@pytest.mark.parametrize(
    ("locale", "size", "person", "theme"),
    [
        ("en-GB", DESKTOP, 101, "light"),
        ("ru-RU", DESKTOP, 102, "dark"),
        ("en-GB", PHONE, 101, "dark"),
        ("ru-RU", PHONE, 102, "light"),
    ],
)
async def test_everybody_can_use_the_page(
    new_context: NewContext,
    playground: Playground,
    api: Api,
    locale: str,
    size: ViewportSize,
    person: int,
    theme: Literal["light", "dark"],
) -> None:
    """No fault for axe, and every icon stands out: in a chat, at the field, over a picture."""
    await full_chat(playground, api, person)
    context = await new_context(locale=locale, viewport=size, color_scheme=theme)
    page = await context.new_page()
    await page.emulate_media(reduced_motion="reduce")
    await page.goto(f"{playground.url}/#{person}")
    await expect(page.get_by_test_id("album")).to_be_visible()
    await choose_files(page, "a.png")
    await page.get_by_test_id("attach").click()
    await page.locator("article").last.dblclick(position={"x": 2, "y": 2})
    await expect(page.get_by_test_id("reply-bar")).to_be_visible()
    await check(page)
    await page.get_by_test_id("commands-button").click()
    await expect(page.get_by_test_id("commands")).to_be_visible()
    await check(page)
    await page.keyboard.press("Escape")
    await page.get_by_test_id("album").get_by_role("button").nth(1).click()
    await expect(page.get_by_test_id("lightbox")).to_be_visible()
    await check(page)
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("lightbox")).to_have_count(0)
    await page.goto(f"{playground.url}/#-4200001")
    await expect(page.get_by_test_id("speakers")).to_be_visible()
    await check(page)
    if size == PHONE:
        await page.goto(playground.url)
        await expect(page.get_by_test_id("banner")).to_be_visible()
        await check(page)


async def check(page: Page) -> None:
    results = await Axe().run(page)
    found = [
        (one["id"], node["html"][:200], node["failureSummary"])
        for one in results.response["violations"]
        for node in one["nodes"]
    ]
    assert not found
    icons = await page.evaluate(ICONS)
    assert icons
    assert not [icon for icon in icons if icon[1] < LEAST_OF_ICONS]


WORDS = (
    "--seed 7", "--seed", "--mode quality", "/generate", "/queue@portrait_desk_bot", "24/7",
    "well-known", "—seed", "example.com/a-b", "-s", "https://t.me/x-y",
)  # fmt: skip
BROKEN = """() => {
  const words = [...document.querySelectorAll(".words")].at(-1);
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  const broken = [];
  while (walker.nextNode()) {
    for (const { 0: token, index } of walker.currentNode.data.matchAll(/\\S*[-/—]\\S*/gu)) {
      const range = new Range();
      range.setStart(walker.currentNode, index);
      range.setEnd(walker.currentNode, index + token.length);
      const lines = new Set([...range.getClientRects()].map((one) => Math.round(one.top)));
      if (lines.size > 1) broken.push(token);
    }
  }
  return broken;
}"""
"""Gives the words of the last message that are broken at the end of a line."""


async def test_a_word_with_a_hyphen_stays_in_one_line(
    page: Page, playground: Playground, api: Api
) -> None:
    """An option, a command, a short link: at whatever width the line ends."""
    text = " ".join("so it goes " * (n % 4) + word for n in range(8) for word in WORDS)
    await api.ok("sendMessage", chat_id=101, text=text)
    await page.goto(f"{playground.url}/#101")
    await expect(page.locator("article").last).to_contain_text("well-known")
    for width in range(300, 460, 4):
        await page.set_viewport_size({"width": width, "height": 800})
        assert await page.evaluate(BROKEN) == [], width


async def test_pictures_are_told_by_their_words(
    page: Page, playground: Playground, api: Api
) -> None:
    """By their own caption, their album's, or what they answer; an album of six, one, a file."""
    await send_album(api, "a knight", "", "a castle")
    command = await playground.send_text(101, 101, "/generate a pirate")
    reply = {"message_id": command["message_id"]}
    await api.ok("sendPhoto", chat_id=101, photo=upload(), reply_parameters=reply)
    await api.ok("sendDocument", chat_id=101, document=upload(), caption="the large one")
    await page.goto(f"{playground.url}/#101")
    for name in (
        "Open photo 1 of 3: a knight",
        "Open photo 2 of 3: a knight",
        "Open photo 3 of 3: a castle",
        "Open the photo: /generate a pirate",
        "Open the photo: the large one",
    ):
        await expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    await page.get_by_role("button", name="Open photo 2 of 3: a knight").click()
    await expect(
        page.get_by_role("img", name="Picture from Portrait bot: a knight")
    ).to_be_visible()


async def test_progress_is_announced_now_and_then(
    page: Page, playground: Playground, api: Api
) -> None:
    """A new message, other words, not each percent; and nothing of other chats."""
    await page.clock.install()
    await page.goto(f"{playground.url}/#101")
    await expect(page.locator("article").last).to_be_visible()
    announced = page.locator("#announcer")
    assert await announced.get_attribute("aria-live") == "polite"
    sent = await api.ok("sendMessage", chat_id=101, text="Getting ready…")
    place = {"chat_id": 101, "message_id": sent["message_id"]}
    await api.ok("sendMessage", chat_id=102, text="не для Ann")
    for percent in (1, 8, 15, 23):
        bar = "▓" * (percent // 8) + "░" * (10 - percent // 8)
        await api.ok("editMessageText", text=f"🎨 {bar} {percent}%\nPicture 1 of 6.", **place)
        await expect(page.locator("article").last).to_contain_text(f" {percent}%")
    await page.clock.run_for(20_000)
    await api.ok("editMessageText", text="🎨 ▓▓▓▓ 50%\nPicture 3 of 6.", **place)
    await expect(page.locator("article").last).to_contain_text("50%")
    await api.ok("editMessageText", text="📤 Sending the album…", **place)
    await expect(announced).to_contain_text("Sending the album…")
    await send_album(api, "a knight", "", "", "", "", "")
    await expect(announced).to_contain_text("a knight")
    await expect(page.get_by_test_id("album").locator("img")).to_have_count(6)
    said = await announced.locator("p").all_text_contents()
    assert [line.split(": ", 1)[1].split("\n")[0] for line in said] == [
        "Getting ready…", "🎨 ░░░░░░░░░░ 1%", "🎨 ▓▓▓▓ 50%", "📤 Sending the album…",
        "Photo, a knight",
    ]  # fmt: skip


async def test_a_refusal_of_the_server_is_a_sentence(
    new_context: NewContext, playground: Playground
) -> None:
    """In the page's language; the words stay in the field, to be sent once more."""
    page = await (await new_context(locale="ru-RU")).new_page()
    await page.goto(f"{playground.url}/#102")
    field = page.get_by_test_id("composer")
    toast = page.get_by_test_id("toast")
    for words, sentence in (
        ("я" * 41_000, "Текст слишком длинный: можно отправить до 40960 знаков."),
        ("😀" * 20_500, "Текст слишком длинный: можно отправить до 40960 знаков."),
    ):
        await field.fill(words)
        await page.get_by_test_id("send").click()
        await expect(toast).to_have_text(sentence)
        await expect(field).to_have_value(words)
        await page.keyboard.press("Escape")
        await page.keyboard.press("Escape")  # the samples, then the toast
        await expect(toast).to_have_count(0)
    database = playground.world.store._database  # noqa: SLF001
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    await field.fill("привет " * 1000)
    await page.get_by_test_id("send").click()
    await expect(toast).to_have_text("Диск заполнен, или на него нельзя писать.")
    assert playground.world.messages(102) == []
