"""/size: the shape of a person's pictures."""

from operator import attrgetter

from db import Users
from generation.errors import Refusal
from generation.sizes import Size
from handlers.albums.choice import Choice


class UnknownSize(Refusal):
    """The person named a size that does not exist. Fields: what was given, what there is."""


SIZE = Choice("size", Size, attrgetter("size"), Users.choose_size, UnknownSize)
