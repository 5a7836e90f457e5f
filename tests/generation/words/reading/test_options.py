"""Options among words: ours are read, those of other programs are named, and words stay words."""

import pytest

from generation.words.reading import CountWrong, OptionEmpty, Options, Remark, SeedWrong, read

NAMES = {
    "style": ["fairy tale", "oil", "сказка", "пиксель-арт"],
    "preset": ["QUALITY", "Very fast", "Очень быстро"],
}


@pytest.mark.parametrize(
    "written",
    [
        "a cat --seed 7", "--seed 7 a cat", "a --seed 7 cat", "a cat --seed=7", "a cat -seed 7",
        "a cat --seed = 7", "a cat --seed:7", "a cat --SEED 7", "a cat —seed 7", "—seed 7 a cat",
        "a cat –Seed 7", "a cat ---seed 7", "a cat --seed 7.", "--seed 7, a cat",
        "a cat --seed 7 --seed 7", "a cat --seed 0007", "a cat--seed 7", "a cat—seed 7",
        "a cat —-seed 7", "a cat ——seed 7", "a cat －－ｓｅｅｄ ７", "a cat --seed ７",
        "a cat --seed\u200b 7", "a cat \u200b--seed 7", "a cat --seed \u200b7", "a cat (--seed 7)",
        "a cat “--seed 7”", "a cat --seed7", "a cat seed=7", "a cat seed = 7", "a cat --сид 7",
        "a cat\n--seed 7",
    ],
)  # fmt: skip
def test_our_option_is_read_however_it_is_written(written: str) -> None:
    """Before the words or behind them; phones make one dash of two hyphens."""
    reading = read(written)
    assert (reading.words, reading.options.seed, reading.remarks) == ("a cat", 7, ())


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("--style oil", Options(style="oil")),
        ("--style fairy tale", Options(style="fairy tale")),
        ("--style Fairy-Tale", Options(style="Fairy-Tale")),
        ('--style "film noir"', Options(style="film noir")),
        ("--style «сказка»", Options(style="сказка")),
        ("--стиль сказка", Options(style="сказка")),
        ("--oil", Options(style="oil")),
        ("—style oil", Options(style="oil")),
        ("--preset very fast", Options(preset="very fast")),
        ("--режим очень быстро", Options(preset="очень быстро")),
        ("--quality", Options(preset="quality")),
        ("--mode QUALITY", Options(preset="QUALITY")),
        ("--size landscape", Options(size="landscape")),
        ("--landscape", Options(size="landscape")),
        ("--размер портрет", Options(size="portrait")),
        ("--count 3", Options(count=3)),
        ("--n 3", Options(count=3)),
        ("count=3", Options(count=3)),
        ("--count 3 --seed 7 --oil", Options(count=3, seed=7, style="oil")),
    ],
)
@pytest.mark.parametrize("words", ["a cat {}", "{} a cat"])
def test_each_of_our_options_is_read(words: str, written: str, options: Options) -> None:
    """By its names in both languages; names of several words are known ones or in quotes."""
    reading = read(words.format(written), NAMES)
    assert (reading.words, reading.options, reading.remarks) == ("a cat", options, ())


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("--ar 2:3", "portrait"), ("--ar 16:9", "landscape"), ("--ar 1:1", "square"),
        ("--aspect 4x5", "portrait"), ("—ar 3:2", "landscape"), ("--size 512x768", "portrait"),
        ("--size 768×512", "landscape"), ("-ar 2:3", "portrait"), ("--ar=2:3", "portrait"),
    ],
)  # fmt: skip
def test_a_ratio_is_translated_and_said(written: str, size: str) -> None:
    """The nearest of the three shapes is drawn."""
    reading = read(f"a cat {written}")
    assert (reading.words, reading.options) == ("a cat", Options(size=size))
    assert [(one.kind, one.taken) for one in reading.remarks] == [("size", size)]


