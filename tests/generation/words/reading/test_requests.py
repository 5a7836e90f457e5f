"""Sixty requests as people write them, thirty in each language, and what must be understood."""

from dataclasses import dataclass, field

import pytest

from generation.words.reading import Options, read


@dataclass(frozen=True)
class Request:
    """`told` are the kinds of the remarks."""

    text: str
    wanted: str
    unwanted: tuple[str, ...] = ()
    options: Options = field(default_factory=Options)
    told: tuple[str, ...] = ()


def no(*things: str) -> tuple[str, ...]:
    return things


ENGLISH = [
    Request("an astronaut on the moon", "an astronaut on the moon"),
    Request("a knight in a forest, without glasses", "a knight in a forest", no("glasses")),
    Request("a chef in a kitchen, not wearing a hat", "a chef in a kitchen", no("hat")),
    Request("no glasses please, a samurai", "a samurai", no("glasses")),
    Request("no hat no beard no glasses, a king", "a king", no("hat", "beard", "glasses")),
    Request("pirate minus the beard on a ship", "pirate on a ship", no("beard")),
    Request(
        "a wizard without a hat, beard or staff, at night",
        "a wizard, at night",
        no("hat", "beard", "staff"),
    ),
    Request(
        "a knight without helmet and sword in a meadow",
        "a knight in a meadow",
        no("helmet", "sword"),
    ),
    Request("a knight without a helmet and with a sword", "a knight with a sword", no("helmet")),
    Request(
        "the woman isn't smiling and looks at the sea",
        "the woman looks at the sea",
        no("smiling"),
    ),
    Request("not a knight but a samurai", "a samurai", no("knight")),
    Request("a hero in a city, nobody else", "a hero in a city", no("other people")),
    Request("a sailor, anything but a beard", "a sailor", no("beard")),
    Request(
        "an empty street with no cars in the background",
        "an empty street",
        no("cars in the background"),
    ),
    Request("hat: no, a cowboy", "a cowboy", no("hat")),
    Request("a knight --no hat, crowd", "a knight", no("hat", "crowd")),
    Request("a knight —no castle —seed 7", "a knight", no("castle"), Options(seed=7)),
    Request(
        "a knight\nNegative prompt: castle, (bad hands:1.4)\n"
        "Steps: 20, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 5, Size: 512x768",
        "a knight",
        no("castle", "bad hands"),
        Options(seed=5, size="portrait"),
        ("size", "parameters"),
    ),
    Request(
        "(red:1.3) dress, ((gold crown)), [moon]",
        "(red:1.3) dress, (gold crown:1.21), (moon:0.91)",
    ),
    Request(
        "a ((knight) in red:1.2 armour",
        "a (knight:1.1) in (red:1.2) armour",
        told=("weight", "brackets"),
    ),
    Request(
        "a queen --ar 2:3 --v 6 --s 750 --niji",
        "a queen",
        options=Options(size="portrait"),
        told=("size", "option"),
    ),
    Request(
        "a queen, seed=5 --count 3 --preset quality",
        "a queen",
        options=Options(seed=5, count=3, preset="quality"),
    ),
    Request(
        "--style anime a queen --style oil",
        "a queen",
        options=Options(style="oil"),
        told=("twice",),
    ),
    Request("a queen --sede 7", "a queen", options=Options(seed=7), told=("slip",)),
    Request("a cat <lora:fluffy:0.8>, BREAK, a dog", "a cat, a dog", told=("lora-none", "option")),
    Request("a cat::2 dog", "(a cat:1.33), (dog:0.67)", told=("weight",)),
    Request(
        "a no-nonsense detective, Dr. No, not only a spy, a notebook",
        "a no-nonsense detective, Dr. No, not only a spy, a notebook",
    ),
    Request("a king with a hat, but without a hat", "a king", no("hat"), told=("contradiction",)),
    Request("a bearded viking, no beard", "a viking", no("beard"), told=("contradiction",)),
    Request("🚀 “an astronaut” :)", "an astronaut", told=("emoji",)),
]

