"""What a person's photos show of the traits that they left open.

A model that draws photographs sees it in a face by itself. The pocket model's image encoder is
small, and in doubt of every fourth skin and every tenth pair of glasses; in words they are obeyed.
"""

from dataclasses import replace

from generation.character import CHOICES, Character
from generation.faces.sight import Sights


def as_on_photos(character: Character, sights: Sights) -> Character:
    """Fill in what the photos show, if it is the same on all that show it. It computes.

    Nothing of it is stored. Raises generation.faces.shipped.FaceModelDamaged.
    """
    shown = [sights.read_traits(face) for face in character.faces]
    open_traits = [name for name in CHOICES if getattr(character.traits, name) is None]
    seen = {name: {getattr(traits, name) for traits in shown} - {None} for name in open_traits}
    same = {name: next(iter(values)) for name, values in seen.items() if len(values) == 1}
    return replace(character, traits=replace(character.traits, **same))
