"""The inline keyboards, but for those about a person's looks."""

from collections.abc import Iterable, Mapping

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from generation.modes import Likeness
from handlers.core.rows import button, column, marked, pairs
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


def modes(
    say: Say, labels: Mapping[str, str], person_id: int, *, details: bool
) -> InlineKeyboardMarkup:
    """Offer the modes by their labels, and their `details`."""
    buttons = [button(label, "preset", name, person_id) for name, label in labels.items()]
    if details:
        buttons.append(button(say("modes-details"), "preset", "details", person_id))
    return column(buttons)


def likeness(say: Say, current: Likeness, person_id: int) -> InlineKeyboardMarkup:
    """Offer the levels of likeness; the present one is marked."""
    return column(
        [
            button(marked(say(f"likeness-{level}"), level is current), "likeness", level, person_id)
            for level in Likeness
        ]
    )


def ideas(say: Say, names: Iterable[str], person_id: int) -> InlineKeyboardMarkup:
    return pairs([button(say(f"idea-{name}"), "idea", name, person_id) for name in names])


def cancel(say: Say, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    return column([button(say("cancel-button"), "cancel", job_id, person_id)])


def partial_album(say: Say, count: int, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer the `count` pictures that a cancelled job had drawn."""
    return column([button(say("send-made", count=count), "made", job_id, person_id)])


def retry(say: Say, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer to draw a failed album once more."""
    return column([button(say("retry"), "album", "retry", job_id, person_id)])


def unsent(say: Say, job_id: int, person_id: int, *, group: bool) -> InlineKeyboardMarkup:
    """Offer to send a drawn album to where this is asked; in a group to the private chat too."""
    here = button(say("send-again" if group else "send-here"), "unsent", "here", job_id, person_id)
    alone = button(say("send-alone"), "unsent", "alone", job_id, person_id)
    return column([here, alone] if group else [here])


def album(
    say: Say, count: int, job_id: int, person_id: int, *, finest: bool
) -> InlineKeyboardMarkup:
    """Offer what can be done with an album, and with each of its pictures.

    `finest`: it is drawn in the best mode already.
    """
    anew = [button(say("album-again"), "album", "again", job_id, person_id)]
    if not finest:
        anew.append(button(say("album-quality"), "album", "quality", job_id, person_id))
    pictures = [
        button(str(number), "picture", "open", job_id, number, person_id)
        for number in range(1, count + 1)
    ]
    return InlineKeyboardMarkup(
        [
            anew,
            *(pictures[i : i + 6] for i in range(0, count, 6)),
            [
                button(say("album-files"), "album", "files", job_id, person_id),
                button(say("album-delete"), "album", "delete", job_id, person_id),
            ],
        ]
    )


def picture(say: Say, job_id: int, number: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer what can be done with one picture."""

    def to(verb: str) -> InlineKeyboardButton:
        return button(say(f"picture-{verb}"), "picture", verb, job_id, number, person_id)

    return InlineKeyboardMarkup([[to("near")], [to("file"), to("large")], [to("back")]])


def delete_album(say: Say, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    return column(
        [
            button(say("album-delete-yes"), "album", "erase", job_id, person_id),
            button(say("picture-back"), "album", "back", job_id, person_id),
        ]
    )


def history(
    say: Say, job_ids: Mapping[int, int], page: int, person_id: int, *, more: bool
) -> InlineKeyboardMarkup:
    """Offer to send and to redraw each album of a page, by its number, and the pages beside it."""
    send = [
        button(f"📤 {number}", "album", "send", job_id, person_id)
        for number, job_id in job_ids.items()
    ]
    repeat = [
        button(f"🔁 {number}", "album", "again", job_id, person_id)
        for number, job_id in job_ids.items()
    ]
    pages = []
    if page:
        pages.append(button(say("history-newer"), "history", page - 1, person_id))
    if more:
        pages.append(button(say("history-older"), "history", page + 1, person_id))
    return InlineKeyboardMarkup([row for row in (send, repeat, pages) if row])


def send_again(say: Say, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    return column(
        [
            button(say("send-again"), "again", job_id, person_id),
            button(say("arrived"), "arrived", job_id, person_id),
        ]
    )


def forget(say: Say, person_id: int) -> InlineKeyboardMarkup:
    return column(
        [
            button(say("forget-yes"), "forget", "yes", person_id),
            button(say("forget-no"), "forget", "no", person_id),
        ]
    )


def to_private(say: Say, bot_username: str, command: str) -> InlineKeyboardMarkup:
    url = f"https://t.me/{bot_username}?start={command}"
    return column([InlineKeyboardButton(say("to-private-button"), url=url)])
