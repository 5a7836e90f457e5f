"""What words name, by their stems and synonyms: "bearded" names a beard."""

import re

COLOURS = (
    r"(?:black|brown|blond|blonde|red|ginger|auburn|gray|grey|white|silver|golden|blue|pink|green"
    r"|purple|violet|orange|yellow|turquoise|teal|rainbow|platinum|copper|chestnut|dark|fair"
    r"|light|pale|hazel|amber|olive|tan|ebony)"
)
"""Colours of hair, eyes, skin and clothes."""

GARMENTS = (
    r"(?:(?:dress|suit)(?:es|s)?|(?:coat|jacket|(?:t-?)?shirt|sweater|pullover|jumper|hoodie|robe"
    r"|cloak|cape|uniform|costume|kimono|gown|skirt|blouse|raincoat|spacesuit|tuxedo|vest|scarf"
    r"|apron|swimsuit|bikini|sari|toga|tunic|outfit|parka|poncho|blazer|cardigan|armou?r)s?|jeans"
    r"|trousers|pants|shorts|leggings|overalls|clothes|clothing|pyjamas|pajamas)"
)
"""What is worn, by one word."""

GINGER_THINGS = (
    r"(?:cats?|kittens?|tomcats?|dogs?|fox(?:es)?|horses?|pon(?:y|ies)|tea|ale|beer|cookies?"
    r"|biscuits?|roots?|cakes?|bread)"
)
"""What may be called ginger besides people and their hair."""

_NO_DRINK = "".join(
    rf"(?<!{drink} )"
    for drink in (
        *("wine", "champagne", "beer", "cocktail", "martini", "whisky", "whiskey", "shot"),
        *("drinking", "opera"),
    )
)
"""What glasses before a face never are."""

_GRANNY = r"grand(?:ma|pa|mother|father|dad|parent)s?|grann(?:y|ies)"

_ESS = (
    r"(?:abb|actr|adventur|baron|count|duch|empr|enchantr|giant|godd|govern|heir|host|huntr|lion"
    r"|mistr|poet|priest|princ|prophet|seamstr|shepherd|songstr|sorcer|steward|temptr|tigr|waitr"
    r"|warrior)ess(?:es)?"
)
"""Who ends like a dress, and is a woman."""

