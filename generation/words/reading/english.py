"""Negation in English."""

from collections.abc import Sequence
from dataclasses import replace

from generation.words.reading import english_words as words
from generation.words.reading import russian_words
from generation.words.reading.denial import Denial
from generation.words.reading.scenery import PLACES, TIMES
from generation.words.reading.tokens import (
    CLAUSE_ENDS,
    Token,
    begins_clause,
    begins_emphasis,
    first_of,
    is_cyrillic,
    is_latin,
    word_at,
)

_LONGEST_ITEM = 2
"""Most words between two commas of a list that an “or” ends further on."""


def denial(tokens: Sequence[Token], at: int) -> Denial | None:
    """Read a negation that begins here; None: none does."""
    if _is_idiom(tokens, at) or _is_name_or_number(tokens, at):
        return None
    if count := first_of(tokens, at, ("no one else", "nobody else", "noone else")):
        other = tuple(Token(word, tokens[at].weight) for word in ("other", "people"))
        end = at + count
        return Denial((other,), end + (_belonging(tokens, end) or _meaningless(tokens, end)))
    if count := first_of(tokens, at, words.PHRASES):
        return _listed(tokens, at + count, "without")
    if count := first_of(tokens, at, words.COMMANDS):
        begins = begins_clause(tokens, at, words.CLAUSE_BEGINS)
        return _listed(tokens, at + count, "without") if begins else None
    return _by_word(tokens, at)


def _by_word(tokens: Sequence[Token], at: int) -> Denial | None:
    word, following = tokens[at].small, word_at(tokens, at + 1)
    if thing := _denied_inside(word):
        return Denial(((replace(tokens[at], text=thing),),), at + 1, inside=True)
    if word in words.NOT:
        return _not(tokens, at)
    if word in words.WITHOUT:
        return _listed(tokens, at + 1, "without")
    if word in words.NO and following not in {"one", "body"}:
        return _listed(tokens, at + 1, "no")
    if word in words.DO_NOT:
        return _listed(tokens, at + 1, "not" if following in words.CARRYING else "doing")
    return Denial((), at + 1, looks_back=True) if word == "none" else None


def _not(tokens: Sequence[Token], at: int) -> Denial | None:
    following = word_at(tokens, at + 1)
    if following in {"without", "no"}:
        return Denial((), at + 2, cancels=True)
    if following in words.DEGREES:
        return Denial((tuple(tokens[at + 2 : at + 3]),), at + 3)
    asks = word_at(tokens, at - 1) in words.QUESTIONS if at else False
    return None if asks and not following else _listed(tokens, at + 1, "not")


def _is_idiom(tokens: Sequence[Token], at: int) -> bool:
    """Say whether an idiom stands here, or goes on here: “why not”."""
    starts = range(max(0, at - 2), at)
    inside = any(first_of(tokens, k, words.AFTER_ALL) > at - k for k in starts)
    return inside or bool(first_of(tokens, at, words.IDIOMS))


def _denied_inside(word: str) -> str:
    """Give the thing that a word denies by its end: “beardless”, “hat-free”."""
    thing = word.removesuffix(words.FREE)
    if thing != word and thing not in words.NOT_FREE_OF:
        return thing
    return words.LESS.get(word, "")


def _belonging(tokens: Sequence[Token], at: int) -> int:
    return first_of(tokens, at, words.BELONGING)


def _meaningless(tokens: Sequence[Token], at: int) -> int:
    """Count the tokens from here on that say no more of the thing before them."""
    where = word_at(tokens, at) in {"on", "in", "around", "over", "across", "at"}
    if (
        where
        and word_at(tokens, at + 1) in words.ARTICLES
        and word_at(tokens, at + 2) in words.BODY
    ):
        return 3
    return first_of(tokens, at, words.MEANINGLESS)


