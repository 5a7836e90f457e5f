"""The built-in dictionary puts Russian into the words that the pocket model draws."""

from collections.abc import Sequence

import pytest

from generation.character import Character, Traits
from generation.models.catalogue import POCKET_WEIGHTS
from generation.words.languages import CYRILLIC, needs_translation
from generation.words.place import PLAIN, place_for
from generation.words.recipes import POCKET as RECIPE
from generation.words.russian.dictionary import Dictionary
from generation.words.russian.lexicon import FILE, read
from generation.words.russian.morphology import Morphology, plain
from generation.words.russian.translator import REMEMBERED, RussianTranslator
from generation.words.translator import LanguageUnread, NotTranslated, Translation
from generation.words.vocabulary import Vocabulary, words_of
from generation.words.writer import PromptWriter
from tests.support.clip_tokenizer import count_clip_tokens

POCKET = Vocabulary.of(POCKET_WEIGHTS)

SPELT_OTHERWISE = frozenset((
    "armor", "bearded", "blonde", "cap", "elderly", "eyeglasses", "grey", "guy", "kid", "lady",
    "mustache", "spectacles", "theater", "water", "watercolour",
))  # fmt: skip
"""Words of the pocket model that the dictionary has under another spelling or name."""

SENTENCES = {
    "космонавт на луне в красном плаще": "cosmonaut on the moon in a red coat",
    "пират на корабле на закате": "pirate on a ship at sunset",
    "в зимнем лесу": "in a snowy forest",
    "рыжая девушка в очках": "woman with red hair with glasses",
    "шерлок холмс": "sherlock holmes",
    "бородатый викинг с топором в горах": "viking with a beard with an axe in the mountains",
    "девушка с длинными рыжими волосами": "woman with long red hair",
    "волосы рыжие, глаза голубые": "red hair, blue eyes",
    "плащ красного цвета": "red coat",
    "я в костюме пирата на фоне гор": "as a pirate in front of the mountains",
    "я в синем костюме в студии": "in a blue suit in a studio",
    "кудрявая брюнетка улыбается": "woman with curly black hair smiling",
    "ковбой в пустыне под дождём": "cowboy in the desert in the rain",
    "в тёмно-синем пальто и шляпе": "in a blue coat and hat",
    "без очков и шляпы": "without glasses and hat",
    "портрет короля у замка": "portrait of a king near a castle",
    "космонавтка в солнцезащитных очках": "woman cosmonaut wearing sunglasses",
    "семидесятилетний мужчина в лесу": "70-year-old man in the forest",
    "30-летняя женщина": "30-year-old woman",
    "тридцатипятилетний рыцарь": "35-year-old knight",
    "девочка 5 лет в саду": "girl child 5-year-old in a garden",
    "мне 80 лет": "80-year-old",
    "старый и мудрый король": "old king",
    "король и его королева": "king and a queen",
    "сделай меня старым": "old person",
    "старая фотография рыцаря": "knight",
    "рыцарь спасает принцессу": "knight with a princess",
    "на велосипеде в парке": "in a garden",
    "рок-звезда": "rock star",
    "рокерша": "woman rock star",
    "девушка в красной парке в осеннем парке": "woman in a red coat in a garden in autumn",
    "в пальто кофейного цвета": "in a brown coat",
    "балерина у озера": "ballerina near the lake",
    "старый морской волк": "old pirate",
    "молодой человек на пляже": "man on a beach",
    "смелая искательница приключений": "woman adventurer",
    "Индиана Джонс в пустыне": "man adventurer in the desert",
    "космонавтик в космосе": "man cosmonaut in space",
    "усатый весёлый повар на кухне": "happy cook with a moustache in a kitchen",
    "на весёлом пляже": "on a happy beach",
    "в красном красивая девушка": "in red woman",
    "в 200-летнем замке": "in a castle",
    "10 лет спустя на луне": "10 on the moon",
    "мужчина около 50 лет": "man near 50",
    "рыцарь в возрасте 70 лет": "knight 70-year-old",
    "девушка двадцати лет": "woman 20-year-old",
    "мужчина тридцати пяти лет в лесу": "man 35-year-old in the forest",
    "мужчина лет сорока": "man 40-year-old",
    "мне двадцать один год": "21-year-old",
    "сто лет назад на луне": "on the moon",
    "моя мама на кухне": "woman in a kitchen",
    "с женой и братом": "with a woman and a man",
    "я и моя мама": "me and a woman",
    "моя жена и я на пляже": "woman and me on a beach",
    "капитан самолёта": "pilot",
    "графиня с длинной косой": "princess with long hair",
    "с двумя светлыми косами": "with long blond hair",
    "рыцарь с двумя детьми": "knight with a child",
    "преврати меня в викинга": "as a viking",
    "сделай из меня рыцаря": "as a knight",
    "сделай меня старше": "old person",
    "на пляже в золотой час": "on a beach sunset",
    "дед мороз": "old man with a white beard in red in the snow",
    "рыцарь с маленькой девочкой в лесу": "knight with a girl child in the forest",
}


