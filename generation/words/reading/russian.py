"""Negation in Russian: what is denied stands in a case of its own."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from generation.words.reading import russian_words as words
from generation.words.reading.denial import Denial
from generation.words.reading.russian_forms import can_be, is_noun, is_surely, kind_of, lemma, named
from generation.words.reading.tokens import (
    CLAUSE_ENDS,
    Token,
    begins_clause,
    begins_emphasis,
    first_of,
    follows,
    is_latin,
    word_at,
)

_OF = ("gent",)
_NAMING = ("nomn", "gent", "accs")
_ANY = ("gent", "accs", "loct", "loc2", "ablt", "nomn", "datv")
_LIKELIEST = frozenset(_ANY)
_AFTER_PREPOSITION = ("loct", "loc2", "ablt", "accs", "gent", "datv")
_DONE_TO = ("accs", "gent", "loct", "ablt", "datv")


def denial(tokens: Sequence[Token], at: int) -> Denial | None:
    """Read a negation that begins here; None: none does."""
    word = tokens[at].small
    if _is_idiom(tokens, at):
        return None
    if count := first_of(tokens, at, words.NOBODY):
        others = tuple(replace(tokens[at], text=word, glued=False) for word in words.OTHERS)
        return Denial((others,), at + count)
    if first_of(tokens, at, words.COMMANDS):
        begins = begins_clause(tokens, at, words.CLAUSE_BEGINS)
        return _listed(tokens, at + 1, ("accs", *_OF)) if begins else None
    if count := follows(tokens, at, "за исключением"):
        return _listed(tokens, at + count, _OF)
    if word in words.WITHOUT:
        found = _listed(tokens, at + 1, _NAMING if word in words.NAMING else _OF)
        return replace(found, looks_back=word in {"нет", "нету"})
    return _not(tokens, at + 1) if word == "не" else None


def owner_of(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Name who has not what is denied: “у врача нет бороды” is about “врач”."""
    has = (
        bool(tokens) and tokens[0].small == "у" and can_be(tokens[1], _OF) if tokens[1:] else False
    )
    return named(tokens[1:], _OF) if has else tuple(tokens)


def _is_idiom(tokens: Sequence[Token], at: int) -> bool:
    if first_of(tokens, at, words.IDIOMS):
        return True
    before = word_at(tokens, at - 1) if at else ""
    if tokens[at].small == "кроме" and before in words.ALL_BUT:
        return True
    if tokens[at].small not in {"нет", "не"} or before not in words.QUESTIONS:
        return False
    return tokens[at].small == "не" or not word_at(tokens, at + 1)


def _not(tokens: Sequence[Token], at: int) -> Denial:
    """Read what “не” denies: a thing in any case, or what somebody does or is."""
    word = word_at(tokens, at)
    if not word or not tokens[at].is_word:
        return Denial((), at, looks_back=True)
    if word == "без":
        return Denial((), at + 1, cancels=True)
    start = at
    while word_at(tokens, start) in words.CARRYING:
        start += 1
    if start > at:
        start += _meaningless(tokens, start)
        start += word_at(tokens, start) in words.PREPOSITIONS
        cases = ("nomn",) if word in words.AGREEING else _LIKELIEST
        return replace(_listed(tokens, start, _LIKELIEST), looks_back=True, cases=cases)
    if word in words.PREPOSITIONS:
        return _listed(tokens, at + 1, _AFTER_PREPOSITION)
    return _done_or_been(tokens, at)


def _done_or_been(tokens: Sequence[Token], at: int) -> Denial:
    """Read “не улыбается”, “не смотрит в камеру”, “не старый”, “не рыцарь”."""
    match kind_of(tokens[at]):
        case "VERB" | "INFN" | "GRND" | "PRTF" | "PRTS":
            return _done(tokens, at)
        case "ADJF" | "ADJS" | "ADVB" | "COMP" | "PRED" | "NUMR":
            end = at + 1
            while tokens[end - 1].small in words.DEGREES and end < len(tokens):
                end += 1
            noun = end < len(tokens) and is_noun(tokens[end]) and can_be(tokens[end], _ANY)
            return Denial((named(tokens[at:end], _ANY),), end, inside=noun)
        case _:
            return _listed(tokens, at, ("nomn", *_ANY))


