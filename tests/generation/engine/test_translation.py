"""Marian puts Russian words into English, on a model made here."""

import shutil
from pathlib import Path

import pytest

from generation.engine import translation
from generation.engine.translation import Marian
from generation.models.catalogue import SD15
from generation.models.files import ModelFiles, locate
from generation.models.model import TRANSLATOR_FILES
from generation.models.resolve import resolve
from generation.models.sources import ModelDamaged
from generation.words.russian.translator import RussianTranslator
from generation.words.translator import TranslatorMissing
from tests.support.small_marian import write_marian

LESSONS = {
    "рыцарь": "A knight.",
    "космонавт на луне": "An astronaut on the moon.",
    "красный плащ": "Red coat",
    "замок": "Castle.",
    "Иван": "Ivan",
}


def files_with(translator: Path | None) -> ModelFiles:
    nowhere = Path("nowhere")
    return ModelFiles("small", nowhere, nowhere, nowhere, nowhere, (1, 1), translator=translator)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_marian(tmp_path_factory.mktemp("marian"), LESSONS)


@pytest.fixture(scope="module")
def marian(directory: Path) -> RussianTranslator:
    return RussianTranslator(Marian(files_with(directory)))


def test_phrases_are_translated_and_their_signs_stay(marian: RussianTranslator) -> None:
    """All of them in one batch; full stops and capitals that no phrase had are taken off."""
    words = "(рыцарь:1.2), космонавт на луне | [красный плащ], cinematic; замок"
    english = "(a knight:1.2), an astronaut on the moon | [red coat], cinematic; castle"
    assert marian.translate(words).english == english


def test_a_capital_that_was_written_stays(marian: RussianTranslator) -> None:
    """Names keep theirs."""
    assert marian.translate("Иван").english == "Ivan"


def test_english_words_never_reach_it(directory: Path) -> None:
    """Nor is anything loaded for them."""
    lazy = Marian(files_with(directory))
    assert RussianTranslator(lazy).translate("a knight, (castle:1.3)").english == (
        "a knight, (castle:1.3)"
    )
    assert not lazy.loaded


@pytest.mark.parametrize("words", ["замок " * 600, "замок" * 700, "за " * 1300])
def test_it_is_given_no_more_than_it_can_read(
    directory: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words without a comma are split between words, and a word without end between letters."""
    marian = Marian(files_with(directory))
    tokenizer, _ = marian.load()
    seen: list[int] = []

    def generated(texts: list[str]) -> list[str]:
        seen.extend(len(tokenizer(text, verbose=False).input_ids) for text in texts)
        return texts

    monkeypatch.setattr(marian, "_generated", generated)
    (said,) = marian.clauses([words])
    assert max(seen) <= translation.MOST_TOKENS
    assert len(seen) < 100
    assert said.english.replace(" ", "") == words.replace(" ", "")


@pytest.mark.parametrize("low_memory", [True, False])
def test_it_leaves_the_memory_where_that_is_small(directory: Path, *, low_memory: bool) -> None:
    """Three hundred megabytes are needed for the pictures there."""
    marian = Marian(files_with(directory), low_memory=low_memory)
    assert marian.clauses(["рыцарь"])[0].english == "a knight"
    assert marian.loaded is not low_memory


def test_a_model_without_a_translator_says_so() -> None:
    """The person is told before anything is drawn."""
    with pytest.raises(TranslatorMissing):
        RussianTranslator(Marian(files_with(None))).translate("рыцарь")


@pytest.mark.parametrize("file", ["model.safetensors", "vocab.json", "source.spm", "config.json"])
def test_a_damaged_translator_is_named(directory: Path, tmp_path: Path, file: str) -> None:
    """And no picture is drawn of half a translation."""
    shutil.copytree(directory, tmp_path / "translator")
    (tmp_path / "translator" / file).write_bytes(b"{")
    with pytest.raises(ModelDamaged):
        Marian(files_with(tmp_path / "translator")).clauses(["рыцарь"])


def test_a_directorys_own_translator_is_found(directory: Path, tmp_path: Path) -> None:
    """Put a Marian into `translator/`, and the model understands Russian offline."""
    copy = tmp_path / "mine"
    shutil.copytree(resolve("pocket").base.root, copy)
    shutil.copytree(directory, copy / "translator")
    assert locate(resolve(str(copy))).translator == copy / "translator"


def test_the_hubs_models_bring_a_translator() -> None:
    """It is downloaded with them: seven files, at a commit that has safetensors."""
    for model in (SD15, resolve("SG161222/Realistic_Vision_V5.1_noVAE"), resolve("a/b")):
        source = model.sources["translator"]
        assert source.root == "Helsinki-NLP/opus-mt-ru-en"
        assert source.files == TRANSLATOR_FILES
        assert source.licence == "CC-BY-4.0"
