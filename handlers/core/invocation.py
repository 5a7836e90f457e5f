"""A command as somebody wrote it: in a text or under a photo, and what follows it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from telegram import Message, MessageEntity

from generation.words.reading.signs import INVISIBLE, plain_name
from generation.words.talk import wish_of

T = TypeVar("T")

BESIDE = re.compile(rf"^[\s{INVISIBLE}]+|[\s{INVISIBLE}]+$")

DASHES = "-‐‑‒–—―"

OPTION = re.compile(rf"[{DASHES}]\w+[\s=]*\d")
"""A dash that begins an option with its number: phones turn two hyphens into a dash."""

BEGINS_WORDS = "\"'#%&*@¡¿"
"""Punctuation that belongs to the word after it. Any other is left over between the command and
its words."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """`/Generate@some_bot: a knight` has the name `generate` and the rest `: a knight`."""

    name: str
    bot: str | None
    """The bot that it names, without the @."""
    rest: str

    @property
    def text(self) -> str:
        """The rest with its lines, less the signs that only part it from the command."""
        start = 0
        while start < len(self.rest) and _only_parts(self.rest, start):
            start += 1
        return BESIDE.sub("", self.rest[start:])

    @property
    def words(self) -> str:
        """The text as one line."""
        return " ".join(self.text.split())

    @property
    def payload(self) -> str:
        """What a link `t.me/<bot>?start=<payload>` hands to /start."""
        first, *_ = [*self.words.lower().split(), ""]
        return first


def invocation_in(message: Message) -> Invocation | None:
    """Give the command that the message, or the caption of its picture, begins with."""
    text = message.text or message.caption or ""
    for entity in (*message.entities, *message.caption_entities):
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            name, _, bot = text[1 : entity.length].partition("@")
            return Invocation(name.lower(), bot or None, text[entity.length :])
    return None


def words_after_command(message: Message) -> str:
    """Give what follows the command, as one line of text."""
    invocation = invocation_in(message)
    return invocation.words if invocation else ""


def text_after_command(message: Message) -> str:
    """Give what follows the command, with its lines."""
    invocation = invocation_in(message)
    return invocation.text if invocation else ""


def plain_text(message: Message) -> str:
    """Give the words of a message without a command, with their lines."""
    return message.text or message.caption or ""


def wish_in(message: Message) -> str:
    """Give what a picture is to show: what follows the command, or plain words."""
    if invocation_in(message):
        return text_after_command(message)
    return wish_of(plain_text(message))


def _only_parts(rest: str, at: int) -> bool:
    """Say whether the sign only parts the command from its words."""
    sign, following = rest[at], rest[at + 1 : at + 2]
    if BESIDE.match(sign):
        return True
    if sign not in DASHES:
        return sign in "=|~" or (unicodedata.category(sign) == "Po" and sign not in BEGINS_WORDS)
    if not following or following.isspace():
        return True
    glued = not re.search(r"\s", rest[:at])
    return glued and following.isalpha() and not OPTION.match(rest, at)


def find_named(given: str, names: Mapping[str, T]) -> T | None:
    """Find what a person named, however they write it."""
    return {plain_name(name): one for name, one in names.items()}.get(plain_name(given))
