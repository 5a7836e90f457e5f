"""The only kind of error that people get to read."""

import re
from collections.abc import Callable
from functools import partial


class Refusal(Exception):  # noqa: N818 - it is an answer, not an accident
    """Why something is refused to a person: a reason that they can mend.

    The class names a sentence of the texts (`NoFace` is `no-face`); the fields fill its gaps.
    """

    def __init__(self, **fields: str | float) -> None:
        super().__init__(self.text_id(), fields)
        self.fields = fields

    def __reduce__(self) -> tuple[Callable[[], "Refusal"], tuple[()]]:
        """Make it picklable, for other processes: pickle would pass the fields by position."""
        return partial(type(self), **self.fields), ()

    @classmethod
    def text_id(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


class NoWords(Refusal):
    """Words without anything that a model can read: only emoji or signs."""
