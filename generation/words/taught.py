"""Phrases as the pocket model was taught them.

Its captions say once who somebody is. Of somebody in a role's clothes they name the colour, and no
garment. Measured: "king in a red coat" drew no king in three pictures, "king in red clothes" three;
"portrait of a man, man with a moustache" no moustache, and two without the second man.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from generation.character import Age
from generation.words.phrases import Phrase
from generation.words.roles import role_of
from generation.words.vocabulary import Vocabulary, forms_of

_GARMENT = re.compile(
    r"\b(?:an? ((?:[\w-]+ ){0,3}?))?"
    r"(dress|coat|jacket|suit|shirt|blouse|sweater|pullover|hoodie)\b",
    re.IGNORECASE,
)

_HATTED = frozenset((
    "pirate", "captain", "wizard", "witch", "magician", "sorcerer", "chef", "cook", "baker",
    "detective", "holmes", "cowboy", "cowgirl", "sheriff", "sailor",
))  # fmt: skip
"""Roles in a hat of their own: in another, seven of nine were no pirates any more."""

_HELMETED = frozenset((
    "king", "prince", "emperor", "queen", "princess", "knight", "astronaut", "cosmonaut",
    "spaceman", "firefighter", "fireman", "viking", "pilot", "aviator", "samurai",
))  # fmt: skip
"""Roles with something else on their head, under which nobody sees a hat."""

_HAT = (
    (re.compile(r"\b(in|with|wearing) (?:an? )?(?:hat|cap)s? and (?=\w)", re.IGNORECASE), r"\1 "),
    (re.compile(r" ?\b(?:and|in|with|wearing) (?:an? )?(?:hat|cap)s?\b", re.IGNORECASE), ""),
)

_FRAME = re.compile(
    r"(?:an? |the |my )?(?:[\w-]+ )?(?:photo(?:graph)?|picture|image|portrait|selfie|snapshot"
    r"|headshot|close-?up|shot) of (?=an? |the |my )",
    re.IGNORECASE,
)
"""How people ask for a picture of somebody, who is named in front anyway."""

_SAID = re.compile(
    r"(?:an? )?((?:[\w'-]+ ){0,3}?)(man|woman|person|girl|boy|child)\b ?(.*)", re.IGNORECASE
)


def taught(phrases: Sequence[Phrase], opening: str, vocabulary: Vocabulary) -> list[Phrase]:
    """Say nothing of the person that the opening says, and speak of a role's clothes."""
    own = [_once(phrase, opening) for phrase in phrases]
    roles = _roles(phrases, vocabulary)
    if roles:
        own = [replace(phrase, text=_GARMENT.sub(r"\1clothes", phrase.text)) for phrase in own]
    if roles & (_HATTED | _HELMETED):
        own = [replace(phrase, text=_bareheaded(phrase.text)) for phrase in own]
    return [phrase for phrase in own if phrase.text]


def hidden(phrases: Sequence[Phrase], vocabulary: Vocabulary) -> tuple[str, ...]:
    """List the garments and hats that a role hides."""
    roles = _roles(phrases, vocabulary)
    if not roles:
        return ()
    garments = [found[2] for phrase in phrases for found in _GARMENT.finditer(phrase.text)]
    worn = any(_bareheaded(phrase.text) != phrase.text for phrase in phrases)
    hat = worn and roles & _HELMETED and not roles & _HATTED
    return (*garments, *(("hat",) if hat else ()))


def _bareheaded(text: str) -> str:
    for hat, left in _HAT:
        text = hat.sub(left, text)
    return text


def _roles(phrases: Sequence[Phrase], vocabulary: Vocabulary) -> set[str]:
    """Give the roles that the model draws, each by one word."""
    roles = [role_of(phrase.text).lower().split() for phrase in phrases]
    nouns = {words[-1] for words in roles if words}
    return {form for noun in nouns if not vocabulary.unknown(noun) for form in forms_of(noun)}


def _once(phrase: Phrase, opening: str) -> Phrase:
    """Take off who the opening has named; an age is told twice, or it is not drawn."""
    text = _FRAME.sub("", phrase.text, count=1)
    phrase = replace(phrase, text=text)
    found = _SAID.fullmatch(text)
    if found is None or found[2].lower() not in (*opening.split(), "person"):
        return phrase
    if set(found[1].lower().split()) & {*Age, "of", "as"}:
        return phrase
    return replace(phrase, text=" ".join(filter(None, (found[1].strip(), found[3]))))
