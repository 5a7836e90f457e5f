"""The cards on which the owner decides who is let in: what they say, and their buttons."""

from telegram import InlineKeyboardMarkup

from db import Decision, Group, Guest, Standing
from handlers.core.names import person_html, title_html
from handlers.core.rows import button, column
from handlers.texts import Say

OWN_LIMIT = 10
"""Albums a day of a person who is let in with a limit of their own."""


def person_card(say: Say, guest: Guest) -> str:
    """Say in HTML who asks, and, where that is so, what was decided since."""
    asks = say("card-person", person=person_html(say, guest.id, guest.name, guest.username))
    if guest.standing in (Standing.ASKS, Standing.STRANGER):
        return asks
    return f"{asks}\n\n{standing_text(say, guest)}"


def group_card(say: Say, group: Group) -> str:
    """Say in HTML what was decided about a group."""
    outcome = "group-card-allowed" if group.allowed else "group-card-blocked"
    return say(outcome, title=title_html(say, group.title))


def standing_text(say: Say, guest: Guest) -> str:
    return say(f"standing-{guest.standing}", count=guest.albums_a_day or 0)


def person_buttons(say: Say, person_id: int, owner: int) -> InlineKeyboardMarkup:
    labels = {
        Decision.ALLOW: say("decide-allow"),
        Decision.LIMIT: say("decide-limit", count=OWN_LIMIT),
        Decision.BLOCK: say("decide-block"),
    }
    return column(
        [button(label, "ask", decision, person_id, owner) for decision, label in labels.items()]
    )


def group_buttons(say: Say, group_id: int, owner: int) -> InlineKeyboardMarkup:
    """Offer to let the group in, or to leave it. Its id is written without its sign."""
    return column(
        [
            button(say("decide-group"), "group", "allow", abs(group_id), owner),
            button(say("decide-leave"), "group", "leave", abs(group_id), owner),
        ]
    )
