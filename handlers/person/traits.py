"""/traits: what the person looks like, as they choose it."""

from telegram import Message, Update

from generation.character import CHOICES, FREE_WORDS_LIMIT, Traits
from generation.errors import Refusal
from generation.words.decency.finding import find_in
from handlers.core import person_keyboards as keyboards
from handlers.core.buttons import message_of, one_of, pressed
from handlers.core.context import Context, message_in
from handlers.core.replies import acknowledge


class TraitWordsEmpty(Refusal):
    """There is no letter and no digit in the person's own words."""


class TraitWordsTooLong(Refusal):
    """The person's own words have more than FREE_WORDS_LIMIT characters."""


async def traits(update: Update, context: Context) -> None:
    """Show the editor."""
    character = await context.people.characters.active(context.person.id)
    await ask(message_in(update), context, character.traits)


async def ask(message: Message, context: Context, traits: Traits) -> None:
    """Reply with the editor."""
    await message.reply_text(
        editor_text(context, traits),
        reply_markup=keyboards.traits(context.say, traits, context.person.id),
    )


def editor_text(context: Context, traits: Traits) -> str:
    text = context.say("traits")
    if traits.words:
        text += "\n\n" + context.say("trait-words-line", words=traits.words)
    return text


async def open_(update: Update, context: Context) -> None:
    """Show one trait's choices."""
    query, (_, trait) = pressed(update, context, count=2)
    name = context.say(f"trait-{one_of(trait, CHOICES)}")
    character = await context.people.characters.active(context.person.id)
    await message_of(query).edit_text(
        name,
        reply_markup=keyboards.trait_choices(
            context.say, character.traits, trait, context.person.id
        ),
    )
    await acknowledge(query)


async def set_(update: Update, context: Context) -> None:
    query, (_, trait, value) = pressed(update, context, count=3)
    one_of(value, list(CHOICES[one_of(trait, CHOICES)]))
    await _store(update, context, trait, value)
    await acknowledge(query)


async def clear(update: Update, context: Context) -> None:
    """Leave the trait to the face, or have no words of one's own."""
    query, (_, trait) = pressed(update, context, count=2)
    await _store(update, context, one_of(trait, [*CHOICES, "words"]), None)
    await acknowledge(query)


async def back(update: Update, context: Context) -> None:
    query, _ = pressed(update, context, count=1)
    character = await context.people.characters.active(context.person.id)
    await _show(update, context, character.traits)
    await acknowledge(query)


async def done(update: Update, context: Context) -> None:
    query, _ = pressed(update, context, count=1)
    await message_of(query).edit_text(context.say("traits-saved"))
    await acknowledge(query)


async def words(update: Update, context: Context) -> None:
    """Ask for the person's own words."""
    query, _ = pressed(update, context, count=1)
    await context.people.users.await_next(context.person.id, "words")
    await message_of(query).reply_text(
        context.say("ask-trait-words", limit=FREE_WORDS_LIMIT), do_quote=False
    )
    await acknowledge(query)


async def save_words(message: Message, context: Context) -> None:
    """Save the person's own words, if they are still awaited.

    Raises TraitWordsEmpty, TraitWordsTooLong or SexualWithMinors, and awaits others.
    """
    words = " ".join((message.text or message.caption or "").split())
    if not any(letter.isalnum() for letter in words):
        raise TraitWordsEmpty
    if len(words) > FREE_WORDS_LIMIT:
        raise TraitWordsTooLong(length=len(words), limit=FREE_WORDS_LIMIT)
    find_in(words).refuse()
    if not await context.people.users.end_wait(context.person.id, "words"):
        await message.reply_text(context.say("not-understood"))
        return
    traits = await context.people.characters.set_trait(context.person.id, "words", words)
    await message.reply_text(context.say("trait-words-kept"))
    await ask(message, context, traits)


async def _store(update: Update, context: Context, trait: str, value: str | None) -> None:
    traits = await context.people.characters.set_trait(context.person.id, trait, value)
    await _show(update, context, traits)


async def _show(update: Update, context: Context, traits: Traits) -> None:
    await message_in(update).edit_text(
        editor_text(context, traits),
        reply_markup=keyboards.traits(context.say, traits, context.person.id),
    )