def _done(tokens: Sequence[Token], at: int) -> Denial:
    """Read a verb with what it is done to: the words at once behind it."""
    end = at + 1
    if lemma(tokens[at].text) not in words.STATES:
        end += word_at(tokens, end) in words.PREPOSITIONS
        while end < len(tokens) and _is_done_to(tokens[end]):
            end += 1
            if is_noun(tokens[end - 1]):
                break
    return Denial((tuple(tokens[at:end]),), end)


def _is_done_to(token: Token) -> bool:
    small = token.small in words.ENDING | words.JOINING
    return token.is_word and not small and can_be(token, _DONE_TO)


def _listed(tokens: Sequence[Token], at: int, cases: Collection[str]) -> Denial:
    """Read the list of things from here on."""
    items: list[tuple[Token, ...]] = []
    following: int | None = at
    while following is not None:
        phrase, end = _phrase(tokens, following, cases)
        if not phrase:
            break
        items.append(named(phrase, cases))
        at = end
        following = _behind_joint(tokens, at, cases)
    return Denial(tuple(items), at)


def _phrase(tokens: Sequence[Token], at: int, cases: Collection[str]) -> tuple[list[Token], int]:
    """Read a noun with what says more of it; give it and where it ends."""
    phrase: list[Token] = []
    has_noun = False
    while at < len(tokens) and not (phrase and begins_emphasis(tokens, at)):
        token = tokens[at]
        if not phrase and (token.small in words.SKIPPED or _is_mark(token)):
            at += 1
        elif count := first_of(tokens, at, words.BELONGING) if phrase else 0:
            phrase += tokens[at : at + count]
            at += count
        elif count := _meaningless(tokens, at) if phrase else 0:
            at += count
        elif _is_end(token) or not _belongs(token, cases, begun=bool(phrase), has_noun=has_noun):
            break
        else:
            phrase.append(token)
            has_noun = has_noun or is_noun(token)
            at += 1
    return phrase, at


def _meaningless(tokens: Sequence[Token], at: int) -> int:
    """Count the tokens from here on that say no more of the thing before them."""
    about = word_at(tokens, at) in words.ABOUT_BODY and at + 1 < len(tokens)
    if about and lemma(tokens[at + 1].text) in words.BODY:
        return 2
    return first_of(tokens, at, words.MEANINGLESS)


def _is_mark(token: Token) -> bool:
    return not token.is_word and token.text not in CLAUSE_ENDS


def _is_end(token: Token) -> bool:
    return not token.is_word or token.small in words.ENDING | words.JOINING


def _belongs(token: Token, cases: Collection[str], *, begun: bool, has_noun: bool) -> bool:
    """Say whether the word goes on with a thing: “следов усталости” says whose they are."""
    if has_noun:
        return can_be(token, _OF) and not is_latin(token)
    return not begun or is_latin(token) or can_be(token, cases)


def _behind_joint(tokens: Sequence[Token], at: int, cases: Collection[str]) -> int | None:
    """Say where the list goes on behind a comma or “и”; None: it ends here."""
    joints = set()
    while word_at(tokens, at) == "," or word_at(tokens, at) in words.JOINING:
        joints.add(word_at(tokens, at))
        at += 1
    phrase, end = _phrase(tokens, at, cases)
    if not joints or not phrase or not (can_be(phrase[0], cases) or is_latin(phrase[0])):
        return None
    if joints != {","}:
        return at
    if is_latin(phrase[0]) or "nomn" in cases:
        return None
    return at if is_surely(phrase[0], "gent") or _ends_with_joint(tokens, end, cases) else None


def _ends_with_joint(tokens: Sequence[Token], at: int, cases: Collection[str]) -> bool:
    """Say whether “и” or a sure form ends a list of things that may all stand in the case."""
    while word_at(tokens, at) == ",":
        phrase, at = _phrase(tokens, at + 1, cases)
        if not phrase or not can_be(phrase[0], cases):
            return False
        if is_surely(phrase[0], "gent"):
            return True
    if word_at(tokens, at) not in words.JOINING:
        return False
    phrase, _ = _phrase(tokens, at + 1, cases)
    return bool(phrase) and can_be(phrase[0], cases)
