"""How the users of a model write its prompts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Denial:
    """What a model reads in the prompt itself of a thing that shall not be there.

    `face_at_most` is the greatest scale of the face adapter with which it is obeyed, even if the
    face shows the thing.
    """

    thing: str
    words: str
    face_at_most: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a prompt is made of besides the words of its person.

    `opening` says who is in the picture; with `joins` the scene goes on from there: "photo of a
    woman as an astronaut", and with `names_adults` it says "an adult woman". `framing` and `light`
    are said where the words name none, `quality` always, `photographic` where neither a style nor a
    drawing is wanted. `negative` is what the users exclude, and unless a drawing is wanted
    `against_drawings`. Each begins with what matters most.

    `denials` are the things that the model can be told to leave out. `outfits` are clothes for a
    story whose words name none, `costumes` for one whose roles have clothes of any colour.
    """

    name: str
    opening: str
    joins: bool
    names_adults: bool = False
    framing: str = ""
    light: str
    quality: tuple[str, ...]
    photographic: tuple[str, ...] = ()
    negative: tuple[str, ...]
    against_drawings: tuple[str, ...] = ()
    denials: tuple[Denial, ...] = ()
    outfits: tuple[str, ...]
    costumes: tuple[str, ...] = ()


_SHAVEN = 0.25
"""The adapter's scale at which the pocket model shaves a bearded face. With "clean-shaven" and
`beard` ruled out 0 of 20 pictures had a beard, and hair and skin were those of the face in 20 and
17; at 0.5 it stays."""

_BARE = 0.25
"""The scale at which it takes the glasses off a photographed face. Of 32 people in glasses 3 of 96
pictures of an astronaut without glasses had some, and 2 of 96 in a forest; at 0.5 10 and 7. Hair
and skin are said in the words anyway."""

POCKET = Recipe(
    name="pocket",
    opening="portrait of {person}, clear face",
    joins=False,
    names_adults=True,
    light="soft light",
    quality=("highly detailed", "sharp focus"),
    negative=(
        *("different person", "different face", "changed identity", "multiple people"),
        *("two faces", "face variation", "deformed face", "asymmetric eyes", "cropped head"),
        *("nsfw", "nude", "bad anatomy", "extra fingers", "blurry", "low quality"),
        *("jpeg artifacts", "watermark", "text"),
    ),
    denials=(
        Denial("glasses", "without glasses", face_at_most=_BARE),
        Denial("beard", "clean-shaven", face_at_most=_SHAVEN),
        Denial("moustache", "clean-shaven", face_at_most=_SHAVEN),
        Denial("stubble", "clean-shaven", face_at_most=_SHAVEN),
    ),
    outfits=(
        *("wearing a green sweater", "wearing a purple jacket", "wearing a yellow shirt"),
        *("wearing an orange sweater", "wearing a green jacket", "wearing a purple shirt"),
    ),
    costumes=("green clothes", "purple clothes", "yellow clothes", "orange clothes"),
)
"""The words of the captions that taught the pocket model: it must read the same ones. Its clothes
have colours that no hair has, or it would dye that too."""

PHOTOGRAPH = Recipe(
    name="photograph",
    opening="photo of {person}",
    joins=True,
    framing="upper body portrait",
    light="soft lighting",
    quality=("high quality",),
    photographic=("8k uhd", "dslr", "film grain", "Fujifilm XT3"),
    negative=(
        *("nsfw", "nude", "worst quality", "low quality", "jpeg artifacts", "deformed iris"),
        *("deformed pupils", "bad anatomy", "extra fingers", "mutated hands", "disfigured"),
        *("blurry", "cropped", "out of frame", "duplicate", "ugly", "text", "watermark"),
    ),
    against_drawings=("cgi", "3d", "render", "sketch", "cartoon", "drawing", "anime"),
    outfits=(
        *("wearing a dark blue sweater", "wearing a white shirt", "wearing a red wool coat"),
        *("wearing a green parka", "wearing a black leather jacket", "wearing a denim jacket"),
    ),
)
"""Checkpoints that draw photographs: Stable Diffusion 1.5, Realistic Vision and their like.

The words are those that the authors of Realistic Vision recommend, without those that repeat
others, and with what no picture may show.
"""

RECIPES = {recipe.name: recipe for recipe in (PHOTOGRAPH, POCKET)}