@pytest.fixture(scope="module")
def dictionary() -> RussianTranslator:
    return RussianTranslator(Dictionary())


@pytest.mark.parametrize("russian", SENTENCES)
def test_a_sentence_comes_out_in_english_order(dictionary: RussianTranslator, russian: str) -> None:
    """Adjectives agree, articles and prepositions are those of English."""
    assert dictionary.translate(russian).english == SENTENCES[russian]


def test_every_english_word_is_drawn_or_says_where_somebody_is() -> None:
    """Of a lake the sea is drawn, and the lake is named; what says nothing is better not known."""
    unfit = {entry.english for _, entry in read(FILE) if POCKET.unknown(entry.english)}
    assert {english for english in unfit if place_for(english) == PLAIN} == set()


def test_what_is_not_drawn_is_named_in_russian() -> None:
    """And not hidden behind English."""
    pocket = PromptWriter(
        count_clip_tokens,
        vocabulary=POCKET,
        recipe=RECIPE,
        translator=RussianTranslator(Dictionary()),
    )
    nobody = Character("", (), Traits())
    for russian in (russian for russian, entry in read(FILE) if POCKET.unknown(entry.english)):
        unknown = pocket.write(nobody, russian).unknown
        assert unknown, russian
        assert all(CYRILLIC.search(word) for word in unknown), (russian, unknown)


def test_every_word_of_the_pocket_model_is_reached_from_russian() -> None:
    """Nothing that it draws is kept from those who write Russian."""
    reached = {word for _, one in read(FILE) for word in words_of(f"{one.lead} {one.english}")}
    assert set(POCKET.known or ()) - reached - SPELT_OTHERWISE == set()


def test_no_russian_phrase_stands_twice_in_a_table() -> None:
    """Which of two entries is meant must not depend on their order."""
    seen = [(plain(russian), entry.kind) for russian, entry in read(FILE)]
    assert sorted({one for one in seen if seen.count(one) > 1}) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [("касмонавт", "cosmonaut"), ("рыцырь", "knight"), ("самурйа", "samurai"), ("перат", "pirate")],
)
def test_a_word_with_one_wrong_letter_is_understood(
    dictionary: RussianTranslator, written: str, meant: str
) -> None:
    """People write on telephones."""
    assert dictionary.translate(written).english == meant


@pytest.mark.parametrize("written", ["жёлтый свитер", "желтый свитер", "ЖЁЛТЫЙ СВИТЕР"])
def test_yo_and_ye_are_one_letter(dictionary: RussianTranslator, written: str) -> None:
    """Most people write е for ё."""
    assert dictionary.translate(written).english == "yellow sweater"


def test_signs_weights_and_english_words_stay(dictionary: RussianTranslator) -> None:
    """Emphasis is worth as much in Russian."""
    translation = dictionary.translate("(рыцарь:1.2) в красном hoodie, cinematic | [замок]")
    assert translation.english == "(knight:1.2) in red hoodie, cinematic | [castle]"


def test_a_word_that_pymorphy_lacks_is_no_misspelt_other(dictionary: RussianTranslator) -> None:
    """A barista was drawn as a bass player."""
    assert "бариста" in dictionary.translate("бариста на кухне").unknown


