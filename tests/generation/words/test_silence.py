"""Nothing is ignored in silence: each word is in a prompt, an option, or named to the person."""

import re

from generation.character import Character, Gender, Traits
from generation.words.reading import Reading, changed, read
from generation.words.reading.russian_forms import lemma
from generation.words.recipes import PHOTOGRAPH
from generation.words.vocabulary import EVERY_WORD
from generation.words.writer import PromptWriter
from tests.support.clip_tokenizer import count_clip_tokens
from tests.support.random_requests import requests

SMALL = frozenset((
    "a", "an", "the", "in", "on", "at", "of", "to", "as", "me", "i", "no", "not", "without",
    "with", "or", "and", "but", "is", "wearing", "instead", "only", "what", "front", "near",
    "under", "all", "any", "some", "his", "her", "my", "it", "who", "that", "has", "have",
    "named", "и", "или", "в", "на", "с", "у", "без", "не", "нет", "под", "перед", "вместо",
    "никаких", "надо", "как", "я", "о", "от", "же", "но", "а", "seed", "style", "preset",
    "size", "count", "сид", "стиль", "ar",
))  # fmt: skip
"""Words of grammar, and those that only say which option it is."""

ANN = Character("Ann", (b"",), Traits(gender=Gender.WOMAN))


def words_in(text: str) -> set[str]:
    """List the words, each once; “очков” is taken for glasses, not for points."""
    return set(re.findall(r"[^\W_](?:[^\W_]|['-])*", text.lower().replace("очков", "очки")))


def told_of(reading: Reading) -> str:
    """Give what was understood as an option, and what the person is told."""
    options = (str(getattr(reading.options, name)) for name in reading.options.__slots__)
    return " ".join([*options, *(f"{one.given} {one.taken}" for one in reading.remarks)])


def lost(text: str, *found: str) -> set[str]:
    """Give the words that are nowhere, words of grammar apart; forms of a word are one word."""
    known = words_in(" ".join(found))
    known |= {lemma(word) for word in known if not word.isascii()}
    forms = {word: word if word.isascii() else lemma(word) for word in words_in(text) - SMALL}
    return {word for word in forms if not {word, forms[word]} & known}


def test_each_word_is_wanted_unwanted_or_named() -> None:
    """By the reading of two hundred requests."""
    for text in requests():
        reading = read(text)
        assert not lost(text, reading.wanted, *reading.unwanted, told_of(reading)), text


def test_the_words_that_are_kept_say_the_same() -> None:
    """The worker reads them once more, and a change of nothing changes nothing."""
    for text in requests():
        reading = read(text)
        for again in (read(reading.words), changed(reading.words, "")):
            assert (again.wanted, again.unwanted) == (reading.wanted, reading.unwanted), text


def test_each_word_reaches_the_prompt_or_is_named() -> None:
    """What the model reads, what is cut, and what the person is told have all of them."""
    writer = PromptWriter(count_clip_tokens, vocabulary=EVERY_WORD, recipe=PHOTOGRAPH)
    for text in requests():
        reading = read(text)
        prompt = writer.write(ANN, reading.words)
        found = (prompt.positive, prompt.negative, prompt.cut, *prompt.unknown)
        assert not lost(text, *found, told_of(reading)), text
