"""Every inline keyboard. A button's data ends with the id of its person."""

from collections.abc import Iterable, Mapping, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from db import MOST_FACES
from generation.character import CHOICES, Traits
from generation.modes import Likeness
from handlers.core.lengths import length
from handlers.texts import Say

IDEAS = {
    "astronaut": "an astronaut on the moon",
    "knight": "a knight in shining armour in front of a castle",
    "pirate": "a pirate captain on a ship at sunset",
    "chef": "a chef in a busy kitchen",
    "snow": "in the snow, wearing a red coat",
    "painting": "an oil painting in the style of an old master",
}
"""The prompt of each idea's button. A model is offered those whose words it knows."""

LABEL_BESIDE = 16
"""Most UTF-16 units of a label with another one beside it: a phone's screen shows no more."""


def which_face(
    say: Say, wish: str, face_id: int, person_id: int, *, more: bool
) -> InlineKeyboardMarkup:
    """Ask whether a face is the person; `wish` says what they want with it then."""
    buttons = [_button(say("face-mine"), "face", wish, face_id, person_id)]
    if more:
        buttons.append(_button(say("face-next"), "face", "next", wish, face_id, person_id))
    return _pairs(buttons)


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
        _button(str(number), "face", "into", face_id, old_id, person_id)
        for number, old_id in enumerate(swaps, 1)
    ]
    buttons = []
    if add:
        text = "face-add-anyway" if stranger else "face-add"
        buttons.append(_button(say(text), "face", "add", face_id, person_id))
    if stranger:
        buttons.append(_button(say("face-anew"), "face", "replace", face_id, person_id))
    buttons.append(_button(say("face-keep"), "face", "keep", person_id))
    if more:
        buttons.append(_button(say("face-next"), "face", "next", wish, face_id, person_id))
    return InlineKeyboardMarkup([*([into] if into else []), *_pairs(buttons).inline_keyboard])


