"""Ideas of what to draw: those that the model at hand draws well, six at a time."""

from collections.abc import Collection, Sequence
from random import sample

from telegram import InlineKeyboardMarkup, Update

from db import NoCharacter
from generation.errors import NoWords
from generation.words.vocabulary import EVERY_WORD, Vocabulary
from handlers.core import keyboards
from handlers.core.buttons import message_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.replies import acknowledge, replying_to
from handlers.texts import FALLBACK, Say, Texts

AT_ONCE = 6
"""Ideas of one offer: their buttons are as high as half a phone's screen."""

POCKET = (
    *("astronaut", "galaxy", "reef", "knight", "quest", "captain", "island", "treasure"),
    *("chef", "baker", "wizard", "witch", "king", "queen", "princess", "detective"),
    *("superhero", "sailor", "pilot", "aviator", "samurai", "blossom", "painter", "rockstar"),
    *("guitar", "scientist", "explorer", "dunes", "viking", "cowboy", "firefighter", "gardener"),
    *("snow", "oil-king", "watercolour", "pencil"),
)
"""The text `idea-<name>` is a sign and the words. The pocket model's arrive: its reader sees all
that they name in at least five of six pictures. `python -m benchmarks.ideas` counts that."""

PHOTOGRAPHED = (
    *("jazz", "summit", "ronin", "fencer", "vineyard", "noir", "regatta", "renaissance"),
    *("rally", "tea", "lighthouse", "northern", "chess", "airfield", "florist", "conductor"),
    *("safari", "scholar", "rain", "clockmaker", "longship", "bread", "stage", "orbit"),
)
"""For models that know every word: one person, clothes and a place of which there are many
photographs, and nothing that hides a face."""

TALES = ("tale-pirate", "tale-travels", "tale-knight")
"""Stories, as texts of their own, that both kinds of model draw."""


def ideas_for(vocabulary: Vocabulary, texts: Texts) -> Sequence[str]:
    """Choose the ideas that a model can be asked for, by the words that it knows."""
    if vocabulary == EVERY_WORD:
        return PHOTOGRAPHED
    return _known(POCKET, vocabulary, texts)


def tales_for(vocabulary: Vocabulary, texts: Texts) -> Sequence[str]:
    """Choose the stories that a model can be asked for."""
    return _known(TALES, vocabulary, texts)


def _known(names: Sequence[str], vocabulary: Vocabulary, texts: Texts) -> Sequence[str]:
    say = texts.say(FALLBACK)
    return [name for name in names if not vocabulary.unknown(words_of(say, name))]


def words_of(say: Say, name: str) -> str:
    """Give the words of an idea, or the scenes of a story, without the sign before them."""
    return say(name if name in TALES else f"idea-{name}").partition(" ")[2]


def english_of(context: Context, name: str) -> str:
    """Give them in English for a person who reads them in another language; else nothing.

    They need no translator, and the model reads what was tried out.
    """
    english = words_of(context.services.texts.say(FALLBACK), name)
    return "" if english == words_of(context.say, name) else english


def choose(known: Sequence[str], offered: Collection[str]) -> list[str]:
    """Choose six by lot: not those that were offered before, as long as there are others."""
    new = [name for name in known if name not in offered]
    old = [name for name in known if name in offered]
    first = sample(new, min(AT_ONCE, len(new)))
    return first + sample(old, min(AT_ONCE - len(first), len(old)))


async def offer(update: Update, context: Context) -> None:
    """Offer six ideas. Raises NoCharacter, and NoWords if there are none."""
    message = message_in(update)
    if not await context.people.characters.exists(context.person.id):
        raise NoCharacter
    if not context.drawing.ideas:
        raise NoWords
    await message.reply_text(
        context.say("ideas"),
        reply_markup=await _keyboard(context),
        reply_parameters=replying_to(message.message_id),
    )


async def others(update: Update, context: Context) -> None:
    """Offer six others in place of those in the message."""
    query, _ = pressed(update, context, count=0)
    await acknowledge(query)
    await message_of(query).edit_text(context.say("ideas"), reply_markup=await _keyboard(context))


async def _keyboard(context: Context) -> InlineKeyboardMarkup:
    """Choose six and note them: the next six are others."""
    known, person = context.drawing.ideas, context.person
    chosen = choose(known, person.ideas)
    await context.people.users.offer_ideas(person.id, chosen)
    more = len(known) > AT_ONCE
    return keyboards.ideas(context.say, chosen, person.id, more=more)
