import io

import pytest
from PIL import Image
from telegram.constants import ReactionEmoji

from playground import Playground, UploadedFile
from playground.api.reactions import EMOJI
from tests.support.bot_api import Api, picture, upload


def button(**fields: object) -> dict[str, object]:
    return {"inline_keyboard": [[fields]]}


async def test_a_message_arrives(playground: Playground, api: Api) -> None:
    """A text is trimmed, kept and given back as the bot's own."""
    message = await api.ok("sendMessage", chat_id=101, text="  Hello, /start @ann \n")
    assert message["text"] == "Hello, /start @ann"
    assert message["from"]["id"] == (await api.ok("getMe"))["id"]
    assert [e["type"] for e in message["entities"]] == ["bot_command", "mention"]
    assert playground.world.messages(101)[-1] == message


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": "  \n "}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"chat_id": 999}, "chat not found"),
        ({"chat_id": 102}, "chat not found"),
        ({"chat_id": "@ann"}, "chat not found"),
        ({"parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"message_thread_id": 5}, "message thread not found"),
        ({"reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"reply_parameters": {}}, "can't parse ReplyParameters: message_id is required"),
        ({"reply_parameters": {"message_id": 1, "quote": "bye"}}, "QUOTE_TEXT_INVALID"),
        ({"entities": [{"type": "bold", "offset": 0, "length": 9}]}, "can't parse entities"),
        ({"entities": [{"type": "loud", "offset": 0, "length": 1}]}, "can't parse MessageEntity"),
        ({"reply_markup": button(callback_data="a")}, 'Can\'t find field "text"'),
        ({"reply_markup": button(text=" ", callback_data="a")}, "Text must be non-empty"),
        ({"reply_markup": button(text=5, callback_data="a")}, 'Field "text" must be of type'),
        ({"reply_markup": button(text="a")}, "Text buttons are unallowed"),
        ({"reply_markup": button(text="a", callback_data="")}, "Text buttons are unallowed"),
        ({"reply_markup": button(text="a", callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": button(text="a", callback_data="я" * 33)}, "BUTTON_DATA_INVALID"),
        (
            {"reply_markup": button(text="a", callback_data="a", url="https://example.com")},
            "Exactly one of the optional fields must be used",
        ),
        ({"reply_markup": button(text="a", url="ftp://example.com")}, "Unsupported URL protocol"),
        ({"reply_markup": button(text="a", url="http://localhost")}, "Wrong HTTP URL"),
        ({"reply_markup": button(text="a", callback_data="a", colour="red")}, "Unknown field"),
        ({"reply_markup": {"keyboard": [["a"]]}}, "only inline keyboards are supported"),
    ],
)
async def test_a_bad_message_is_refused(
    playground: Playground, api: Api, params: dict[str, object], reason: str
) -> None:
    """Each rule is held in Telegram's words, and nothing is sent."""
    before = playground.world.messages(101)
    refusal = await api.refused("sendMessage", **{"chat_id": 101, "text": "hi", **params})
    assert refusal.startswith("400 Bad Request: ")
    assert reason in refusal
    assert playground.world.messages(101) == before


async def test_what_is_at_the_limit_is_accepted(api: Api) -> None:
    """4096 characters, 1024 in a caption and 64 bytes in a button are fine."""
    keyboard = button(text="a", callback_data="я" * 32)
    await api.ok("sendMessage", chat_id=101, text="x" * 4096, reply_markup=keyboard)
    await api.ok("sendMessage", chat_id=101, text="go", reply_markup=button(text="a", url="t.me/x"))
    await api.ok("sendPhoto", chat_id=101, photo=upload(), caption="x" * 1024)
    refusal = await api.refused("sendPhoto", chat_id=101, photo=upload(), caption="x" * 1025)
    assert refusal == "400 Bad Request: message caption is too long"


async def test_a_reply_shows_what_it_answers(playground: Playground, api: Api) -> None:
    """One level deep; without the message only where that is allowed."""
    question = await playground.send_text(101, 101, "Why?")
    reply = {"message_id": question["message_id"]}
    answer = await api.ok("sendMessage", chat_id=101, text="So.", reply_parameters=reply)
    assert answer["reply_to_message"] == question
    deeper = await playground.send_text(101, 101, "Oh", reply_to=answer["message_id"])
    assert "reply_to_message" not in deeper["reply_to_message"]
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    alone = await api.ok("sendMessage", chat_id=101, text="So.", reply_parameters=lenient)
    assert "reply_to_message" not in alone


@pytest.mark.parametrize(
    ("sides", "sizes"),
    [
        ((512, 512), [(90, 90), (320, 320), (512, 512)]),
        ((3000, 1500), [(90, 45), (320, 160), (800, 400), (1280, 640)]),
        ((64, 48), [(64, 48)]),
        ((1280, 640), [(90, 45), (320, 160), (800, 400), (1280, 640)]),
    ],
)
async def test_a_photo_is_kept_in_several_sizes(
    playground: Playground, api: Api, sides: tuple[int, int], sizes: list[tuple[int, int]]
) -> None:
    """JPEGs of the same shape, none larger than what was sent."""
    message = await api.ok("sendPhoto", chat_id=101, photo=upload(*sides))
    assert [(size["width"], size["height"]) for size in message["photo"]] == sizes
    for size in message["photo"]:
        with Image.open(io.BytesIO(playground.world.file(size["file_id"]))) as image:
            assert image.format == "JPEG"
            assert image.size == (size["width"], size["height"])


async def test_a_photo_stands_upright(playground: Playground) -> None:
    """A camera's turned picture is turned back, and its metadata is gone."""
    exif = Image.Exif()
    exif[0x0112] = 6
    target = io.BytesIO()
    Image.new("RGB", (400, 200)).save(target, "JPEG", exif=exif)
    message = await playground.send_photo(101, 101, target.getvalue())
    largest = message["photo"][-1]
    assert (largest["width"], largest["height"]) == (200, 400)
    with Image.open(io.BytesIO(playground.world.file(largest["file_id"]))) as image:
        assert not image.getexif()


@pytest.mark.parametrize(
    ("photo", "reason"),
    [
        (UploadedFile("a.jpg", b"words"), "IMAGE_PROCESS_FAILED"),
        (UploadedFile("a.png", picture()[:100]), "IMAGE_PROCESS_FAILED"),
        (UploadedFile("a.png", b""), "file must be non-empty"),
        (UploadedFile("a.png", bytes(10 * 1024 * 1024 + 1)), "file is too big"),
        (upload(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (upload(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        ("", "there is no photo in the request"),
        ("attach://nowhere", "there is no photo in the request"),
        ("nonsense", "wrong file identifier/HTTP URL specified"),
        ("https://example.com/a.jpg", "failed to get HTTP URL content"),
    ],
)
async def test_a_bad_photo_is_refused(api: Api, photo: object, reason: str) -> None:
    """What is no photo to Telegram is none here."""
    assert reason in await api.refused("sendPhoto", chat_id=101, photo=photo)


async def test_a_photo_at_the_limit_is_accepted(api: Api) -> None:
    """Sides of 10,000 pixels together, and 20 to 1, are fine."""
    await api.ok("sendPhoto", chat_id=101, photo=upload(9000, 1000))
    await api.ok("sendPhoto", chat_id=101, photo=upload(2000, 100))


async def test_a_file_can_be_sent_again_by_its_id(playground: Playground, api: Api) -> None:
    """Any size of a photo stands for it; photos and documents are not the same."""
    photo = (await playground.send_photo(101, 101, picture()))["photo"]
    again = await api.ok("sendPhoto", chat_id=101, photo=photo[0]["file_id"])
    assert again["photo"] == photo
    document = (await api.ok("sendDocument", chat_id=101, document=upload()))["document"]
    again = await api.ok("sendDocument", chat_id=101, document=document["file_id"])
    assert again["document"] == document
    assert await api.refused("sendPhoto", chat_id=101, photo=document["file_id"]) == (
        "400 Bad Request: can't use file of type Document as Photo"
    )


async def test_a_document_is_kept_as_it_is(playground: Playground, api: Api) -> None:
    """Bytes, name and type; a picture has a thumbnail besides."""
    data = picture(700, 500)
    sent = UploadedFile("портрет.png", data)
    document = (await api.ok("sendDocument", chat_id=101, document=sent))["document"]
    assert playground.world.file(document["file_id"]) == data
    assert (document["file_name"], document["mime_type"]) == ("портрет.png", "image/png")
    assert document["thumbnail"]["width"] == 320
    plain = UploadedFile("a.bin", b"words")
    assert (
        "thumbnail" not in (await api.ok("sendDocument", chat_id=101, document=plain))["document"]
    )


def item(media: str = "attach://a", kind: str = "photo", **fields: object) -> dict[str, object]:
    return {"type": kind, "media": media, **fields}


async def test_an_album_is_several_messages_of_one_group(playground: Playground, api: Api) -> None:
    """Six photos, in order, the caption where it was put."""
    names = [f"picture{number}" for number in range(6)]
    media = [item(f"attach://{name}") for name in names]
    media[0] |= {"caption": "<b>Six</b>", "parse_mode": "HTML"}
    files = {name: upload(100 + 10 * number) for number, name in enumerate(names)}
    messages = await api.ok("sendMediaGroup", chat_id=101, media=media, **files)
    assert [m["photo"][-1]["width"] for m in messages] == [100, 110, 120, 130, 140, 150]
    assert len({m["media_group_id"] for m in messages}) == 1
    assert messages[0]["caption"] == "Six"
    assert messages[0]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert playground.world.messages(101)[-6:] == messages


@pytest.mark.parametrize(
    ("media", "reason"),
    [
        ([], "there are no messages to send"),
        ([item()], "too few messages to send as an album"),
        ([item()] * 11, "too many messages to send as an album"),
        ([item(), item(kind="document")], "document can't be mixed with other media types"),
        ([item(), item("attach://b")], "can't parse InputMedia: media not found"),
        ([item(), item(kind="sticker")], 'type "sticker" is unsupported'),
        ([item(), item(captoin="x")], 'unknown field "captoin"'),
        ([item(), "attach://a"], "expected an Object"),
        ([item(), item(caption="<b>", parse_mode="HTML")], "can't parse entities"),
        ([item(), item(caption="x" * 1025)], "message caption is too long"),
    ],
)
async def test_a_bad_album_is_refused_as_a_whole(
    playground: Playground, api: Api, media: list[object], reason: str
) -> None:
    """Not a single picture of it is sent."""
    before = playground.world.messages(101)
    refusal = await api.refused("sendMediaGroup", chat_id=101, media=media, a=upload())
    if "attach://a" in str(media):
        assert reason in refusal
    else:
        assert refusal.startswith("400")
    assert playground.world.messages(101) == before


async def test_an_upload_that_nothing_refers_to_is_refused(api: Api) -> None:
    """A misspelt attachment is found out."""
    refusal = await api.refused("sendMessage", chat_id=101, text="hi", stray=upload())
    assert refusal == '400 Bad Request: unknown parameter "stray"'


async def test_a_chat_action_is_one_of_the_list(playground: Playground, api: Api) -> None:
    """The page hears of it; an invented one is refused."""
    with playground.world.feed.listen() as events:
        await api.ok("sendChatAction", chat_id=101, action="upload_photo")
        assert events.get_nowait() == ("action", {"chat_id": 101, "action": "upload_photo"})
    refusal = await api.refused("sendChatAction", chat_id=101, action="think")
    assert refusal == "400 Bad Request: wrong parameter action in request"


async def test_a_person_writes_what_an_app_can_send(playground: Playground) -> None:
    """A text of 5,000 characters goes in two messages."""
    first = await playground.send_text(101, 101, "/generate " + "x" * 4990)
    assert len(first["text"]) == 4096
    assert len(playground.world.messages(101)) == 2


def test_every_reaction_of_telegram_is_known() -> None:
    """The list is the one that python-telegram-bot knows, and no other emoji passes."""
    assert {emoji.value for emoji in ReactionEmoji} == EMOJI
