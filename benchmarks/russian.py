"""What arrives of Russian requests: `python -m benchmarks.russian [--count N] [--sheet PATH]`.

Each request of `REQUESTS` is drawn by the pocket model as the bot draws it, of a neutral face, and
its reader says what the pictures show. A request has arrived when most of the pictures of its album
show all that it asks for.
"""

import argparse
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image

from generation.character import Age, Character, Eyes, FacialHair, Gender, Glasses, HairColor, Skin
from generation.engine.generator import DiffusionGenerator
from generation.modes import MODES
from generation.pocket.judging.reader import AttributeReader, load_reader
from generation.pocket.portraits.attributes import (
    Clothes,
    Cut,
    Expression,
    Garment,
    Hat,
    Look,
    Person,
    Place,
    Role,
)
from generation.pocket.portraits.reference import clean_face
from generation.request import GenerationRequest

Asked = tuple[object, ...]

REQUESTS: dict[str, Asked] = {
    "космонавт на луне в красном плаще": (Role.ASTRONAUT, Place.MOON),
    "пират на корабле на закате": (Role.PIRATE, {Place.SEA, Place.SUNSET}),
    "в зимнем лесу": ({Place.SNOW, Place.FOREST},),
    "рыжая девушка в очках": (HairColor.RED, Gender.WOMAN, Glasses.GLASSES),
    "шерлок холмс": (Role.DETECTIVE,),
    "бородатый викинг в горах": (Role.VIKING, FacialHair.BEARD, Place.MOUNTAINS),
    "волшебница в библиотеке": (Role.WIZARD, Place.LIBRARY),
    "я повар на кухне": (Role.CHEF, Place.KITCHEN),
    "рыцарь в сияющих доспехах у замка": (Role.KNIGHT, Place.CASTLE),
    "нарисуй меня королём в тронном зале": (Role.KING, Place.CASTLE),
    "гитарист на сцене, рок-концерт": (Role.MUSICIAN, Place.STAGE),
    "врач в больнице": (Role.DOCTOR,),
    "самурай под дождём": (Role.SAMURAI, Place.RAIN),
    "ковбой в пустыне": (Role.COWBOY, Place.DESERT),
    "супергерой в ночном городе": (Role.SUPERHERO, Place.NIGHT),
    "под водой": (Place.UNDERWATER,),
    "садовница среди цветов": (Role.GARDENER, Place.GARDEN),
    "портрет маслом": (Look.OIL,),
    "акварельный портрет в саду": (Look.WATERCOLOR, Place.GARDEN),
    "рисунок карандашом": (Look.PENCIL,),
    "пиксель-арт, пилот": (Look.PIXELS, Role.PILOT),
    "в жёлтом свитере на пляже": (Clothes.YELLOW, Garment.SWEATER, Place.BEACH),
    "в синем платье на сцене": (Clothes.BLUE, Garment.DRESS, Place.STAGE),
    "улыбающаяся блондинка на улице": (Expression.SMILING, HairColor.BLOND, Place.CITY),
    "в шляпе и зелёной рубашке в лесу": (Hat.HAT, Clothes.GREEN, Place.FOREST),
    "лысый мужчина с усами": (Cut.BALD, FacialHair.MOUSTACHE),
    "с длинными чёрными волосами в космосе": (Cut.LONG, HairColor.BLACK, Place.SPACE),
    "седой старик с бородой, фиолетовая толстовка": (
        *(HairColor.GRAY, FacialHair.BEARD, Age.OLD, Clothes.PURPLE, Garment.HOODIE),
    ),
    "учёный с колбой, удивлённый": (Role.SCIENTIST, Expression.SURPRISED),
    "в белом костюме, в солнцезащитных очках, в студии": (
        *(Clothes.WHITE, Garment.JACKET, Glasses.SUNGLASSES, Place.STUDIO),
    ),
}
"""Requests, and what their pictures must show; of a set any one."""

SEED = 2026

NEUTRAL = Person(
    gender=Gender.PERSON, age=Age.ADULT, skin=Skin.FAIR, hair_color=HairColor.BROWN,
    cut=Cut.SHORT, eyes=Eyes.BROWN, facial_hair=FacialHair.NONE, glasses=Glasses.NONE,
)  # fmt: skip
"""Whose photo is drawn: somebody without what the requests ask for."""


def not_shown(read: Mapping[str, object], asked: Asked) -> list[object]:
    """Give what is asked for and not shown."""
    seen = set(read.values())
    return [one for one in asked if not (one if isinstance(one, set) else {one}) & seen]


class Requests:
    """Draws requests and reads the pictures."""

    def __init__(self, count: int, seed: int = SEED) -> None:
        self._generator = DiffusionGenerator("pocket")
        self._reader: AttributeReader = load_reader()
        face = BytesIO()
        clean_face(NEUTRAL, Random(SEED)).save(face, "PNG")  # noqa: S311 - nothing secret
        self._character = Character(name="", faces=(face.getvalue(),))
        self._count, self._seed = count, seed
        self.english = ""
        self.pictures: list[Image.Image] = []

    def missed(self, words: str, asked: Asked) -> list[list[object]]:
        """Give for each picture what it doesn't show."""
        request = GenerationRequest(
            self._character, words, MODES["FAST"], self._seed, count=self._count
        )
        (prompt,) = self._generator.prompts(request)
        self.english = prompt.english
        self.pictures = [
            picture.image for picture in self._generator.album(request, lambda _: None, [prompt])
        ]
        return [not_shown(read, asked) for read in self._reader.read(self.pictures)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.russian")
    parser.add_argument("--count", type=int, default=6, help="pictures of an album")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--sheet", type=Path, help="write the first pictures here")
    options = parser.parse_args()
    requests = Requests(options.count, options.seed)
    firsts: list[Image.Image] = []
    arrived = 0
    for words, asked in REQUESTS.items():
        missed = requests.missed(words, asked)
        right = sum(not one for one in missed)
        arrived += 2 * right > len(missed)
        firsts.append(requests.pictures[0])
        names = sorted({str(thing) for one in missed for thing in one})
        print(f"{right} of {len(missed)}  {words} -> {requests.english}  {names or ''}", flush=True)
    print(f"{arrived} of {len(REQUESTS)} requests arrived")
    if options.sheet:
        _sheet(firsts).save(options.sheet)


def _sheet(pictures: Sequence[Image.Image], columns: int = 6, side: int = 256) -> Image.Image:
    rows = -(-len(pictures) // columns)
    page = Image.new("RGB", (columns * side, rows * side))
    for k, picture in enumerate(pictures):
        small = picture.resize((side, side), Image.Resampling.LANCZOS)
        page.paste(small, (k % columns * side, k // columns * side))
    return page


if __name__ == "__main__":
    main()
