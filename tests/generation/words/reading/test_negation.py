"""Negation: what a picture is not to show, and words that only look like it."""

import pytest

from generation.words.reading import read


@pytest.mark.parametrize(
    "words",
    [
        "no-nonsense detective", "a no nonsense detective", "Dr. No on a beach", "Mambo No. 5",
        "not only a pirate", "not just a pirate", "nothing else matters", "a notebook",
        "a knot in the northern sky", "Doctor No", "Mr No, smiling",
        "rebel without a cause", "a boy without a care", "why not",
        "to be or not to be", "no country for old men", "a man removing his hat", "nowhere, Nora",
        "No doubt, a queen", "don't forget the hat", "don't worry, be happy", "never ending story",
        "небо, невеста, нежность", "нет слов", "без ума от космоса", "безмятежный закат",
        "не только пират", "не просто пират", "не спеша по лесу", "рыцарь без страха и упрёка",
        "нетбук", "безумный учёный", "несси", "ни свет ни заря", "Ненси", "не хуже короля",
        "a carefree girl", "sugar-free lemonade", "a freedom fighter", "not bad",
    ],
)  # fmt: skip
def test_words_that_only_look_like_a_negation_stay(words: str) -> None:
    """Idioms, names, and words that begin like one."""
    reading = read(words)
    assert (reading.wanted, reading.unwanted) == (words, ())


@pytest.mark.parametrize(
    ("words", "wanted", "unwanted"),
    [
        ("a knight w/o glasses", "a knight", "glasses"),
        ("a knight who has no beard", "a knight", "beard"),
        ("a knight who doesn't wear a hat", "a knight", "hat"),
        ("a knight, please don't draw a castle", "a knight", "castle"),
        ("a knight, I don't want glasses", "a knight", "glasses"),
        ("a knight never wearing a helmet", "a knight", "helmet"),
        ("a knight with no helmet at all", "a knight", "helmet"),
        ("a knight without a parrot on his shoulder", "a knight", "parrot"),
        ("a knight without a helmet riding a horse", "a knight riding a horse", "helmet"),
        ("a knight not looking at the camera", "a knight", "looking at the camera"),
        ("a knight, not smiling in a forest", "a knight, in a forest", "smiling"),
        ("a sky with no clouds and the sea is calm", "a sky and the sea is calm", "clouds"),
        ("a knight (no hat) at night", "a knight at night", "hat"),
        ("a knight rather than a king", "a knight", "king"),
        ("a knight, not in a castle but in a forest", "a knight, in a forest", "castle"),
        ("remove the glasses, a knight", "a knight", "glasses"),
        ("a beardless knight", "a knight", "beard"),
        ("a hat-free knight", "a knight", "hat"),
        ("a wizard, not too old", "a wizard", "old"),
        ("a woman: glasses - no", "a woman", "glasses"),
        ("a knight—no glasses", "a knight", "glasses"),
        ("a doctor, no glasses", "a doctor", "glasses"),
        ("secret agent, no hat", "secret agent", "hat"),
        ("me as a doctor (no mask)", "me as a doctor", "mask"),
        ("a doctor\nno glasses", "a doctor", "glasses"),
        ("a doctor. No mask. No gloves", "a doctor", "mask, gloves"),
        ("a doctor no mask", "a doctor", "mask"),
        ("dr no glasses", "dr", "glasses"),
        ("no text no watermark a king", "a king", "text, watermark"),
        ("no hat a king", "a king", "hat"),
        ("no trace of a beard, a king", "a king", "trace of a beard"),
        ("a king not riding a horse", "a king", "riding a horse"),
        ("king no hat red cape", "king red cape", "hat"),
        ("king no dark red cape", "king", "dark red cape"),
        ("рыцарь no hat в лесу", "рыцарь в лесу", "hat"),
        ("a knight no helmet в замке", "a knight в замке", "helmet"),
        ("a knight no шлем в замке", "a knight в замке", "шлем"),
        ("viking no glasses pls", "viking", "glasses"),
        ("viking no glasses thx", "viking", "glasses"),
        ("without glasses, hat, beard, a king", "a king", "glasses, hat, beard"),
        ("no hat, beard, a king in a castle", "a king in a castle", "hat, beard"),
        ("no hat, forest, a king", "forest, a king", "hat"),
        ("no hat, a king", "a king", "hat"),
        ("not without a hat, a knight", "a hat, a knight", ""),
        ("KNIGHT WITHOUT GLASSES", "KNIGHT", "GLASSES"),
        ("рыцарь без тёмных очков", "рыцарь", "тёмные очки"),
        ("рыцарь без повязки на глазу", "рыцарь", "повязка"),
        ("рыцарь, бороды нет", "рыцарь", "борода"),
        ("рыцарь, шляпу не рисуй", "рыцарь", "шляпа"),
        ("рыцарь, не рисуй шляпу", "рыцарь", "шляпа"),
        ("рыцарь и чтоб никаких очков", "рыцарь", "очки"),
        ("рыцарь не носит шлем", "рыцарь", "шлем"),
        ("рыцарь, не держит в руках меч", "рыцарь", "меч"),
        ("рыцарь кроме шлема", "рыцарь", "шлем"),
        ("рыцарь за исключением шлема", "рыцарь", "шлем"),
        ("пустыня, ни души", "пустыня", "другие люди"),
        ("рыцарь, лес не нужен", "рыцарь", "лес"),
        ("рыцарь, глаз не нужен", "рыцарь", "глаз"),
        ("рыцарь, лук не нужен", "рыцарь", "лук"),
        ("рыцарь, цветы не нужны", "рыцарь", "цветы"),
        ("рыцарь, горы не нужны", "рыцарь", "горы"),
        ("рыцарь, гор не нужно", "рыцарь", "горы"),
        ("рыцарь, бороды не видно", "рыцарь", "борода"),
        ("рыцарь без лес", "рыцарь", "лес"),
        ("рыцарь, не хочу лес", "рыцарь", "лес"),
        ("рыцарь, не рисуй цветы", "рыцарь", "цветы"),
        ("рыцарь без глаз", "рыцарь", "глаза"),
        ("рыцарь без шлема лук", "рыцарь лук", "шлем"),
        ("рыцарь без шлем", "рыцарь", "шлем"),
        ("рыцарь без шлема скачет верхом", "рыцарь скачет верхом", "шлем"),
        ("не без шляпы рыцарь", "шляпы рыцарь", ""),
        ("РЫЦАРЬ БЕЗ ОЧКОВ", "РЫЦАРЬ", "очки"),
    ],
)
def test_a_negation_is_read_however_it_is_put(words: str, wanted: str, unwanted: str) -> None:
    """The thing alone is unwanted, in the case that names it; the rest is wanted."""
    reading = read(words)
    assert (reading.wanted, ", ".join(reading.unwanted)) == (wanted, unwanted)


