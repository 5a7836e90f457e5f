from typing import Any

import pytest

from playground import Playground
from tests.support.bot_api import Api, upload

Json = dict[str, Any]
KEYBOARD = {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]}
UNCHANGED = "400 Bad Request: message is not modified: "


@pytest.fixture
async def text(api: Api) -> Json:
    message: Json = await api.ok("sendMessage", chat_id=101, text="old", reply_markup=KEYBOARD)
    return message


@pytest.fixture
async def photo(api: Api) -> Json:
    message: Json = await api.ok("sendPhoto", chat_id=101, photo=upload(), caption="old")
    return message


def at(message: Json) -> Json:
    return {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}


async def test_a_text_is_edited_in_its_place(playground: Playground, api: Api, text: Json) -> None:
    """The message keeps its id and date, and loses its keyboard unless it is given again."""
    edited = await api.ok("editMessageText", **at(text), text="new")
    assert (edited["message_id"], edited["text"]) == (text["message_id"], "new")
    assert edited["edit_date"] >= edited["date"]
    assert "reply_markup" not in edited
    assert playground.world.message(101, text["message_id"]) == edited


async def test_an_edit_that_changes_nothing_is_refused(api: Api, text: Json, photo: Json) -> None:
    """Text, keyboard, caption and picture alike."""
    same = {"text": "old", "reply_markup": KEYBOARD}
    assert (await api.refused("editMessageText", **at(text), **same)).startswith(UNCHANGED)
    for method, params in (
        ("editMessageReplyMarkup", at(text) | {"reply_markup": KEYBOARD}),
        ("editMessageReplyMarkup", at(photo)),
        ("editMessageCaption", at(photo) | {"caption": "old"}),
        (
            "editMessageMedia",
            at(photo)
            | {"media": {"type": "photo", "media": photo["photo"][0]["file_id"], "caption": "old"}},
        ),
    ):
        assert (await api.refused(method, **params)).startswith(UNCHANGED), method


async def test_a_keyboard_goes_without_a_mark(api: Api, text: Json) -> None:
    """Taking the buttons away is no edit that a person sees."""
    edited = await api.ok("editMessageReplyMarkup", **at(text))
    assert "reply_markup" not in edited
    assert "edit_date" not in edited
    assert edited["text"] == "old"


async def test_a_photo_and_its_caption_are_edited(api: Api, photo: Json) -> None:
    """Each alone: a new caption keeps the picture, a new picture drops the caption."""
    edited = await api.ok("editMessageCaption", **at(photo), caption="new")
    assert edited["caption"] == "new"
    assert edited["photo"] == photo["photo"]
    media = {"type": "photo", "media": "attach://new"}
    edited = await api.ok("editMessageMedia", **at(photo), media=media, new=upload(64, 64))
    assert edited["photo"][-1]["width"] == 64
    assert "caption" not in edited


async def test_a_picture_may_take_a_texts_place(api: Api, text: Json) -> None:
    """The text goes, the message stays."""
    media = {"type": "photo", "media": "attach://new"}
    edited = await api.ok("editMessageMedia", **at(text), media=media, new=upload())
    assert "text" not in edited
    assert edited["photo"]


async def test_what_can_not_be_edited_is_refused(
    playground: Playground, api: Api, text: Json, photo: Json
) -> None:
    """Other people's messages, missing ones, and a text that is none."""
    hers = await playground.send_text(101, 101, "mine")
    for params, reason in (
        (at(hers), "message can't be edited"),
        ({"chat_id": 101, "message_id": 999}, "message to edit not found"),
        (at(photo), "there is no text in the message to edit"),
    ):
        refusal = await api.refused("editMessageText", **params, text="x")
        assert refusal == f"400 Bad Request: {reason}"
    refusal = await api.refused("editMessageCaption", **at(text), caption="x")
    assert refusal == "400 Bad Request: there is no caption in the message to edit"


async def test_an_album_has_no_keyboard(api: Api) -> None:
    """Not even by a later edit."""
    media = [{"type": "photo", "media": "attach://a"}] * 2
    messages = await api.ok("sendMediaGroup", chat_id=101, media=media, a=upload())
    params = at(messages[0]) | {"reply_markup": KEYBOARD}
    assert "message can't be edited" in await api.refused("editMessageReplyMarkup", **params)


async def test_messages_are_deleted(playground: Playground, api: Api, text: Json) -> None:
    """One or several, the bot's own and in private the person's."""
    hers = await playground.send_text(101, 101, "mine")
    await api.ok("deleteMessage", **at(text))
    ids = [hers["message_id"], 999]
    with playground.world.feed.listen() as events:
        await api.ok("deleteMessages", chat_id=101, message_ids=ids)
        assert events.get_nowait() == ("deleted", {"chat_id": 101, "message_ids": ids[:1]})
    left = {message["message_id"] for message in playground.world.messages(101)}
    assert not left & {text["message_id"], hers["message_id"]}
    refusal = await api.refused("deleteMessage", **at(text))
    assert refusal == "400 Bad Request: message to delete not found"
    assert "1-100" in await api.refused("deleteMessages", chat_id=101, message_ids=[])


async def test_in_a_group_others_messages_stay(playground: Playground, api: Api) -> None:
    """The bot is no administrator there."""
    hers = await playground.send_text(101, -4_200_001, "mine")
    refusal = await api.refused("deleteMessage", **at(hers))
    assert refusal == "400 Bad Request: message can't be deleted for everyone"


async def test_the_bot_reacts(playground: Playground, api: Api, text: Json) -> None:
    """With one emoji of Telegram's list, which it may take back."""
    like = [{"type": "emoji", "emoji": "👍"}]
    await api.ok("setMessageReaction", **at(text), reaction=like)
    assert playground.world.reactions(101, text["message_id"]) == ["👍"]
    await api.ok("setMessageReaction", **at(text))
    assert playground.world.reactions(101, text["message_id"]) == []
    for reaction, reason in (
        ([{"type": "emoji", "emoji": "🧀"}], "REACTION_INVALID"),
        ([{"type": "paid"}], "REACTION_INVALID"),
        (like * 2, "REACTIONS_TOO_MANY"),
    ):
        assert reason in await api.refused("setMessageReaction", **at(text), reaction=reaction)
    missing = {"chat_id": 101, "message_id": 999, "reaction": like}
    assert "message to react not found" in await api.refused("setMessageReaction", **missing)
