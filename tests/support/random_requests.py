"""Two hundred requests put together by lot, always the same ones."""

import random
from collections.abc import Iterator

WHO = [
    "a knight", "an old wizard", "a queen in a red dress", "a bearded viking", "two dancers",
    "a firefighter with an axe", "a girl named Nadia", "the last samurai", "a chef",
    "me as a pilot",
    "рыцарь", "старый маг с посохом", "королева в красном платье", "бородатый викинг",
    "повар на кухне", "я как лётчик", "девочка с котом", "космонавт",
]  # fmt: skip
WHERE = [
    "in a dark forest", "on the moon", "at a busy market", "near the old lighthouse", "at sunset",
    "under the northern lights", "in front of a castle", "riding a white horse",
    "в тёмном лесу", "на луне", "у старого маяка", "на закате", "верхом на белом коне",
    "перед замком", "под дождём",
]  # fmt: skip
NOT = [
    "without glasses", "no hat", "not smiling", "not wearing a helmet", "no cars or people",
    "without a beard and moustache", "instead of a sword", "no crowd in the background",
    "без очков", "без шляпы и бороды", "не в шлеме", "не улыбается", "нет толпы",
    "никаких машин", "вместо меча", "не надо короны",
]  # fmt: skip
OPTIONS = [
    "--seed 17", "--style watercolour", "--preset quality", "--size portrait", "--count 4",
    "--ar 16:9", "--no fog, rain", "--сид 99", "--стиль масло", "—seed 23", "seed=42",
]  # fmt: skip
FOREIGN = [
    "--v 6", "--chaos 20", "--niji", "<lora:sharpness:0.8>", "BREAK", "https://example.org/a.png",
    "(detailed:1.3)", "((glowing))", "[fog]", "{bright}", "smoke::2", "(broken", "[day:night:0.5]",
    "🚀", "“quoted”", "«цитата»", "__place__", "<b>bold</b>", "--frobnicate 5", "(huge:7)",
]  # fmt: skip
NOISE = [
    "cinematic", "masterpiece", "8k", "sci-fi", "no-nonsense", "Dr. No", "not only young",
    "без ума от моря", "нет слов", "'; DROP TABLE users; --", "x_y", "C++", "what a day!",
    "quetzalcoatl", "1984", "рококо",
]  # fmt: skip


def requests() -> Iterator[str]:
    """Make 200 requests of people, places, negations, options, foreign habits and noise."""
    dice = random.Random(20)  # noqa: S311 - nothing is secret here
    for _ in range(200):
        parts = [dice.choice(WHO)]
        for kind, most in ((WHERE, 2), (NOT, 2), (OPTIONS, 2), (FOREIGN, 2), (NOISE, 2)):
            parts += dice.sample(kind, dice.randint(0, most))
        if dice.random() < 0.5:
            dice.shuffle(parts)
        text = dice.choice([" ", ", ", ", ", "\n"]).join(parts)
        yield dice.choice([text, text, text.capitalize(), text.replace("--", "—")])
