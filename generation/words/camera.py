"""What words say of the camera: how near it is, in what light, and whether there is one."""

import re

from generation.words.named import names
from generation.words.recipes import Recipe
from generation.words.wishes import Wishes

_DOING = (
    "rid|runn|jump|walk|ski|surf|swimm|climb|fly|fight|skat|cycl|driv|kneel|stand|sitt|ly|crawl"
    "|hik|sail|danc|kick|dunk|march|snowboard|float|fall|leap|charg|sprint|jogg|bow|stroll|wrestl"
    "|skateboard|skydiv|div|row|paddl|perform|box"
    "|play(?=ing (?:foot|basket|base|volley|tennis|golf))"
)
_DOES = "rid|run|jump|danc|walk|ski|surf|swim|climb|fli|fight|driv|danc|stand|sit|kneel|skat|leap"

_WIDE = re.compile(
    r"\b(?:full[- ]?(?:body|length|figure)|(?:whole|entire) (?:body|figure)|head to (?:toe|foot)"
    r"|(?:wide|long|drone|group)[- ](?:shot|angle|view)|from (?:afar|a distance|behind|above|below)"
    rf"|aerial|silhouette|cowboy shot|(?:{_DOING})ing|(?:{_DOES})(?:e?s)"
    r"|(?:on|upon) (?:an?|the|his|her) (?:[\w-]+ )?(?:horse|pony|camel|elephant|dragon|unicorn|bike"
    r"|bicycle|motorcycle|motorbike|scooter|skateboard|surfboard|snowboard|throne|sofa|couch|chair"
    r"|bench|sled|broom(?:stick)?|balcony|trampoline|swing|bed|log)s?)\b",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"\b(?:portrait|close[- ]?up|head[- ]?shot|selfie|mug ?shot|face|bust|profile|macro"
    r"|(?:upper|half)[- ]body|waist up|passport|avatar)\b",
    re.IGNORECASE,
)
_LIGHT = re.compile(
    r"\b(?:\w*light(?:s|ing|ed|ning)?|\w*lit|night\w*|dark(?:ness|room)?|sun(?:ny|set|rise|shine)?"
    r"|torch\w*|dawn|dusk|twilight|(?:golden|blue|magic) hour|neon|candles?|lanterns?|lamps?"
    r"|fire(?:place|works)?|bonfire|campfire|flames?|glow\w*|shadow\w*|silhouette|chiaroscuro"
    r"|studio|stage|flash|bright|dim|overcast|fog\w*|mist\w*|storm\w*|rain\w*|noir|evening|morning|noon"
    r"|midday|midnight|aurora|underwater|disco|club|rim[- ]lit|backlit|cloudy|explosions?|lava"
    r"|eclipse|cave)\b",
    re.IGNORECASE,
)
_DRAWN = re.compile(
    r"\b(?:paint(?:ed)?|(?:painting|drawing)(?! (?:an?|the|his|her|my)\b)"
    r"|drawn|sketch\w*|watercolou?r\w*|anime|manga|cartoon\w*|comics?"
    r"|pencil|charcoal|crayon|ink|pastel|gouache|fresco|engraving|etching|woodcut|illustrat\w+"
    r"|pixel\w*|pixel[- ]art|8-bit|16-bit|renders?|rendering|3d|cgi|oil on canvas|in oil|caricature"
    r"|mosaic|stained glass|sculpture|statue|figurine|clay(?:mation)?|lego|origami|low[- ]poly"
    r"|vector|graffiti|fresco|pop art|art nouveau|impressionis\w+|cubis\w+|surrealis\w+|ghibli"
    r"|disney|pixar|van gogh|picasso|monet|rembrandt|da vinci|vermeer|ukiyo-?e|old master"
    r"|concept art|digital art|line art|doodle|storybook)\b",
    re.IGNORECASE,
)


def names_framing(words: str) -> bool:
    """Say whether words tell how near the person is, or want more of them than the face."""
    return bool(_WIDE.search(words) or _CLOSE.search(words))


def names_light(words: str) -> bool:
    return bool(_LIGHT.search(words))


def is_drawn(words: str) -> bool:
    """Say whether words want something else than a photograph: a painting, an anime."""
    return bool(_DRAWN.search(words))


def photographed(medium: str) -> str:
    """Name a medium so that a portrait is a photograph: a model may paint it else."""
    if is_drawn(medium) or re.search(r"photo|selfie|still|shot|poster|statue", medium):
        return medium
    return f"{medium} photo"


def said_of_camera(recipe: Recipe, wishes: Wishes) -> list[str]:
    """List what is said of the camera, where the words and the style don't."""
    style, said = wishes.style, wishes.said
    drawn = is_drawn(wishes.wanted)
    words = [
        "" if names_framing(said) else recipe.framing,
        *recipe.quality,
        "" if names_light(said) or style or drawn else recipe.light,
        *(() if style or drawn else recipe.photographic),
    ]
    return [
        one for one in words if one and not any(names(one, phrase) for phrase in wishes.unwanted)
    ]
