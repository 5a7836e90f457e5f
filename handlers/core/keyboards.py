"""The inline keyboards, but for those about a person's looks."""

from collections.abc import Iterable, Mapping

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.core.rows import button, column, marked, pairs
from handlers.texts import Say


def modes(
    say: Say, labels: Mapping[str, str], person_id: int, *, details: bool
) -> InlineKeyboardMarkup:
    """Offer the modes by their labels, and their `details`."""
    buttons = [button(label, "preset", name, person_id) for name, label in labels.items()]
    if details:
        buttons.append(button(say("modes-details"), "preset", "details", person_id))
    return column(buttons)


def choice(
    verb: str, labels: Mapping[str, str], current: str, person_id: int
) -> InlineKeyboardMarkup:
    """Offer the values by their labels; the present one is marked."""
    return column(
        [
            button(marked(label, value == current), verb, value, person_id)
            for value, label in labels.items()
        ]
    )


def styles(labels: Mapping[str, str], current: str, person_id: int) -> InlineKeyboardMarkup:
    """Offer the styles by their labels, two in a row; the present one is marked."""
    return pairs(
        [
            button(marked(label, name == current), "style", name, person_id)
            for name, label in labels.items()
        ]
    )


def ideas(say: Say, names: Iterable[str], person_id: int, *, more: bool) -> InlineKeyboardMarkup:
    """Offer ideas; `more`: there are others."""
    buttons = [button(say(f"idea-{name}"), "idea", name, person_id) for name in names]
    if more:
        buttons.append(button(say("ideas-more"), "ideas", person_id))
    return column(buttons)


def story(say: Say, name: str, person_id: int, *, more: bool) -> InlineKeyboardMarkup:
    """Offer a story of ours; `more`: there are others."""
    buttons = [button(say("story-draw"), "story", "draw", name, person_id)]
    if more:
        buttons.append(button(say("story-another"), "story", "another", name, person_id))
    return pairs(buttons)


def help_pages(say: Say, pages: Iterable[str], person_id: int) -> InlineKeyboardMarkup:
    return column([button(say(f"open-{page}"), "help", page, person_id) for page in pages])


def cancel(say: Say, job_id: int, person_id: int, *, english: bool = False) -> InlineKeyboardMarkup:
    """Offer to cancel a job; with `english` its words can be put right."""
    buttons = [_english(say, job_id, person_id)] if english else []
    return column([button(say("cancel-button"), "cancel", job_id, person_id), *buttons])


def partial_album(say: Say, count: int, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer the `count` pictures that a cancelled job had drawn."""
    return column([button(say("send-made", count=count), "made", job_id, person_id)])


def retry(say: Say, job_id: int, person_id: int, *, english: bool = False) -> InlineKeyboardMarkup:
    """Offer to draw a failed album once more; with `english` its words can be put right."""
    buttons = [_english(say, job_id, person_id)] if english else []
    return column([*buttons, button(say("retry"), "album", "retry", job_id, person_id)])


def unsent(say: Say, job_id: int, person_id: int, *, group: bool) -> InlineKeyboardMarkup:
    """Offer to send a drawn album to where this is asked; in a group to the private chat too."""
    here = button(say("send-again" if group else "send-here"), "unsent", "here", job_id, person_id)
    alone = button(say("send-alone"), "unsent", "alone", job_id, person_id)
    return column([here, alone] if group else [here])


def album(
    say: Say,
    count: int,
    job_id: int,
    person_id: int,
    *,
    finest: bool,
    held: bool = False,
    group: bool = False,
) -> InlineKeyboardMarkup:
    """Offer what can be done with an album, and with each of its pictures.

    `finest`: it is drawn in the best mode already. `held`: some of its pictures are blurred, or in
    a `group` left out.
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
            *([[_held(say, job_id, person_id, group=group)]] if held else []),
            anew,
            *(pictures[i : i + 6] for i in range(0, count, 6)),
            [
                button(say("album-files"), "album", "files", job_id, person_id),
                button(say("album-delete"), "album", "delete", job_id, person_id),
            ],
            [button(say("album-details"), "album", "details", job_id, person_id)],
        ]
    )


def held_files(say: Say, job_id: int, person_id: int) -> InlineKeyboardMarkup:
    """Offer the files of pictures that were held back."""
    return column([button(say("held-files"), "album", "bare", job_id, person_id)])


def _held(say: Say, job_id: int, person_id: int, *, group: bool) -> InlineKeyboardButton:
    verb = "alone" if group else "show"
    return button(say(f"held-{verb}"), "album", verb, job_id, person_id)


def back_to_album(
    say: Say, job_id: int, person_id: int, *, english: bool = False
) -> InlineKeyboardMarkup:
    """Lead back from the details; with `english` its words can be put right."""
    buttons = [_english(say, job_id, person_id)] if english else []
    return column([*buttons, button(say("picture-back"), "album", "back", job_id, person_id)])


def _english(say: Say, job_id: int, person_id: int) -> InlineKeyboardButton:
    return button(say("english-button"), "english", job_id, person_id)


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