_NAMES: dict[str, str] = {
    "glasses": rf"{_NO_DRINK}(?:sun|eye)?glasses(?! of)|specs|spectacles|eyewear|bespectacled"
    r"|shades(?! of)|monocle|aviators",
    "beard": r"beard\w*|goatee\w*|facial hair",
    "moustache": r"mo?ustach\w*|facial hair|whiskers",
    "stubble": r"stubbl\w*|unshaven|five o'clock shadow|facial hair",
    "shaven": r"(?:clean[- ])?shaven|beardless",
    "hair": r"(?<!facial )hair\w*|\w+-haired|blonde?s?|brunett?e?s?|red-?heads?|red[- ]?headed|wig"
    r"|ponytail|pigtails|braids?|braided hair|plaits?|dreadlocks|curls|afro|mohawk|mullet|locks",
    "bald": r"bald(?! (?:eagle|cat|patch|tire))\w*|hairless|shaved head|shaven head",
    "length": r"(?:long|short|medium|waist|shoulder|chin)(?:[- ]length)?[- ]"
    r"(?:[\w-]+[- ]){0,2}hair\w*|ponytail|pigtails"
    r"|(?:cropped|shaved|tied|messy bun of) hair|hair (?:bun|to|down)\b"
    r"|hair in (?:an? |two )?(?:\w+ )?(?:bun|pony|braid|pig|plait|knot|dread|curl|corn)\w*"
    r"|braid\w*|plaits?|dreadlocks|afro|mohawk|mullet|updo|(?:buzz|crew|pixie|bob) cut",
    "color": rf"{COLOURS}[- ](?:(?!eye|skin|in\b|with\b|and\b)[\w-]+ ){{0,2}}hair\w*"
    r"|blond\w*|brunett?e?s?|red-?heads?|red[- ]?headed|raven[- ]?hair\w*"
    rf"|ginger(?! {GINGER_THINGS})",
    "eyes": rf"(?:{COLOURS}|glowing|closed)[- ](?:\w+ )?eye[ds]?|eyes closed",
    "skin": rf"{COLOURS}[- ]skin\w*|tanned|sunburnt|dark-skinned",
    "man": r"\w*(?<!wo)(?<!hu)m[ae]n|boys?|guys?|males?|kings?|princes?|emperors?|gods?"
    r"|grooms?|husbands?|boyfriends?|fathers?|dads?|brothers?|(?:grand)?sons?|nephews?|uncles?|grandfathers?|grandpas?|cowboys?|he|his|him"
    r"|lads?|lords?|dukes?|santa|sir",
    "woman": rf"\w*wom[ae]n|girls?|\w*girl|lad(?:y|ies)|females?|{_ESS}|queens?|witch(?:es)?"
    r"|brides?|wi(?:fe|ves)|girlfriends?|mothers?|moms?|sisters?|(?:grand)?daughters?|nieces?|aunts?|bridesmaids?|fair(?:y|ies)|grandmothers?"
    r"|grandmas?|heroines?|mermaids?|ballerinas?|nuns?|geishas?|she|her",
    "child": r"child\w*|kids?|bab(?:y|ies)|toddlers?|boys?|girls?|sons?|daughters?|famil(?:y|ies)"
    r"|school\w*|pupils?|teen\w*",
    "adult": r"adults?|grown[- ]?ups?",
    "young": r"young\w*|youth\w*|teen\w*|youngsters?|student",
    "old": rf"old\w*|elder\w*|aged|ancient|seniors?|{_GRANNY}|antique|vintage|crones?|hag"
    r"|wise man",
    "wrinkles": r"wrinkl\w*",
    "hat": r"(?:\w+ )?hats?|caps?|helm(?:et)?s?|beret|bonnet|sombrero|fedora|beanie|headgear",
}
"""What each thing is called, as a regular expression for whole words."""

_NAMES["facial_hair"] = "|".join(_NAMES[one] for one in ("beard", "moustache", "stubble", "shaven"))
_NAMES["hair_length"] = f"{_NAMES['length']}|{_NAMES['bald']}"
_NAMES["hair_color"] = f"{_NAMES['color']}|{_NAMES['bald']}"
_NAMES["beard_color"] = (
    rf"{COLOURS}[- ](?:[\w-]+ ){{0,2}}(?:beard\w*|goatee\w*|mo?ustach\w*|stubbl\w*|whiskers)"
)
_NAMES["age"] = (
    r"(?:old|elderly|aged|young|little|teenage|middle-aged|baby|senior)"
    r" (?:[\w-]+ ){0,2}(?:wom[ae]n|m[ae]n|lad(?:y|ies)|guys?|persons?|people|girls?|boys?|child"
    r"|self|me|king|queen|wizard|witch|sailor|warrior|monk|master of)"
    r"|aged? (?:of )?\d+|\d+[- ]?(?:years?|y\.?o\.?)(?:[- ]old)?"
    r"|in (?:his|her|my|their) (?:\d\ds|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)"
    r"|elderly|middle[- ]aged|wrinkl\w*|toddlers?|teenagers?|teens?|bab(?:y|ies)|as a (?:child|kid)"
    rf"|in old age|{_GRANNY}"
)
"""The trait of that name: words that say something else of it, or the same."""

_PATTERNS = {
    name: re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE) for name, words in _NAMES.items()
}


def names(text: str, thing: str) -> bool:
    """Say whether a text names a thing of the table, or the very words of another."""
    pattern = _PATTERNS.get(thing) or re.compile(
        rf"\b{re.escape(stem(thing))}\w{{0,3}}(?!\w)", re.IGNORECASE
    )
    return bool(pattern.search(text))


def stem(word: str) -> str:
    """Take off what a plural, or a verb's form, has at its end: "people" has no such."""
    return re.sub(r"(?<=\w{3})(?:'s|s|es|ing|ed)$", "", word)