@pytest.mark.parametrize(
    "written",
    [
        "--ar", "--v 6", "—v 5", "--v,", "--q:2", "--q 2", "--s 750", "--chaos 20",
        "--niji", "--niji 6", "--style raw", "--tile.", "--a", "--hd", "-steps 30", "--steps=30",
        "--sref https", "--frobnicate", "--cfg 7.5", "--sampler euler", "--seeds-of-doom",
        "<lora:x:1>", "<lora:my style:0.8>", "<hypernet:y:1>", "<LORA:x:1>", "<ti:z>",
        "__animals__", "https://example.org/cat.png", "<b>", "</b>", "BREAK", "ADDCOMM",
    ],
)  # fmt: skip
@pytest.mark.parametrize("words", ["a cat {}", "a {} cat --seed 7"])
def test_what_means_something_to_others_only_is_named(written: str, words: str) -> None:
    """Nothing of it is drawn, and the rest is drawn all the same."""
    reading = read(words.format(written))
    assert reading.wanted.replace(",", "") == "a cat"
    assert len(reading.remarks) == 1
    assert reading.remarks[0].given in written


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("--sede 7", "--seed 7"), ("--seeds 7", "--seed 7"), ("--sed 7", "--seed 7"),
        ("--stlye oil", "--style oil"), ("--styel=oil", "--style oil"),
        ("--cuont 3", "--count 3"), ("--presset quality", "--preset quality"),
        ("--сиид 7", "--seed 7"), ("--стил oil", "--style oil"),
    ],
)  # fmt: skip
def test_a_slip_is_read_as_what_is_meant(written: str, taken: str) -> None:
    """And said."""
    reading = read(f"a cat {written}")
    assert reading.words == "a cat"
    assert reading.remarks == (Remark("slip", written, taken),)


@pytest.mark.parametrize(
    "words",
    [
        "a sci-fi knight", "a - b", "a -- b", "a — b", "-5 degrees", "a knight-errant",
        "well--known", "knight—tall", "—Hola, she said", "—Привет", "— and then", "—a knight",
        "-a knight", "--5", "a king —old man", "me —smiling, alone", "—Close-up",
        "you –tall and calm", "-man", "I <3 cats", "50-60 years", "seed 7", "-->", "<-- that",
        "#seed 7", "a cat's --", "12:30", "C++", "e-mail", "a style of the 1920s", "mode: on",
        "preset", "a size too big", "count Dracula",
    ],
)  # fmt: skip
def test_words_stay_words(words: str) -> None:
    """A hyphen, a dash or an arrow is no option, nor is a word that is called like one."""
    reading = read(words)
    assert (reading.words, reading.options, reading.remarks) == (words, Options(), ())


@pytest.mark.parametrize(
    ("written", "kept", "told"),
    [
        ("--seed 7 --seed 8", Options(seed=8), ("--seed 7", "--seed 8")),
        ("--style oil --style ink", Options(style="ink"), ("--style oil", "--style ink")),
        ("--tall --wide", Options(size="landscape"), ("--size portrait", "--size landscape")),
        ("--count 2, --count 4", Options(count=4), ("--count 2", "--count 4")),
    ],
)
def test_of_two_options_the_later_counts(
    written: str, kept: Options, told: tuple[str, str]
) -> None:
    """And the person hears of it."""
    reading = read(f"a cat {written}")
    assert reading.options == kept
    assert reading.remarks == (Remark("twice", *told),)


@pytest.mark.parametrize(
    "written", ["--seed", "--seed=", "--seed x", "--seed 1.5", "--seed -5", "--seed 99999999999",
                "--seed 2147483648", "--seed --seed 7", "seed=x"]
)  # fmt: skip
def test_a_seed_that_is_none_is_refused(written: str) -> None:
    """It is one of ours, so it is meant."""
    with pytest.raises(SeedWrong):
        read(f"a cat {written}")


@pytest.mark.parametrize("written", ["--count 0", "--count 11", "--count many", "--n -1"])
def test_a_number_of_pictures_that_is_none_is_refused(written: str) -> None:
    """An album has one to ten."""
    with pytest.raises(CountWrong):
        read(f"a cat {written}")


@pytest.mark.parametrize("written", ["--style", "--preset --seed 7", "--size\na dog", '--style ""'])
def test_an_option_without_its_value_is_refused(written: str) -> None:
    """Words are not taken for it: they are in another line, or are another option."""
    with pytest.raises(OptionEmpty):
        read(f"a cat {written}")
