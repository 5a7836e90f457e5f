"""What is left of a phrase without some of its words, and without those that led to them."""

_JOINS = ("and", "or", "и", "или")

_ARTICLES = ("a", "an", "the", "some", "any")


class Remainder:
    """Takes words one by one, and keeps what can stand without those that are left out.

    Small words wait for what they lead to. Behind a missed word they lead to something new, but
    for an "and": in "with a dragon and a hat" what comes goes on from before the dragon.
    """

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._before: list[str] = []
        self._missed = False
        self._after: list[str] = []

    def lead(self, word: str) -> None:
        """Take a small word."""
        (self._after if self._missed else self._before).append(word)

    def keep(self, word: str) -> None:
        self._kept += [*self._led(), word]
        self._before, self._missed, self._after = [], False, []

    def miss(self) -> None:
        """Leave a word out."""
        self._before, self._missed, self._after = self._led(), True, []

    @property
    def text(self) -> str:
        """What is kept; without a missed word before it, a small one at the end too."""
        return " ".join(self._kept if self._missed else [*self._kept, *self._before])

    def _led(self) -> list[str]:
        """Give the small words that lead to what comes next."""
        before, after = self._before, self._after
        if not after:
            return before
        if after[0].lower() not in _JOINS:
            return after
        if not (rest := after[1:]):
            return before
        if rest[0].lower() not in _ARTICLES:
            return rest
        return [*(word for word in before if word.lower() not in _ARTICLES), *rest]
