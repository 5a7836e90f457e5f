"""The keyboards of photos, traits and ideas: what holds is marked, and no label is cut."""

import pytest
from telegram import InlineKeyboardMarkup

from generation.character import CHOICES, Traits
from handlers.albums.ideas import PHOTOGRAPHED, POCKET, TALES
from handlers.core import keyboards, person_keyboards
from handlers.core.lengths import length
from handlers.person.help_pages import PAGES
from handlers.texts import Texts

ANN = 101
PHONE = {1: 34, 2: 16}
"""Most UTF-16 units of a label on a phone, by how many buttons share the row."""

LANGUAGES = sorted(Texts().languages)
CHOSEN = [
    Traits(),
    *(Traits(**{trait: value}) for trait, kind in CHOICES.items() for value in kind),  # type: ignore[arg-type]
    Traits(words="freckles"),
]


def labels(keyboard: InlineKeyboardMarkup) -> list[str]:
    return [button.text for row in keyboard.inline_keyboard for button in row]


def cut(keyboard: InlineKeyboardMarkup) -> list[str]:
    return [
        button.text
        for row in keyboard.inline_keyboard
        for button in row
        if length(button.text) > PHONE[len(row)]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_cut_on_a_phone(language: str) -> None:
    """Whatever is chosen, in every language."""
    say = Texts().say(language)
    all_of_them = [
        keyboards.ideas(say, (*POCKET, *PHOTOGRAPHED), ANN, more=True),
        keyboards.story(say, TALES[0], ANN, more=True),
        keyboards.help_pages(say, PAGES, ANN),
        *(person_keyboards.which_face(say, "take", 7, ANN, more=more) for more in (True, False)),
        *(
            person_keyboards.photo(
                say, "ask", 7, ANN, add=add, swaps=[], stranger=stranger, more=more
            )
            for add in (True, False)
            for stranger in (True, False)
            for more in (True, False)
        ),
        person_keyboards.photos(say, 7, ANN),
        *(person_keyboards.card(say, count, ANN) for count in range(1, 6)),
        person_keyboards.draft(say, "0" * len(CHOICES), ANN),
        *(person_keyboards.traits(say, traits, ANN) for traits in CHOSEN),
        *(
            person_keyboards.trait_choices(say, traits, trait, ANN)
            for trait in CHOICES
            for traits in CHOSEN
        ),
    ]
    assert [cut(keyboard) for keyboard in all_of_them if cut(keyboard)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("trait", list(CHOICES))
def test_the_present_choice_is_marked(language: str, trait: str) -> None:
    """One choice of a trait is marked: the one that holds, or that it is left to the photo."""
    say = Texts().say(language)
    for value in CHOICES[trait]:
        traits = Traits(**{trait: value})  # type: ignore[arg-type]
        marked = [
            label
            for label in labels(person_keyboards.trait_choices(say, traits, trait, ANN))
            if label.startswith("✅")
        ]
        assert marked == [f"✅ {say(f'{trait}-{value}')}"]
    marked = [
        label
        for label in labels(person_keyboards.trait_choices(say, Traits(), trait, ANN))
        if label.startswith("✅")
    ]
    assert marked == [f"✅ {say('traits-clear')}"]
