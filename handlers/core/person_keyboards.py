"""The inline keyboards about a person's photos and traits."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from db import MOST_FACES
from generation.character import CHOICES, Traits
from handlers.core.rows import button, column, marked, pairs
from handlers.texts import Say


def consent(say: Say, person_id: int) -> InlineKeyboardMarkup:
    """Let the person say that the photo is of them, or may be used."""
    return column([button(say("consent-button"), "consent", "yes", person_id)])


def which_face(
    say: Say, wish: str, face_id: int, person_id: int, *, more: bool
) -> InlineKeyboardMarkup:
    """Ask whether a face is the person; `wish` says what they want with it then."""
    buttons = [button(say("face-mine"), "face", wish, face_id, person_id)]
    if more:
        buttons.append(button(say("face-next"), "face", "next", wish, face_id, person_id))
    return pairs(buttons)


def photo(
    say: Say,
    wish: str,
    face_id: int,
    person_id: int,
    *,
    add: bool,
    swaps: Sequence[int],
    stranger: bool,
    more: bool,
) -> InlineKeyboardMarkup:
    """Offer to add a face, to put it in place of one of `swaps`, or to leave it.

    Of a `stranger`, offer to have no other face from now on.
    """
    into = [
        button(str(number), "face", "into", face_id, old_id, person_id)
        for number, old_id in enumerate(swaps, 1)
    ]
    buttons = []
    if add:
        text = "face-add-anyway" if stranger else "face-add"
        buttons.append(button(say(text), "face", "add", face_id, person_id))
    if stranger:
        buttons.append(button(say("face-anew"), "face", "replace", face_id, person_id))
    buttons.append(button(say("face-keep"), "face", "keep", face_id, person_id))
    if more:
        buttons.append(button(say("face-next"), "face", "next", wish, face_id, person_id))
    return InlineKeyboardMarkup([*([into] if into else []), *pairs(buttons).inline_keyboard])


def photos(say: Say, first_id: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer to add the offered faces, the first of which has this id."""
    return pairs(
        [
            button(say("face-add"), "face", "all", first_id, person_id),
            button(say("face-keep"), "face", "keep", first_id, person_id),
        ]
    )


def card(say: Say, count: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer what can be done with the `count` photos of a character."""
    buttons = [button(say("photos-swap"), "photos", "swap", person_id)]
    if count < MOST_FACES:
        buttons.insert(0, button(say("photos-add"), "photos", "add", person_id))
    if count > 1:
        buttons.append(button(say("photos-remove"), "photos", "choose", person_id))
    return column(buttons)


def remove(say: Say, face_ids: Sequence[int], person_id: int) -> InlineKeyboardMarkup:
    """Offer to remove each of the photos, by its number."""
    numbers = [
        button(f"🗑 {number}", "photos", "remove", face_id, person_id)
        for number, face_id in enumerate(face_ids, 1)
    ]
    return InlineKeyboardMarkup(
        [numbers, [button(say("traits-back"), "photos", "back", person_id)]]
    )


def draft(say: Say, code: str, person_id: int) -> InlineKeyboardMarkup:
    """Offer to keep the traits that were read from a photo, `code`, to change or to leave them."""
    return column(
        [
            button(say(f"draft-{verb}"), "draft", verb, code, person_id)
            for verb in ("keep", "edit", "leave")
        ]
    )


def traits(say: Say, traits: Traits, person_id: int) -> InlineKeyboardMarkup:
    buttons = [
        button(trait_line(say, traits, trait), "traits", "open", trait, person_id)
        for trait in CHOICES
    ]
    buttons.append(button(say("trait-words"), "traits", "words", person_id))
    if traits.words:
        buttons.append(button(say("trait-words-clear"), "traits", "clear", "words", person_id))
    buttons.append(button(say("traits-done"), "traits", "done", person_id))
    return column(buttons)


def trait_choices(say: Say, traits: Traits, trait: str, person_id: int) -> InlineKeyboardMarkup:
    """Offer the choices of a trait; the present one is marked."""
    current = getattr(traits, trait)
    choices = [
        button(
            marked(say(f"{trait}-{value}"), value == current),
            "traits", "set", trait, value, person_id,
        )
        for value in CHOICES[trait]
    ]  # fmt: skip
    unset = marked(say("traits-clear"), current is None)
    return InlineKeyboardMarkup(
        [
            *pairs(choices).inline_keyboard,
            [button(unset, "traits", "clear", trait, person_id)],
            [button(say("traits-back"), "traits", "back", person_id)],
        ]
    )


def trait_line(say: Say, traits: Traits, trait: str) -> str:
    value = getattr(traits, trait)
    shown = say(f"{trait}-{value}") if value else say("trait-unset")
    return say("trait-line", trait=say(f"trait-{trait}"), value=shown)
