"""The names of options, ours and those of other programs, and how people write them."""

import re

from generation.sizes import Size
from generation.words.reading.signs import CLOSING, LONG_DASHES, OPENING

NO = "no"
"""The option whose value is what a picture is not to show."""

OURS = {
    "seed": ("seed", "sid", "сид", "зерно"),
    "preset": ("preset", "mode", "пресет", "режим", "качество"),
    "style": ("style", "стиль"),
    "size": ("size", "format", "shape", "размер", "формат", "ориентация"),
    "count": ("count", "number", "pictures", "images", "num", "n", "количество", "число",
              "картинок", "картинки", "штук"),
    NO: ("no", "not", "neg", "negative", "negative-prompt", "neg-prompt", "without", "exclude",
         "без", "не", "нет", "кроме", "минус"),
}  # fmt: skip
"""Our options, and what people call them."""

OURS_BY_NAME = {name: ours for ours, names in OURS.items() for name in names}

RATIOS = frozenset(("ar", "aspect", "aspect-ratio", "ratio", "ар"))
"""Names of the ratio of the sides, as in `--ar 2:3`."""

SHAPES = {
    **{size.value: size for size in Size},
    "vertical": Size.PORTRAIT, "horizontal": Size.LANDSCAPE, "wide": Size.LANDSCAPE,
    "tall": Size.PORTRAIT, "квадрат": Size.SQUARE, "портрет": Size.PORTRAIT,
    "альбом": Size.LANDSCAPE, "пейзаж": Size.LANDSCAPE, "вертикально": Size.PORTRAIT,
    "горизонтально": Size.LANDSCAPE, "вертикальный": Size.PORTRAIT, "книжный": Size.PORTRAIT,
    "горизонтальный": Size.LANDSCAPE, "альбомный": Size.LANDSCAPE, "квадратный": Size.SQUARE,
    "upright": Size.PORTRAIT,
}  # fmt: skip
"""Shapes that people write as an option of their own: `--portrait`."""

WITH_WORD = frozenset((
    "sref", "cref", "oref", "p", "profile", "sampler", "scheduler", "model", "checkpoint", "lora",
    "vae",
))  # fmt: skip
"""Options of other programs whose value is a word."""

OF_OTHERS = WITH_WORD | frozenset((
    "v", "version", "q", "quality", "s", "stylize", "stylise", "chaos", "c", "weird", "iw", "stop",
    "sw", "cw", "ow", "sv", "exp", "repeat", "r", "steps", "step", "cfg", "cfg-scale", "scale",
    "guidance", "strength", "width", "height", "w", "h", "motion", "fps", "bs", "clip-skip",
    "sameseed", "шаги", "шагов",
    "niji", "tile", "hd", "raw", "turbo", "video", "fast", "relax", "draft", "loop", "creative",
    "test", "testp", "upbeta", "uplight", "upanime", "stealth", "public", "hires",
))  # fmt: skip
"""Options of other programs; what follows is their value only if it is a number."""

BEHIND_ONE_DASH = frozenset((
    NO, "neg", "negative", "stylize", "tile", "hd", "niji", "raw", "turbo", "video",
))  # fmt: skip
"""Names besides ours that count as an option behind one long dash without a number. Any other name
is a word there: “a king —old man”."""

RAW = "raw"
"""A style of another program, which means none: `--style raw`."""

_DASH = f"[{LONG_DASHES}-]"
_ENDS = re.escape(CLOSING)

OPTION = re.compile(rf"({_DASH}+)([^\W\d_][\w-]*?)(\d*)(?:[=:](.*)|[{_ENDS}]*)")
"""A word that may be an option: dashes, a name, perhaps a number at once, and perhaps a value."""

GLUED = re.compile(
    rf"(?<=[^\s{LONG_DASHES}{re.escape(OPENING)}-])(?=(?:-{{2,}}|[{LONG_DASHES}]){_DASH}*"
    rf"(?:(?:seed|сид|count)[\s=:]*\d|(?:style|preset|size|ar|no|стиль|пресет|размер)[\s=:]+\w))",
    re.IGNORECASE,
)
"""Where an option stands without a space before it."""

BARE = re.compile(
    rf"(seed|preset|style|size|count|сид|стиль|размер|пресет)[=:](.+?)[{_ENDS}]*", re.IGNORECASE
)
"""An option without dashes."""

SPACED = re.compile(
    rf"(?<!\S)({_DASH}+\w+|seed|preset|style|size|count|сид|стиль|размер|пресет)\s*=\s*(?=\S)",
    re.IGNORECASE,
)
"""A sign of equality with spaces about it."""
