"""The table of prompts that was read line by line: `prompts.txt` beside this file.

`python -m tests.generation.words.prompt_table` writes it anew; look at what changed.
"""

from pathlib import Path

from generation.character import (
    Age,
    Character,
    Eyes,
    FacialHair,
    Gender,
    Glasses,
    HairColor,
    HairLength,
    Skin,
    Traits,
)
from generation.words.recipes import PHOTOGRAPH
from generation.words.vocabulary import EVERY_WORD
from generation.words.writer import PromptWriter
from tests.support.clip_tokenizer import count_clip_tokens

FILE = Path(__file__).parent / "prompts.txt"

PEOPLE = {
    "nothing said": Traits(),
    "a woman": Traits(
        gender=Gender.WOMAN,
        age=Age.YOUNG,
        hair_color=HairColor.RED,
        hair_length=HairLength.LONG,
        eyes=Eyes.GREEN,
        skin=Skin.PALE,
        glasses=Glasses.NONE,
    ),
    "a man with glasses": Traits(
        gender=Gender.MAN,
        age=Age.ADULT,
        hair_color=HairColor.BROWN,
        hair_length=HairLength.SHORT,
        facial_hair=FacialHair.BEARD,
        glasses=Glasses.GLASSES,
    ),
    "an old bald man": Traits(
        gender=Gender.MAN,
        age=Age.OLD,
        hair_length=HairLength.BALD,
        skin=Skin.DARK,
        facial_hair=FacialHair.NONE,
        glasses=Glasses.NONE,
        words="a scar on the left cheek, kind eyes",
    ),
    "a girl": Traits(gender=Gender.WOMAN, age=Age.CHILD, hair_color=HairColor.BLOND),
    "everything": Traits(
        gender=Gender.PERSON,
        age=Age.ADULT,
        hair_color=HairColor.BLACK,
        hair_length=HairLength.MEDIUM,
        eyes=Eyes.BROWN,
        skin=Skin.OLIVE,
        facial_hair=FacialHair.MOUSTACHE,
        glasses=Glasses.SUNGLASSES,
        words="freckles, silver earrings, a tattoo of a rose on the neck, no necklace",
    ),
}

REQUESTS = (
    "an astronaut on the moon",
    "a knight in a forest, without glasses",
    "Negative prompt: castle",
    "a bearded viking",
    "an old man with a cane",
    "aged 80, in a rocking chair",
    "with long hair in the wind",
    "in dark sunglasses on a beach",
    "riding a horse through the desert",
    "full body, running in the rain",
    "portrait of a king in a castle",
    "oil painting of a queen",
    "a pencil drawing of me, smiling",
    "cyberpunk city at night, neon lights",
    "pirate",
    "me as a detective in a foggy street",
    "as a witch, no hat",
    "wearing a red dress, in a garden",
    "a woman in a business suit",
    "a castle on a hill",
    "a chef cooking pasta in a busy kitchen",
    "Sherlock Holmes with a magnifying glass",
    "a samurai with a (katana:1.3), (cherry blossoms:0.8)",
    "a superhero flying over the city without a mask",
    "she walks on the moon",
    "sitting on a throne, golden crown, velvet robe",
    "a mustachioed cowboy, not smiling",
    "clean-shaven, in a white shirt",
    "bald wizard with a staff",
    "blonde, blue eyes, in Paris",
    "anime style, in a school uniform",
    "a cat",
    "on a motorcycle at sunset",
    "in a spaceship, no people, no text",
    "a ballerina dancing on a stage",
    "a young prince",
    "pixel art, an elf in the woods",
    "close-up, serious, black and white photo",
    (
        "a vampire in a gothic cathedral, pale skin, red eyes, candle light, dramatic shadows, "
        "velvet cloak, blood moon behind the window, bats, fog on the floor, old paintings on the "
        "walls, cinematic composition, intricate details, baroque furniture, mirrors"
    ),
    "",
)


def table() -> str:
    writer = PromptWriter(count_clip_tokens, vocabulary=EVERY_WORD, recipe=PHOTOGRAPH)
    blocks = []
    for request in REQUESTS:
        lines = [f"# {request or '(nothing)'}"]
        for name, traits in PEOPLE.items():
            prompt = writer.write(Character("Ann", (b"",), traits), request)
            used = f"{count_clip_tokens(prompt.positive)}/{count_clip_tokens(prompt.negative)}"
            lines += [f"{name} [{used}]", f"  + {prompt.positive}", f"  - {prompt.negative}"]
            lines += [f"  cut: {prompt.cut}"] if prompt.cut else []
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
