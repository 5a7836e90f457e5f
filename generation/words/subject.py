"""Who is in the picture, in one phrase: "a young woman as an astronaut on the moon"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from generation.character import Age, Gender, Traits
from generation.words.joined import without_and
from generation.words.named import names
from generation.words.phrases import plain
from generation.words.roles import is_name, role_of
from generation.words.talk import wish_of

_NOUNS = {
    Gender.WOMAN: ("girl", "woman"),
    Gender.MAN: ("boy", "man"),
    Gender.PERSON: ("child", "person"),
}
"""What a child and a grown-up of each gender are called."""

_MEDIUM = re.compile(
    r"((?:an? )?(?:(?!(?:an?|the)\b)[\w-]+ ){0,3}?(?:photo(?:graph)?|portrait|painting|drawing"
    r"|sketch|illustration|selfie|poster|watercolou?r|cartoon|caricature|comic|render|still|shot|close-up|statue"
    r"|sculpture|icon|mosaic|tattoo|doll|figurine)) of ",
    re.IGNORECASE,
)

_SELF = (
    r"(?:me|my (?:photo|picture)|myself|us|i|this person|(?:the |a )?person|someone"
    r"|somebody|him|her|them)"
)
_PRONOUN = re.compile(
    r"(?:i am|i'm|he is|he's|she is|she's|they are|they're|who is|it is me) (?=\S)"
    r"|(?:i|he|she|they|we) (?=\w+(?:s|ed)? )",
    re.IGNORECASE,
)
_ONESELF = re.compile(rf"{_SELF}(?:,? |$)", re.IGNORECASE)

_BARE_AS = re.compile(r"^(?:(?:dressed|disguised) )?as ", re.IGNORECASE)
_MINE = re.compile(r"my (portrait|selfie|close-up)\b,? ?", re.IGNORECASE)

_AS = re.compile(r"^(?:(?:dressed|disguised) )?as (?=an? |the )", re.IGNORECASE)

_BEFORE = r"(?P<before>(?:(?!(?:with|and|in|on|at|of|as|who|an?|the|his|her|my)\b)[\w'-]+ ){0,3}?)"
_PERSON = re.compile(
    rf"(?:an? |the |one )?{_BEFORE}(?P<noun>wom[ae]n|man|girl|boy|lady|guy|person|child|kid"
    r"|gentleman|teenager|teen|toddler|baby|male|female|human)(?= |$)(?P<after>.*)",
    re.IGNORECASE,
)

_GENDERS = {
    **dict.fromkeys(("woman", "girl", "lady", "female"), Gender.WOMAN),
    **dict.fromkeys(("man", "boy", "guy", "gentleman", "male"), Gender.MAN),
}

_GOES_ON = re.compile(
    r"(?:aged|in|on|at|as|with|under|near|by|over|inside|outside|among|between|behind|beside|before|from"
    r"|into|through|during|against|above|below|beneath|around|aboard|across|along|underwater|atop"
    r"|dressed|disguised|surrounded|covered|made|seen|sat|lost|who|standing|sitting|in front of"
    r"|and|[\w-]{2,}ing)\b",
    re.IGNORECASE,
)
"""Words that go on from a person: "in a forest", "riding a horse"."""

_NO_DOING = re.compile(
    r"(?:(?:building|painting|drawing)(?! (?:an?|the|his|her|my)\b)|wedding|morning|evening|viking"
    r"|ceiling|lightning|clothing|clearing|string|spring|wing|king|ring|thing|something|everything"
    r"|(?:burning|flying|falling|shining|floating|glowing|smoking|blooming|sparkling)"
    r"(?= (?!(?:an?|the|in|on|over|above|through|into|to|from|like|with|at)\b)\w))\b",
    re.IGNORECASE,
)

_DOES = re.compile(
    r"(?:walk|ride|run|sit|stand|dance|jump|fly|fight|swim|climb|drive|cook|read|sing|play|meet"
    r"|look|hold|wear|eat|drink|sleep|wake|find|enter|leave|open|paint|write|ski|surf|sail|hike"
    r"|lie|laugh|smile|cr(?:y|ie)|watch|visit|travel|explore|celebrate|hug|hunt|conquer|defeat"
    r"|discover|buy|bake|catch|chase|ask|talk|work|rest|relax|pose|wave|lead|land|build|kiss|get|go"
    r"|come|return|arrive|fall|throw|kick|shoot|pray|search|wander|stroll|rescue|save|win|lose"
    r"|learn|teach|train|practi[cs]e|repair|wash|pick|plant|feed|pet|stroke|carry|take|put|see)"
    r"(?:e?s)\b",
    re.IGNORECASE,
)


class Rank(IntEnum):
    """How surely a phrase tells of the person."""

    NOT = 0
    GOES_ON = 1
    IS = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """The person, and what a phrase says of them.

    `medium` is what the phrase says the picture is: "oil painting"; empty: it says nothing.
    """

    text: str
    rank: Rank
    medium: str = ""


def person(traits: Traits, adjectives: str = "", noun: str = "") -> str:
    """Name a person by age and gender, or by the words that were asked for instead."""
    child, grown = _NOUNS[traits.gender or Gender.PERSON]
    age = traits.age or ""
    if traits.age is Age.CHILD:
        age, noun = "", noun or child
    who = " ".join(f"{age} {adjectives} {noun or grown}".split())
    return f"{article(who)} {who}"


def article(text: str) -> str:
    return "an" if text[:1].lower() in set("aeiou") else "a"


def in_all_scenes(traits: Traits, scenes: Sequence[str]) -> Traits:
    """Take the gender and the age that a scene names for all of them: "an old man", "a girl"."""
    for scene in scenes:
        asked = _PERSON.match(without_and(without_frame(scene)[1]))
        if asked is None:
            continue
        noun = asked["noun"].lower()
        ages = _ages(asked["before"])
        if noun in ("girl", "boy", "child", "kid", "toddler", "baby"):
            ages = [Age.CHILD]
        gender = _GENDERS.get(noun, traits.gender)
        same = gender is traits.gender
        return replace(
            traits,
            gender=gender,
            age=ages[0] if ages else traits.age,
            facial_hair=traits.facial_hair if same else None,
        )
    return traits


def _ages(before: str) -> list[Age]:
    """List the ages before a noun; nobody is old for being thirty years old."""
    words = re.sub(r"years? old\b", "", before.lower()).split()
    return [age for age in Age if age in words]


def gender_of(traits: Traits, phrases: Sequence[str]) -> Traits:
    """Take the gender of a man or a woman in the words, and the age that is said of them.

    They are the person in the picture.
    """
    for phrase in phrases:
        asked = _PERSON.fullmatch(without_and(without_frame(phrase)[1]))
        gender = _GENDERS.get(asked["noun"].lower()) if asked else None
        if asked and gender:
            ages = _ages(asked["before"])
            if gender is not traits.gender:
                traits = replace(traits, gender=gender, facial_hair=None)
            return replace(traits, age=ages[0]) if ages else traits
    return traits


def subject(traits: Traits, phrases: Sequence[str]) -> tuple[Subject, int | None]:
    """Go on from the person with the phrase that tells of them; give its number too.

    A role is what they are dressed as, a man or a woman in the words is themselves; without such a
    phrase it is one that says where they are or what they do. What tells of something else stays by
    itself: "a castle".
    """
    told = [_told(traits, phrase) for phrase in phrases]
    best = max(range(len(told)), key=lambda k: told[k].rank, default=None)
    if best is None or told[best].rank is Rank.NOT:
        return Subject(person(traits), Rank.NOT), None
    return told[best], best


def without_frame(phrase: str) -> tuple[str, str]:
    """Take off how people ask for a picture; give the medium that they name, and the rest."""
    text = wish_of(phrase)
    medium = ""
    if found := _MEDIUM.match(text):
        medium = re.sub(r"^an? ", "", found[1].lower())
        text = text[found.end() :]
    if pronoun := _PRONOUN.match(text):
        text = text[pronoun.end() :]
    elif mine := _MINE.match(text):
        medium, text = mine[1].lower(), text[mine.end() :]
    elif _PERSON.fullmatch(without_as := _AS.sub("", text)):
        text = without_as
    elif oneself := _ONESELF.match(text):
        text = text[oneself.end() :]
    return medium, text


def _told(traits: Traits, phrase: str) -> Subject:
    medium, text = without_frame(phrase)
    text = without_and(text)
    who, bare = person(traits), text.lstrip("(")
    if not text:
        return Subject(who, Rank.IS, medium)
    if text == bare and (asked := _PERSON.fullmatch(text)):
        return Subject(_as_asked(traits, asked), Rank.IS, medium)
    if role := role_of(plain(text)):
        opened = text[: len(text) - len(bare)]
        return Subject(f"{who} as {opened}{_with_article(role, bare)}", Rank.IS, medium)
    if _GOES_ON.match(bare) and not _NO_DOING.match(bare):
        return Subject(f"{who} {text}", Rank.GOES_ON, medium)
    if _DOES.match(bare):
        return Subject(f"{who} who {text}", Rank.GOES_ON, medium)
    rank = Rank.IS if medium else Rank.NOT
    return Subject(f"{who}, {text}" if medium else who, rank, medium)


def _with_article(role: str, text: str) -> str:
    """Write "a knight" for a knight; who has a name needs no article."""
    if re.match(r"(?:an?|the|one|as|dressed|disguised) ", text, re.IGNORECASE):
        return _BARE_AS.sub("", text)
    return text if is_name(role) else f"{article(text)} {text}"


def _as_asked(traits: Traits, asked: "re.Match[str]") -> str:
    """Take the person that the words name; the traits say what they leave open."""
    noun = asked["noun"].lower()
    noun = "" if noun in ("person", "human") else noun
    before = asked["before"].strip()
    if noun and (noun not in ("man", "woman", "lady", "guy") or names(before, "age")):
        traits = Traits(gender=traits.gender)
    return person(traits, before, noun) + asked["after"]
