"""A story: scenes that are drawn one after the other, from one text."""

import re
from collections.abc import Iterable
from dataclasses import replace

from generation.errors import Refusal
from generation.words.reading import MOST_PICTURES, Reading, Remark, read
from generation.words.reading.options import NO_NAMES, Names
from generation.words.reading.reader import split_listed, with_listed
from generation.words.reading.signs import plain
from generation.words.writer import SCENE_BAR

FEWEST_SCENES, MOST_SCENES = 2, MOST_PICTURES

_BETWEEN = re.compile(
    r"\n|[|¦│](?![^\[{]*[\]}])|(?=\b(?:scene|сцена|кадр)\s*\d{1,2}\s*[.):–—-])", re.IGNORECASE
)
"""What parts scenes: a line's end, a bar (in brackets it means something else), a heading."""

_HEADING = re.compile(
    r"^\s*(?:(?:(?:scene|picture|сцена|кадр|картинка)\s*)?\d{1,2}\s*[.):–—-]|[-–—•*])\s+",
    re.IGNORECASE,
)
"""How people begin a scene of a list: `1. `, `Scene 2: `, `- `."""

_OF_A_SCENE = frozenset({"contradiction", "only-unwanted"})
"""Remarks on what one picture shows: a helmet in one scene and none in another are both right."""


class TooFewScenes(Refusal):
    """There are no FEWEST_SCENES scenes. Fields: count, least, most."""


class TooManyScenes(Refusal):
    """There are more than MOST_SCENES scenes. Fields: count, most."""


def read_story(text: str, names: Names = NO_NAMES) -> tuple[Reading, tuple[str, ...]]:
    """Read a story, as a whole and scene by scene; a scene that says nothing is none.

    An option counts for all scenes, wherever it stands, and so does what `--no` rules out. What a
    scene rules out in its own words counts for that scene. `names` is as in `read`. Raises
    TooFewScenes, TooManyScenes, and what `read` raises.
    """
    parts = [_HEADING.sub("", part) for part in _BETWEEN.split(plain(text))]
    whole, readings = read("\n".join(parts), names), [read(part, names) for part in parts]
    words = joined(one.words for one in readings)
    scenes = [own for one in readings if (own := caption_of(one.words))]
    if len(scenes) < FEWEST_SCENES:
        raise TooFewScenes(count=len(scenes), least=FEWEST_SCENES, most=MOST_SCENES)
    if len(scenes) > MOST_SCENES:
        raise TooManyScenes(count=len(scenes), most=MOST_SCENES)
    _, listed = split_listed(words)
    scenes = [with_listed(scene, listed) for scene in scenes]
    remarks = _remarks(whole, readings, [read(scene) for scene in scenes])
    remarks += (
        Remark("lora-scene", ", ".join(map(str, one.loras)))
        for one in readings
        if one.loras and not caption_of(one.words)
    )
    if whole.options.count not in (None, len(scenes)):
        remarks.append(Remark("option", f"--count {whole.options.count}"))
    reading = replace(whole, words=words, remarks=tuple(dict.fromkeys(remarks)))
    return reading, tuple(scenes)


def joined(scenes: Iterable[str]) -> str:
    """Write scenes one after the other, as a story's words; what all rule out stands behind."""
    parted = [split_listed(scene) for scene in scenes]
    listed = dict.fromkeys(item for _, items in parted for item in items)
    return with_listed(f" {SCENE_BAR} ".join(own for own, _ in parted if own), [*listed])


def caption_of(scene: str) -> str:
    """Give a scene's words without what `--no` rules out in all of them."""
    return split_listed(scene)[0]


def scene_in(english: str, scenes: int, number: int) -> str:
    """Give the English of scene `number`, from 0; empty where it is not that of so many scenes."""
    parts = english.split(SCENE_BAR)
    return parts[number].strip() if len(parts) == scenes else ""


def _remarks(whole: Reading, parts: Iterable[Reading], scenes: Iterable[Reading]) -> list[Remark]:
    """Give what there is to say of the text, and of each scene as it is drawn."""
    told = [one for one in whole.remarks if one.kind not in _OF_A_SCENE]
    known = {one.kind for one in told} | _OF_A_SCENE
    told += [one for part in parts for one in part.remarks if one.kind not in known]
    return told + [one for scene in scenes for one in scene.remarks if one.kind in _OF_A_SCENE]
