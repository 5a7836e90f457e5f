"""The one kind of error that is meant to be read by a person."""

import re
from collections.abc import Callable
from functools import partial


class Refusal(Exception):  # noqa: N818 - it is an answer, not an accident
    """Something that its person can mend.

    The class names a sentence in the texts (`NoFace` is `no-face`), the fields fill it in.
    """

    def __init__(self, **fields: str | int) -> None:
        super().__init__(self.text_id(), fields)
        self.fields = fields

    def __reduce__(self) -> tuple[Callable[[], "Refusal"], tuple[()]]:
        """Let it come out of another process: pickle would give the fields by their places."""
        return partial(type(self), **self.fields), ()

    @classmethod
    def text_id(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()


class NoWords(Refusal):
    """Nothing that a model could read: only emoji, only signs."""
