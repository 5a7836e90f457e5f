"""What people and groups call themselves: data, which may be made to harm."""

import html
import unicodedata

from telegram.helpers import mention_html

from handlers.core.lengths import shortened
from handlers.texts import Say

MOST_SHOWN = 40
"""Most UTF-16 units of a name."""

MOST_MARKS = 2
"""Most marks on one letter: a pile of them covers the lines above and below."""

BLANKS = "\u115f\u1160\u2800\u3164\uffa0"
"""Signs that are letters for Unicode, and nothing on a screen."""

OPEN, CLOSE = "\u2068", "\u2069"
"""Unicode's isolate: a name from right to left turns nothing else around."""


def plain_name(name: str) -> str:
    """Give what is seen of a name, in one line: no sign that hides, turns or breaks; may be ''."""
    kept: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", name):
        kind = unicodedata.category(sign)[0]
        marks = marks + 1 if kind == "M" else 0
        if sign.isspace() or sign in BLANKS:
            kept.append(" ")
        elif kind not in "CZ" and marks <= MOST_MARKS:
            kept.append(sign)
    return shortened(" ".join("".join(kept).split()), MOST_SHOWN)


def shown_name(say: Say, name: str | None) -> str:
    """Give a name for a text without markup, as on a button."""
    plain = plain_name(name or "")
    return f"{OPEN}{plain}{CLOSE}" if plain else say("nameless")


def person_html(say: Say, person_id: int, name: str | None, username: str | None) -> str:
    """Name a person in HTML, with a link to them, their @username and their number."""
    parts = [mention_html(person_id, shown_name(say, name))]  # escapes
    if username:
        parts.append(html.escape(f"@{plain_name(username)}"))
    return ", ".join([*parts, f"<code>{person_id}</code>"])


def title_html(say: Say, title: str | None) -> str:
    """Name a group in HTML."""
    return html.escape(shown_name(say, title))