RUSSIAN = [
    Request("космонавт на луне", "космонавт на луне"),
    Request("рыцарь в лесу, без очков", "рыцарь в лесу", no("очки")),
    Request("рыцарь без очков и шляпы в лесу", "рыцарь в лесу", no("очки", "шляпа")),
    Request("рыцарь без шлема и дракон", "рыцарь и дракон", no("шлем")),
    Request(
        "пират без шляпы, бороды и усов на корабле",
        "пират на корабле",
        no("шляпа", "борода", "усы"),
    ),
    Request("рыцарь без шляпы, горы, закат", "рыцарь, горы, закат", no("шляпа")),
    Request("врач не в очках", "врач", no("очки")),
    Request("ковбой не на лошади, а на верблюде", "ковбой, на верблюде", no("лошадь")),
    Request("принцесса не в розовом платье", "принцесса", no("розовое платье")),
    Request("викинг, только без бороды, пожалуйста", "викинг", no("борода")),
    Request("викинг без бороды, но с усами", "викинг, с усами", no("борода")),
    Request("не рыцарь, а самурай", "самурай", no("рыцарь")),
    Request("не старый рыцарь", "рыцарь", no("старый")),
    Request("самурай не улыбается в саду", "самурай в саду", no("улыбается")),
    Request("самурай не смотрит в камеру", "самурай", no("смотрит в камеру")),
    Request("у врача нет бороды", "врач", no("борода")),
    Request("врач в халате, очков нет", "врач в халате", no("очки")),
    Request("повар, очки не нужны, шляпу не рисуй", "повар", no("очки", "шляпа")),
    Request("ни очков, ни шляпы, король на троне", "король на троне", no("очки", "шляпа")),
    Request("король в мантии вместо доспехов", "король в мантии", no("доспехи")),
    Request("ведьма, чтобы не было метлы и кота", "ведьма", no("метла", "кот")),
    Request("маг без посоха в руке, убери бороду", "маг", no("посох", "борода")),
    Request("город, без людей на фоне", "город", no("люди на фоне")),
    Request("Рыцарь. Негативный промпт: замок, толпа", "Рыцарь", no("замок", "толпа")),
    Request(
        "рыцарь --без шляпы, очков --сид 7 --формат 2:3",
        "рыцарь",
        no("шляпы", "очки"),
        Options(seed=7, size="portrait"),
        ("size",),
    ),
    Request(
        "рыцарь —пресет качество —стиль аниме",
        "рыцарь",
        options=Options(preset="качество", style="аниме"),
    ),
    Request(
        "«рыцарь» в (красном:1,3) плаще)))", "рыцарь в (красном:1.3) плаще", told=("brackets",)
    ),
    Request(
        "под голубым небом, нет слов, без ума от космоса, не только пират",
        "под голубым небом, нет слов, без ума от космоса, не только пират",
    ),
    Request("бородатый викинг без бороды", "викинг", no("борода"), told=("contradiction",)),
    Request("рыцарь без hat, knight без очков", "рыцарь, knight", no("hat", "очки")),
]


@pytest.mark.parametrize("request_", ENGLISH + RUSSIAN, ids=lambda one: one.text)
def test_a_request_is_understood(request_: Request) -> None:
    """What is wanted, what is not, the options, and what the person is told."""
    reading = read(request_.text)
    assert reading.wanted == request_.wanted
    assert reading.unwanted == request_.unwanted
    assert reading.options == request_.options
    assert tuple(dict.fromkeys(remark.kind for remark in reading.remarks)) == request_.told


@pytest.mark.parametrize("request_", ENGLISH + RUSSIAN, ids=lambda one: one.text)
def test_the_words_that_are_kept_say_the_same(request_: Request) -> None:
    """The worker reads them once more: nothing is lost, and no option is left."""
    reading = read(request_.text)
    again = read(reading.words)
    assert (again.wanted, again.unwanted) == (reading.wanted, reading.unwanted)
    assert again.options == Options()
    assert again.words == reading.words


def test_there_are_thirty_in_each_language() -> None:
    """And no two are the same."""
    assert len(ENGLISH) == len(RUSSIAN) == 30
    assert len({one.text for one in ENGLISH + RUSSIAN}) == 60
