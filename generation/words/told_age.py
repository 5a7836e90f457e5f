"""Ages as the pocket model was taught them: by one of four words, and of one person.

It knows no years, and takes any "old" for the person's: "a 30 year old woman" and "a 5 year old
girl" were drawn old in five pictures of six, and somebody "in an old library" was too.
"""

import re
from functools import partial

from generation.character import Age
from generation.words.age import class_of
from generation.words.years import years_said

_BEFORE_THINGS = (
    r"(?:in|on|at|with|near|by|under|from|of|to|through|over|into|behind|beside|before|inside"
    r"|outside|like|about|and|\w+['’]s|(?!(?:vi)?king\b)\w+ing|rides?|holds?|wears?|drives?)"
)
_OLD = re.compile(
    rf"(?P<start>^|[,(] ?|\b{_BEFORE_THINGS} )(?P<a>(?:an?|the|his|her|my|their|our|your|some) )?"
    r"(?:(?:very|really|so) )?(?P<old>old(?:er|est)?(?:[- ]fashioned|-[\w-]+)?|elderly)"
    r" (?!(?:and|or|me|masters?)\b)(?P<next>\w)",
    re.IGNORECASE,
)
"""An old thing, or another person who is old."""

_SYNONYMS = {
    Age.OLD: re.compile(r"\b(?P<a>an? )?\b(?:ancient|aged|senior)\b ?(?P<next>\w?)", re.IGNORECASE),
    Age.CHILD: re.compile(
        r"\b(?P<a>an? )?\b(?:baby|toddler|infant|newborn|preschooler|pupil|teen(?:ager)?)\b"
        r"(?P<next>)(?= *(?:$|[,.]|(?:in|on|at|with|by|near|under|as|who)\b|\w+ing\b))",
        re.IGNORECASE,
    ),
}
"""What else is called so, of the person alone."""

_THEIR_OWN = r"\b(?:(?:an?|the|my|his|her|our|your) )?(?:(?:very|old|elderly|great)[- ])*"
_GROWN = (
    (rf"{_THEIR_OWN}grand(?:pa|father|dad)\b(?!['’])", "an old man"),
    (rf"{_THEIR_OWN}(?:grand(?:ma|mother)|granny|crone|hag)\b(?!['’])", "an old woman"),
    (r"\bgirl\b(?!['’])", "woman"),
    (r"\bboy\b(?!['’]| band)", "man"),
)
"""What the model takes for no age, or for a child: most girls are women."""


_COMPARED = re.compile(
    r"\b(?:make |turn |show )?(?:me|myself|look|looking)(?: (?:look|looking|be))?"
    r"(?: (?:\d+|ten|twenty|thirty|forty|fifty|many|some|a few) years?)?"
    r"(?: (?:much|a bit|a little|slightly|way))? (?P<how>younger|older)\b",
    re.IGNORECASE,
)


def as_old_as_asked(text: str) -> str:
    """Say "old me" for "make me 20 years older": what no photo is compared with."""
    return _COMPARED.sub(
        lambda found: "old me" if found["how"].lower() == "older" else "young me", text
    )


def told_age(text: str, age: Age | None) -> str:
    """Say the person's age by its word, and nobody else's."""
    text = _without_years(text)
    if age in _SYNONYMS:
        text = _SYNONYMS[age].sub(partial(_called, str(age)), text)
    if age is not Age.CHILD:
        for said, called in _GROWN:
            text = re.sub(said, called, text, flags=re.IGNORECASE)
    return text if age is Age.OLD else _OLD.sub(_young, text)


def ages_of_others(text: str, age: Age | None) -> tuple[str, ...]:
    """List what is said of the years of other people and of things, and isn't drawn: "old"."""
    years = [
        text[one.start : one.end].removeprefix(f"{one.article} ")
        for one in years_said(text)
        if not one.theirs
    ]
    found = () if age is Age.OLD else _OLD.finditer(_without_years(text))
    return (*years, *(one["old"].lower() for one in found))


def _without_years(text: str) -> str:
    """Say the person's years by a word, and leave out those of others."""
    parts, end = [], 0
    for one in years_said(text):
        word = str(class_of(one.years)) if one.theirs else ""
        after = text[one.end :].lstrip()
        article = f"{one.article[0]}{_n(word or after)}" if one.article else ""
        parts += [text[end : one.start], " ".join(filter(None, (article, word)))]
        end = one.end if word or article else one.end + len(text[one.end :]) - len(after)
    return "".join((*parts, text[end:]))


def _young(found: re.Match[str]) -> str:
    article = found["a"] or ""
    if article.lower() in ("a ", "an "):
        article = f"{article[0]}{_n(found['next'])} "
    return f"{found['start']}{article}{found['next']}"


def _called(word: str, found: re.Match[str]) -> str:
    article = f"{found['a'][0]}{_n(word)} " if found["a"] else ""
    return f"{article}{word} {found['next']}" if found["next"] else f"{article}{word}"


def _n(following: str) -> str:
    """Give what an article ends with before a word."""
    return "n" if following[:1].lower() in set("aeiou") else ""
