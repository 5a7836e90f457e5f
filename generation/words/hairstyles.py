"""Hairstyles that the pocket model doesn't draw, and the hair that it draws instead."""

import re
from functools import partial

from generation.words.named import COLOURS
from generation.words.people import PEOPLE
from generation.words.roles import is_role
from generation.words.subject import article

_LIKE = {
    "long ": r"braids?|plaits?|pig-?tails|dreadlocks|dreads|cornrows|locks|tresses",
    "short ": r"bob(?: cut)?|pixie(?: cut| crop)?|crew cut|undercut",
    "curly ": r"ringlets|perm|curls",
    "": r"mohawk|mullet|wig|bangs|quiff",
}
"""What hair is like in each of them; of some it says nothing."""

_LOOK = (
    rf"(?:{COLOURS}|very|long|short|curly|wavy|straight|thick|thin|big|bright|deep|messy"
    r"|braided|flowing)"
)
_ELSE = frozenset(("bob", "locks", "curls", "bangs", "wig"))
"""What may be something else by itself: Bob, a door's locks."""

_STYLES = [
    (
        re.compile(
            r"(?P<led>\b(?:with|wearing|in|has|have) )?(?:(?:an?|his|her|their|my|two|some) )?"
            rf"(?P<looks>(?:{_LOOK}[- ]){{0,6}})(?P<style>{styles})(?![\w'-])",
            re.IGNORECASE,
        ),
        like,
    )
    for like, styles in _LIKE.items()
]
_COLOURED = re.compile(
    rf"(?P<led>\b(?:with|wearing|in|has|have) )(?P<a>(?:an?|his|her|their|my) )?"
    rf"(?P<looks>(?:{_LOOK}[- ]){{0,6}}{COLOURS}) (?P<style>afro|ponytail|bun)\b",
    re.IGNORECASE,
)
"""Styles that are drawn: their colour is said of the hair, as captions do."""

_WAVY = re.compile(rf"\b(?:wavy|frizzy|kinky)(?=[- ](?:{COLOURS} )?hair(?:ed)?\b)", re.IGNORECASE)
_OF_WHOM = re.compile(
    rf"(?<![\w-])(?P<colour>{COLOURS})[- ]hair(?= (?P<who>[\w-]+)(?: (?P<last>[\w-]+))?)",
    re.IGNORECASE,
)
"""How people write who is in a hurry: "silver hair elf princess"."""

_GOES_ON = frozenset(("in", "on", "at", "and", "with", "as", "or", "of", "is", "by", "near"))
_PEOPLE = re.compile(PEOPLE, re.IGNORECASE)
_LENGTH = re.compile(r"\b(?:long|short|medium)\b", re.IGNORECASE)


def plain_hairstyles(text: str) -> tuple[str, tuple[str, ...]]:
    """Call them by hair, "blonde braids" long blonde hair; give those that aren't drawn, too."""
    missed: list[str] = []

    def plain(like: str, found: re.Match[str]) -> str:
        led, looks = found["led"] or "", found["looks"].replace("-", " ")
        style = found["style"].lower()
        if not looks and (style == "locks" or (not led and style in _ELSE)):
            return found[0]
        if style != "curls":
            missed.append(found["style"])
        said = "curly" in looks.lower() if like == "curly " else _LENGTH.search(looks)
        return f"{led}{'' if said else like}{looks}hair"

    for pattern, like in _STYLES:
        text = pattern.sub(partial(plain, like), text)
    text = _COLOURED.sub(_of_the_hair, text)
    return _OF_WHOM.sub(_haired, _WAVY.sub("curly", text)), tuple(missed)


def _of_the_hair(found: re.Match[str]) -> str:
    a = f"{article(found['style'])} " if found["a"] else ""
    return f"{found['led']}{found['looks']} hair and {a}{found['style']}"


def _haired(found: re.Match[str]) -> str:
    """Say "silver-haired" of somebody; what follows hair otherwise stays."""
    who = [one for one in (found["who"], found["last"]) if one]
    somebody = any(is_role(one) or _PEOPLE.fullmatch(one) for one in who)
    return f"{found['colour']}-haired" if somebody and who[0].lower() not in _GOES_ON else found[0]