@pytest.mark.parametrize(
    ("words", "wanted", "unwanted", "dropped"),
    [
        ("a king with a red hat, but without a hat", "a king", ["hat"], "with a red hat"),
        ("a king without a hat, in a red hat", "a king, in a red hat", [], "hat"),
        ("a mustached king, no moustache", "a king", ["moustache"], "mustached"),
        ("a king in a hat --no hat", "a king", ["hat"], "in a hat"),
        ("король в шляпе, но без шляпы", "король", ["шляпа"], "в шляпе"),
        ("король без бороды, с бородой", "король, с бородой", [], "борода"),
    ],
)
def test_of_two_that_contradict_the_later_counts(
    words: str, wanted: str, unwanted: list[str], dropped: str
) -> None:
    """And the person hears what was dropped."""
    reading = read(words)
    assert (reading.wanted, list(reading.unwanted)) == (wanted, unwanted)
    assert [(one.kind, one.given) for one in reading.remarks] == [("contradiction", dropped)]


@pytest.mark.parametrize(
    "words",
    ["a rain coat, no rain", "a green hat, no red hat", "a glass of wine, no glass table",
     "зелёная шляпа, без красной шляпы", "a castle guard, no castle"],
)  # fmt: skip
def test_what_only_shares_a_word_contradicts_nothing(words: str) -> None:
    """A rain coat is no rain."""
    assert read(words).remarks == ()
