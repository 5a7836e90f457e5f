"""/likeness: how much like their person pictures are to be."""

from operator import attrgetter

from db import Users
from generation.errors import Refusal
from generation.modes import Likeness
from handlers.albums.choice import Choice


class UnknownLikeness(Refusal):
    """The person named a likeness that does not exist. Fields: what was given, what there is."""


LIKENESS = Choice(
    "likeness", Likeness, attrgetter("likeness"), Users.choose_likeness, UnknownLikeness
)
