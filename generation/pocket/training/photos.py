"""Photographs of people that code renders, and what is taught with them."""

from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from random import Random

import numpy as np
import torch
from PIL import Image

from generation.faces.eyes import Eyes
from generation.faces.face import FACE_SIDES
from generation.faces.sface import Maps
from generation.pocket.portraits.attributes import PERSON_NAMES, Person, Portrait
from generation.pocket.portraits.chance import likely_person
from generation.pocket.portraits.heads.head import makehuman, marked_head, photographed_head
from generation.pocket.portraits.photograph.conditions import HARSH, TURNED
from generation.pocket.portraits.photograph.face import photographed
from generation.pocket.portraits.reference import drawn_face
from generation.pocket.sizes import FACE_SIDE, PORTRAIT_SIDE
from generation.pocket.training.rows import Tensors, numbers_shown, pixels

LIKELY = 0.9
"""Share of the photographs that show a likely person; the others show anybody."""

DRAWN = 0.2
"""Share of drawings among them: of a drawing anybody's skin must be read as exactly as before."""

TEXTURED = 0.6
"""Share of the photographs that show MakeHuman's heads (`portraits/heads/`), which look far more
like people. The others are `portraits/photograph/`'s: without these glasses were read worse."""

HATTED = 0.35
"""Share of the heads that wear something where regions are marked: far more than of people, for
with fewer of them beanies, peaks and flowers were taken for hair."""

LOOKS_LIKE = {"harsh": 24, "turned": 16, "hatted": 25, "earlier": 35}
"""How frequent what is in what teaches to read portraits: heads in harsh light, and turned aside in
it, heads in hats, and what taught the image encoder."""

SEEN_SIDES = FACE_SIDES * FACE_SIDE / PORTRAIT_SIDE
"""Side of a rendered photograph, in lengths of the face."""

TRIES = 5
"""Photographs of a head in which no face is found; then it is rendered the older way."""


def photographs(heads: Path, portraits: list[Portrait], random: Random) -> Tensors:
    """Photograph people, most of them likely; draw some instead: see Pool.photographs."""
    faces: list[Image.Image] = []
    people: list[Person] = []
    for anybody in (portrait.person for portrait in portraits):
        if random.random() < DRAWN:
            people.append(anybody)
            faces.append(drawn_face(anybody, random))
        else:
            likely = random.random() < LIKELY
            people.append(likely_person(random) if likely else anybody)
            faces.append(_photographed(people[-1], random, heads))
    sitters = [
        replace(portrait, person=person) for portrait, person in zip(portraits, people, strict=True)
    ]
    return {
        "pixels": pixels(faces),
        "drawings": pixels([drawn_face(person, random) for person in people]),
        "shown": numbers_shown(sitters, PERSON_NAMES),
    }


def looks(heads: Path, portraits: list[Portrait], random: Random) -> Tensors:
    """Photograph people, most of them likely: see Pool.looks."""
    sitters = _likely(portraits, random)
    faces = [_looking(sitter.person, random, heads) for sitter in sitters]
    return {
        "pixels": pixels(faces),
        "shown": numbers_shown(sitters, PERSON_NAMES),
    }


def seen_faces(heads: Path, portraits: list[Portrait], random: Random) -> Tensors:
    """Photograph heads, and have SFace see them: see Pool.seen."""
    sitters = _likely(portraits, random)
    maps = [_seen(sitter.person, random, heads) for sitter in sitters]
    return {
        "maps": torch.from_numpy(np.stack(maps)).half(),
        "shown": numbers_shown(sitters, PERSON_NAMES),
    }


def regions(heads: Path, portraits: list[Portrait], random: Random) -> Tensors:
    """Photograph heads, and mark their regions: see Pool.regions."""
    sitters = _likely(portraits, random)
    data = makehuman(heads)
    marked = [marked_head(sitter.person, random, FACE_SIDE, data, HATTED) for sitter in sitters]
    return {
        "pixels": pixels([photo for photo, _ in marked]),
        "marked": torch.from_numpy(np.stack([marks for _, marks in marked])).permute(0, 3, 1, 2),
        "shown": numbers_shown(sitters, PERSON_NAMES),
    }


def _likely(portraits: list[Portrait], random: Random) -> list[Portrait]:
    """Have likely people sit instead of most."""
    return [
        replace(portrait, person=likely_person(random)) if random.random() < LIKELY else portrait
        for portrait in portraits
    ]


def _seen(person: Person, random: Random, heads: Path) -> Maps:
    """Photograph a head until its face is found, as people do; give what SFace saw."""
    for attempt in count():
        photo = (
            photographed_head(person, random, FACE_SIDE, makehuman(heads))
            if attempt < TRIES
            else photographed(person, random, FACE_SIDE)
        )
        if seen := _eyes().see(photo, SEEN_SIDES):
            return seen.maps
    raise AssertionError  # for the type checker: count() has no end


@cache
def _eyes() -> Eyes:
    """Load the networks once in each process."""
    return Eyes()


def _looking(person: Person, random: Random, heads: Path) -> Image.Image:
    match random.choices([*LOOKS_LIKE], [*LOOKS_LIKE.values()])[0]:
        case "harsh":
            return photographed_head(person, random, FACE_SIDE, makehuman(heads), HARSH)
        case "turned":
            return photographed_head(person, random, FACE_SIDE, makehuman(heads), TURNED)
        case "hatted":
            return marked_head(person, random, FACE_SIDE, makehuman(heads), HATTED)[0]
        case _ if random.random() < DRAWN:
            return drawn_face(person, random)
        case _:
            return _photographed(person, random, heads)


def _photographed(person: Person, random: Random, heads: Path) -> Image.Image:
    if random.random() < TEXTURED:
        return photographed_head(person, random, FACE_SIDE, makehuman(heads))
    return photographed(person, random, FACE_SIDE)