def test_words_that_it_lacks_are_named_and_take_their_adjectives_along(
    dictionary: RussianTranslator,
) -> None:
    """A red car must not become a red coat."""
    translation = dictionary.translate("пират на красной машине с (попугаем:1.3), закат")
    assert translation.english == "pirate, sunset"
    assert translation.unknown == ("красной", "машине", "попугаем")


def test_endless_words_are_read_all_the_same(dictionary: RussianTranslator) -> None:
    """A recursion for each of them broke the bot off."""
    for words in ("в роли " * 2_000, "а-" * 2_000, "щ" * 4_000):
        with pytest.raises(NotTranslated):
            dictionary.translate(words)


@pytest.mark.parametrize("words", ["попугай", "(единорог:1.4)", "чайник, холодильник", "!!!"])
def test_words_of_which_nothing_is_known_are_refused(
    dictionary: RussianTranslator, words: str
) -> None:
    """Nothing is drawn of nothing."""
    with pytest.raises(NotTranslated):
        dictionary.translate(words)


FOREIGN = {
    "космонавт на місяці": "ukrainian",
    "рыцар у чырвоным плашчы, ён смелы чалавек з ўсмешкай": "belarusian",
    "рыцар у плашчы, ён на караблі": "belarusian",
    "витез у црвеном плашту, њихов": "serbian",
    "сәлем әлем": "other",
    "月球上的宇航员": "chinese",
    "月の上の宇宙飛行士": "japanese",
    "달 위의 우주비행사": "korean",
    "رائد فضاء على القمر": "arabic",
    "אסטרונאוט על הירח": "hebrew",
    "αστροναύτης": "greek",
}


@pytest.mark.parametrize("words", FOREIGN)
def test_a_third_language_is_named(dictionary: RussianTranslator, words: str) -> None:
    """Somebody who writes Ukrainian learns which languages are read, and nothing wrong is drawn."""
    with pytest.raises(LanguageUnread) as refusal:
        dictionary.translate(words)
    assert refusal.value.fields == {"words": words, "language": FOREIGN[words]}


@pytest.mark.parametrize(
    ("words", "english", "unknown"),
    [
        ("рыцарь, 宇航员 на пляже", "knight, on a beach", ("宇航员",)),
        ("пират в Київ, был у моря", "pirate, by the sea", ("Київ",)),
    ],
)
def test_words_of_a_third_language_among_others_are_named(
    dictionary: RussianTranslator, words: str, english: str, unknown: tuple[str, ...]
) -> None:
    """The others are drawn."""
    translation = dictionary.translate(words)
    assert (translation.english, translation.unknown) == (english, unknown)


@pytest.mark.parametrize(
    "words", ["un chevalier à Paris", "Straße bei Nacht", "--no hat", "🚀 + 7"]
)
def test_latin_words_are_left_alone(words: str) -> None:
    """Nobody can tell by letters whether they are English."""
    assert not needs_translation(words)


class Counting:
    """A dictionary that counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def clauses(self, russian: Sequence[str]) -> list[Translation]:
        self.asked += russian
        return [Translation(f"<{one}>") for one in russian]


def test_no_clause_is_translated_twice() -> None:
    """Marian takes a second for each; an album drawn again waits for none."""
    counting = Counting()
    translator = RussianTranslator(counting)
    for words in ("замок, лес, (замок:1.3)", "лес", "замок"):
        translator.translate(words)
    assert counting.asked == ["замок", "лес"]


def test_only_so_many_clauses_are_remembered() -> None:
    """The memory of a bot that runs for years does not grow."""
    counting = Counting()
    translator = RussianTranslator(counting)
    translator.translate("замок")
    words = ", ".join(f"слово{number}" for number in range(2 * REMEMBERED))
    assert translator.translate(words).english.count("<") == 2 * REMEMBERED
    translator.translate("замок")
    assert counting.asked.count("замок") == 2


@pytest.mark.parametrize("word", ["𗇨", "ж𗇨", "𗇨ами"])
def test_a_letter_that_has_no_name_is_read(word: str) -> None:
    """Python's table of letters is older than some of them, and pymorphy3 asks it for names."""
    assert Morphology().lemmas(word) == {word}
