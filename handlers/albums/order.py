"""What a reading orders: its options, and for the rest what its person has chosen."""

import secrets
from collections.abc import Collection, Mapping, Sequence

from generation.errors import NoWords, Refusal
from generation.request import AlbumOrder
from generation.sizes import Size
from generation.words.languages import foreign_language
from generation.words.reading import LORA, SEEDS, Reading, read
from generation.words.translator import LanguageUnread
from generation.words.writer import SCENE_BAR
from handlers.albums import modes, styles
from handlers.albums.choice import GIVEN_SHOWN
from handlers.albums.sizes import SIZE
from handlers.core.context import Context
from handlers.core.lengths import shortened
from handlers.core.phrases import mode_name

WORDS_LIMIT = 1000
"""Characters of a request. The model reads about 300: a longer one is a slip, not a wish."""


class WordsTooLong(Refusal):
    """The words have more than WORDS_LIMIT characters."""


class OnlyLoras(Refusal):
    """The request names LoRAs and nothing to draw. Fields: given, one of them as it is written."""


class NoSuchLora(Refusal):
    """It names nothing but a LoRA that is not there. Fields: given; known, or `none`."""


def read_request(context: Context, text: str) -> Reading:
    """Read a request with the names that options may have here. Raises as `read`."""
    return read(text, option_names(context))


def option_names(context: Context) -> Mapping[str, Collection[str]]:
    """Give what `--preset`, `--style`, `--size` and `<lora:...>` may name, in every language."""
    names, says = context.drawing.modes, context.says
    return {
        "preset": [*names, *(mode_name(say, name) for name in names for say in says)],
        "style": styles.names(context),
        LORA: context.drawing.loras,
        "size": [say(f"size-{size}") for size in Size for say in says],
    }


async def order_of(context: Context, reading: Reading, *, scenes: Sequence[str] = ()) -> AlbumOrder:
    """Compose an order; what the reading leaves open is as its person likes it.

    Raises as `check_words`, LanguageUnread, UnknownMode, UnknownStyle, LoraNoStyle, StyleNotDrawn
    and UnknownSize.
    """
    check_words(reading, *scenes)
    options = reading.options
    words = key_of(reading.words, scenes)
    corrected = await context.people.corrections.of(context.person.id, words)
    if not corrected:
        refuse_foreign(words)
    return AlbumOrder(
        words=reading.words,
        mode=modes.named(context, options.preset) if options.preset else context.mode,
        seed=secrets.randbelow(SEEDS) if options.seed is None else options.seed,
        count=len(scenes) or options.count or context.drawing.album_size,
        style=styles.named(context, options.style) if options.style else context.style,
        size=SIZE.named(context, options.size) if options.size else context.person.size,
        scenes=tuple(scenes),
        english=corrected,
        loras=reading.loras,
        remarks=reading.remarks,
    )


def key_of(words: str, scenes: Sequence[str]) -> str:
    """Give what a correction is remembered by."""
    return f" {SCENE_BAR} ".join(scenes) or words


def refuse_foreign(words: str) -> None:
    """Raises LanguageUnread: whoever writes a third language need not wait for the worker."""
    if language := foreign_language(words):
        raise LanguageUnread(words=shortened(words, GIVEN_SHOWN), language=language)


def check_words(reading: Reading, *scenes: str) -> None:
    """Raises NoWords, OnlyLoras, NoSuchLora and WordsTooLong: of a scene, as of an album."""
    longest = max(map(len, scenes or (reading.words,)))
    if longest > WORDS_LIMIT:
        raise WordsTooLong(length=longest, limit=WORDS_LIMIT)
    if not reading.says_something:
        raise without_words(reading)


def without_words(reading: Reading) -> Refusal:
    """Give the refusal of a request that has no words: it names the LoRAs that it has instead."""
    for remark in reading.remarks:
        if remark.kind in {"lora-unknown", "lora-none"}:
            return NoSuchLora(
                given=shortened(remark.given, GIVEN_SHOWN),
                known=shortened(remark.taken, styles.LORAS_SHOWN) or "none",
            )
    return OnlyLoras(given=str(reading.loras[0])) if reading.loras else NoWords()