def _is_name_or_number(tokens: Sequence[Token], at: int) -> bool:
    """Say whether this “no” is that of Dr. No, or of No. 5."""
    if tokens[at].small != "no":
        return False
    after = [one.small for one in tokens[at + 1 : at + 3] if one.text != "."][:1]
    return _is_name(tokens, at) or (bool(after) and after[0].isdigit())


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a title stands at once before, and no thing follows that could be denied."""
    dotted = at > 1 and tokens[at - 1].text == "."
    title = tokens[at - 1 - dotted].small if at else ""
    if begins_emphasis(tokens, at) or title not in (words.SHORT_TITLES if dotted else words.TITLES):
        return False
    written = tokens[at].text == "No" and title in words.SHORT_TITLES
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    ends = following is None or not following.is_word or following.small in words.ENDING
    return written or ends


def _listed(tokens: Sequence[Token], at: int, kind: str) -> Denial:
    reader = _List(tokens, at, kind)
    reader.read()
    return Denial(tuple(map(tuple, reader.items)), reader.at, looks_back=kind in {"no", "not"})


class _List:
    """Reads things, joined by commas, “and” and “or”, until something else begins.

    `kind` is the word that denies them; “doing” denies what somebody does.
    """

    def __init__(self, tokens: Sequence[Token], at: int, kind: str) -> None:
        self._tokens = tokens
        self.at = at
        self._kind = kind
        self._leads = not any(one.is_word for one in tokens[: max(0, at - 1)])
        self.items: list[list[Token]] = []
        self._item: list[Token] = []

    def read(self) -> None:
        self._skip()
        while self.at < len(self._tokens) and self._step(self._tokens[self.at]):
            pass
        self._close()

    def _step(self, token: Token) -> bool:
        """Take a token; False: the list ends before it."""
        if token.small in words.JOINING or token.text == ",":
            return self._join(token)
        if self._item and (count := _belonging(self._tokens, self.at)):
            return self._take(count)
        if self._item and (count := _meaningless(self._tokens, self.at)):
            self.at += count
            return True
        if self._ends(token):
            return token.small in words.ENDING and self._go_on_after_doing()
        if token.is_word and (self._item or token.small not in words.ARTICLES):
            return self._take(1)
        self.at += 1
        return True

    def _ends(self, token: Token) -> bool:
        if self._item and (
            _is_doing(token.small)
            or begins_emphasis(self._tokens, self.at)
            or self._begins_another(token)
        ):
            return True
        return token.text in CLAUSE_ENDS or token.small in words.DENYING | words.ENDING

    def _begins_another(self, token: Token) -> bool:
        """Say whether another thing begins here, though nothing parts it: “no hat a king”."""
        before = self._item[-1]
        does = self._kind == "doing" or _is_doing(self._item[0].small)
        if token.small in words.BEFORE_A_THING:
            return not does and before.small != "of"
        if token.small in words.COLOURS:
            return not does and before.small not in words.COLOURS | words.SHADES
        return is_cyrillic(token) and (is_latin(before) or token.small in russian_words.ENDING)

    def _take(self, count: int) -> bool:
        self._item += self._tokens[self.at : self.at + count]
        self.at += count
        return True

    def _go_on_after_doing(self) -> bool:
        """Go on over a small word at once behind what somebody does: “not looking at us”."""
        does = self._item[0].small if len(self._item) == 1 else ""
        moves = does.endswith("ing") and _is_doing(does)
        if does not in words.STATES and (moves or (does and self._kind == "doing")):
            self._take(1)
            while self.at < len(self._tokens) and self._goes_with(self._tokens[self.at]):
                self._take(1)
        return False

    def _goes_with(self, token: Token) -> bool:
        return token.is_word and token.small not in words.ENDING | words.JOINING | words.DENYING

    def _join(self, token: Token) -> bool:
        if not self._item or not self._continues(self.at + 1, token):
            return False
        self._close()
        while word_at(self._tokens, self.at) in words.JOINING | {","}:
            self.at += 1
        self._skip()
        return True

    def _continues(self, at: int, joint: Token) -> bool:
        """Say whether the list goes on behind a joint."""
        ended = word_at(self._tokens, at) in {"or", "nor"}
        while word_at(self._tokens, at) in words.ARTICLES | {"or", "and", "nor"}:
            at += 1
        if at >= len(self._tokens) or not self._goes_with(self._tokens[at]):
            return False
        if not is_latin(self._tokens[at]) or self._is_sentence(at):
            return False
        if _is_doing(self._tokens[at].small):
            return _is_doing(self._item[0].small)
        return joint.text != "," or ended or self._is_list(at) or self._leads_on(at)

    def _is_sentence(self, at: int) -> bool:
        """Say whether a sentence of its own begins here: “and the sea is calm”."""
        while at < len(self._tokens) and self._tokens[at].is_word:
            if self._tokens[at].small in words.FINITE or self._does(at):
                return True
            if self._tokens[at].small in words.DENYING:
                return False
            at += 1
        return False

    def _does(self, at: int) -> bool:
        """Say whether somebody does something here: “rides a horse”."""
        verb = self._tokens[at].small.endswith("s") and self._tokens[at - 1].small in words.JOINING
        return verb and word_at(self._tokens, at + 1) in words.ARTICLES

    def _is_list(self, at: int) -> bool:
        """Say whether a comma parts two things denied.

        Then an “or” ends their list further on; after “without” an “and” before a bare word does.
        """
        count = 0
        while at < len(self._tokens):
            token = self._tokens[at]
            if token.small in {"or", "nor"}:
                return count > 0
            if token.small == "and":
                return self._kind == "without" and count <= 1 and self._is_bare_end(at + 1)
            if token.text == ",":
                if not 0 < count <= _LONGEST_ITEM:
                    return False
                at, count = at + 1, 0
                if word_at(self._tokens, at) in {"or", "nor"}:
                    return True
                continue
            if not self._goes_with(token):
                return False
            count += token.small not in words.ARTICLES
            at += 1
        return False

    def _leads_on(self, at: int) -> bool:
        """Say whether bare words, each before a comma, lead to “a king”, and nothing is wanted yet.

        A place is wanted of its own: “no hat, forest, a king”.
        """
        if not self._leads or self._kind == "doing":
            return False
        while word_at(self._tokens, at + 1) == "," and self._goes_with(self._tokens[at]):
            if self._tokens[at].small in words.BEFORE_A_THING | PLACES | TIMES:
                return False
            at += 2
            if word_at(self._tokens, at) in words.BEFORE_A_THING:
                return True
        return False

    def _is_bare_end(self, at: int) -> bool:
        """Say whether one word without an article ends the clause here."""
        if at >= len(self._tokens) or self._tokens[at].small in words.ARTICLES:
            return False
        ends = at + 1 >= len(self._tokens) or not self._goes_with(self._tokens[at + 1])
        return self._goes_with(self._tokens[at]) and ends

    def _skip(self) -> None:
        """Pass over the words that only lead to a thing."""
        while word_at(self._tokens, self.at) in words.CARRYING | words.ARTICLES:
            if _belonging(self._tokens, self.at):
                return
            self.at += 1

    def _close(self) -> None:
        while self._item and self._item[-1].small in words.ARTICLES:
            self._item.pop()
        if self._item:
            self.items.append(self._item)
        self._item = []


def _is_doing(word: str) -> bool:
    return word.endswith("ing") and word.removesuffix("s") not in words.NOUNS_IN_ING