def photos(say: Say, first_id: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer to add the offered faces, the first of which has this id."""
    return _pairs(
        [
            _button(say("face-add"), "face", "all", first_id, person_id),
            _button(say("face-keep"), "face", "keep", person_id),
        ]
    )


def card(say: Say, count: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer what can be done with the `count` photos of a character."""
    buttons = [_button(say("photos-swap"), "photos", "swap", person_id)]
    if count < MOST_FACES:
        buttons.insert(0, _button(say("photos-add"), "photos", "add", person_id))
    if count > 1:
        buttons.append(_button(say("photos-remove"), "photos", "choose", person_id))
    return _column(buttons)


def remove(say: Say, face_ids: Sequence[int], person_id: int) -> InlineKeyboardMarkup:
    """Offer to remove each of the photos, by its number."""
    numbers = [
        _button(f"🗑 {number}", "photos", "remove", face_id, person_id)
        for number, face_id in enumerate(face_ids, 1)
    ]
    return InlineKeyboardMarkup(
        [numbers, [_button(say("traits-back"), "photos", "back", person_id)]]
    )


def draft(say: Say, code: str, person_id: int) -> InlineKeyboardMarkup:
    """Offer to keep the traits that were read from a photo, `code`, to change or to leave them."""
    return _column(
        [
            _button(say(f"draft-{verb}"), "draft", verb, code, person_id)
            for verb in ("keep", "edit", "leave")
        ]
    )


def traits(say: Say, traits: Traits, person_id: int) -> InlineKeyboardMarkup:
    buttons = [
        _button(trait_line(say, traits, trait), "traits", "open", trait, person_id)
        for trait in CHOICES
    ]
    buttons.append(_button(say("trait-words"), "traits", "words", person_id))
    if traits.words:
        buttons.append(_button(say("trait-words-clear"), "traits", "clear", "words", person_id))
    buttons.append(_button(say("traits-done"), "traits", "done", person_id))
    return _column(buttons)


def trait_choices(say: Say, traits: Traits, trait: str, person_id: int) -> InlineKeyboardMarkup:
    """Offer the choices of a trait; the present one is marked."""
    current = getattr(traits, trait)
    choices = [
        _button(
            _marked(say(f"{trait}-{value}"), value == current),
            "traits", "set", trait, value, person_id,
        )
        for value in CHOICES[trait]
    ]  # fmt: skip
    unset = _marked(say("traits-clear"), current is None)
    return InlineKeyboardMarkup(
        [
            *_pairs(choices).inline_keyboard,
            [_button(unset, "traits", "clear", trait, person_id)],
            [_button(say("traits-back"), "traits", "back", person_id)],
        ]
    )


def trait_line(say: Say, traits: Traits, trait: str) -> str:
    value = getattr(traits, trait)
    shown = say(f"{trait}-{value}") if value else say("trait-unset")
    return say("trait-line", trait=say(f"trait-{trait}"), value=shown)


def modes(
    say: Say, labels: Mapping[str, str], person_id: int, *, details: bool
) -> InlineKeyboardMarkup:
    """Offer the modes by their labels, and their `details`."""
    buttons = [_button(label, "preset", name, person_id) for name, label in labels.items()]
    if details:
        buttons.append(_button(say("modes-details"), "preset", "details", person_id))
    return _column(buttons)


def likeness(say: Say, current: Likeness, person_id: int) -> InlineKeyboardMarkup:
    """Offer the levels of likeness; the present one is marked."""
    return _column(
        [
            _button(
                _marked(say(f"likeness-{level}"), level is current), "likeness", level, person_id
            )
            for level in Likeness
        ]
    )


def ideas(say: Say, names: Iterable[str], person_id: int) -> InlineKeyboardMarkup:
    return _pairs([_button(say(f"idea-{name}"), "idea", name, person_id) for name in names])


def cancel(say: Say, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    return _column([_button(say("cancel-button"), "cancel", job_id, person_id)])


def partial_album(say: Say, count: int, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer the `count` pictures that a cancelled job had drawn."""
    return _column([_button(say("send-made", count=count), "made", job_id, person_id)])


def retry(say: Say, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer to draw a failed album once more."""
    return _column([_button(say("retry"), "album", "retry", job_id, person_id)])


def unsent(say: Say, job_id: int, person_id: int, *, group: bool) -> InlineKeyboardMarkup:
    """Offer to send a drawn album to where this is asked; in a group to the private chat too."""
    here = _button(say("send-again" if group else "send-here"), "unsent", "here", job_id, person_id)
    alone = _button(say("send-alone"), "unsent", "alone", job_id, person_id)
    return _column([here, alone] if group else [here])


def album(
    say: Say, count: int, job_id: int, person_id: int, *, finest: bool
) -> InlineKeyboardMarkup:
    """Offer what can be done with an album, and with each of its pictures.

    `finest`: it is drawn in the best mode already.
    """
    anew = [_button(say("album-again"), "album", "again", job_id, person_id)]
    if not finest:
        anew.append(_button(say("album-quality"), "album", "quality", job_id, person_id))
    pictures = [
        _button(str(number), "picture", "open", job_id, number, person_id)
        for number in range(1, count + 1)
    ]
    return InlineKeyboardMarkup(
        [
            anew,
            *(pictures[i : i + 6] for i in range(0, count, 6)),
            [
                _button(say("album-files"), "album", "files", job_id, person_id),
                _button(say("album-delete"), "album", "delete", job_id, person_id),
            ],
        ]
    )


def picture(say: Say, job_id: int, number: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer what can be done with one picture."""

    def button(verb: str) -> InlineKeyboardButton:
        return _button(say(f"picture-{verb}"), "picture", verb, job_id, number, person_id)

    return InlineKeyboardMarkup(
        [[button("near")], [button("file"), button("large")], [button("back")]]
    )


def delete_album(say: Say, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    return _column(
        [
            _button(say("album-delete-yes"), "album", "erase", job_id, person_id),
            _button(say("picture-back"), "album", "back", job_id, person_id),
        ]
    )


def history(
    say: Say, job_ids: Mapping[int, int], page: int, person_id: int, *, more: bool
) -> InlineKeyboardMarkup:
    """Offer to send and to redraw each album of a page, by its number, and the pages beside it."""
    send = [
        _button(f"📤 {number}", "album", "send", job_id, person_id)
        for number, job_id in job_ids.items()
    ]
    repeat = [
        _button(f"🔁 {number}", "album", "again", job_id, person_id)
        for number, job_id in job_ids.items()
    ]
    pages = []
    if page:
        pages.append(_button(say("history-newer"), "history", page - 1, person_id))
    if more:
        pages.append(_button(say("history-older"), "history", page + 1, person_id))
    return InlineKeyboardMarkup([row for row in (send, repeat, pages) if row])


def send_again(say: Say, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    return _column(
        [
            _button(say("send-again"), "again", job_id, person_id),
            _button(say("arrived"), "arrived", job_id, person_id),
        ]
    )


def forget(say: Say, person_id: int) -> InlineKeyboardMarkup:
    return _column(
        [
            _button(say("forget-yes"), "forget", "yes", person_id),
            _button(say("forget-no"), "forget", "no", person_id),
        ]
    )


def to_private(say: Say, bot_username: str, command: str) -> InlineKeyboardMarkup:
    url = f"https://t.me/{bot_username}?start={command}"
    return _column([InlineKeyboardButton(say("to-private-button"), url=url)])


def _button(text: str, *data: object) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=":".join(str(part) for part in data))


def _marked(label: str, chosen: bool) -> str:  # noqa: FBT001 - it is the value
    return f"✅ {label}" if chosen else label


def _pairs(buttons: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Put two buttons in a row where neither label would be cut."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        row = rows[-1] if rows else []
        if len(row) == 1 and all(length(one.text) <= LABEL_BESIDE for one in (*row, button)):
            row.append(button)
        else:
            rows.append([button])
    return InlineKeyboardMarkup(rows)


def _column(buttons: Iterable[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button] for button in buttons])
