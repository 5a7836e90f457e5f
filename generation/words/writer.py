"""From a person's words to the prompt that a model reads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generation.character import Character
from generation.errors import Refusal
from generation.words.age import age_of
from generation.words.costume import costumes
from generation.words.enhancer import TOKEN_LIMIT, PromptEnhancer
from generation.words.languages import needs_translation
from generation.words.old_age import shown_at_their_age
from generation.words.phrases import Count, plain
from generation.words.prompt import Prompt
from generation.words.reading import read
from generation.words.recipes import Recipe
from generation.words.said_gender import said_gender
from generation.words.style import Style
from generation.words.subject import in_all_scenes
from generation.words.translator import NotTranslated, Translator
from generation.words.vocabulary import Vocabulary, words_of
from generation.words.wishes import Wishes

SCENE_BAR = "|"
"""What stands between the scenes of a story."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What somebody said, in English; `english` is the whole of it, if it was translated.

    Then `russian` are the words of what is wanted.
    """

    wanted: str
    unwanted: tuple[str, ...]
    english: str = ""
    russian: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


class PromptWriter:
    """Reads the words, puts them into English, and has the enhancer write.

    `count_tokens` counts a text's tokens, the start and end tokens included; `limit` is how many
    the model reads. Without a translator all words stay as they are.
    """

    def __init__(
        self,
        count_tokens: Count,
        *,
        vocabulary: Vocabulary,
        recipe: Recipe,
        translator: Translator | None = None,
        limit: int = TOKEN_LIMIT,
    ) -> None:
        self._enhancer = PromptEnhancer(
            count_tokens, recipe=recipe, vocabulary=vocabulary, limit=limit
        )
        self._recipe = recipe
        self._translator = translator
        self._vocabulary = vocabulary

    def write(
        self, character: Character, words: str, style: Style | None = None, english: str = ""
    ) -> Prompt:
        """Write the prompt of an album; `english` are the words as their person put them.

        Raises NotTranslated.
        """
        return self._written(character, self._said(words, english), style)

    def story(
        self,
        character: Character,
        scenes: Sequence[str],
        style: Style | None = None,
        english: str = "",
    ) -> tuple[Prompt, ...]:
        """Write a prompt for each scene, of one person who looks the same in all of them.

        Raises NotTranslated.
        """
        corrected = [scene.strip() for scene in english.split(SCENE_BAR)]
        if len(corrected) != len(scenes):
            corrected = [""] * len(scenes)
        said = [self._said(*both) for both in zip(scenes, corrected, strict=True)]
        wanted = [plain(one.wanted) for one in said]
        worn = costumes(wanted, [one.unwanted for one in said], self._recipe)
        traits = in_all_scenes(character.traits, wanted)
        age = next(filter(None, map(age_of, wanted)), traits.age)
        gender = traits.gender or next(filter(None, map(said_gender, wanted)), None)
        traits = replace(traits, age=age, gender=gender)
        shown = shown_at_their_age(character.shown, wanted)
        sitter = replace(character, traits=traits, shown=shown)
        return tuple(
            self._written(sitter, one, style, costume)
            for one, costume in zip(said, worn, strict=True)
        )

    def _written(
        self, character: Character, said: _Said, style: Style | None, costume: str = ""
    ) -> Prompt:
        own = self._own(character.traits.words)
        wishes = Wishes(
            said.wanted,
            (*said.unwanted, *own.unwanted),
            own=own.wanted,
            style=style,
            costume=costume,
        )
        prompt = self._enhancer.write(character.traits, wishes, character.shown)
        missed = (self._as_said(word, said) for word in prompt.unknown)
        unknown = dict.fromkeys((*missed, *own.unknown, *said.unknown))
        return replace(prompt, english=said.english, unknown=tuple(unknown), costume=costume)

    def _said(self, words: str, english: str = "") -> _Said:
        reading = read(english or words)
        if self._translator is None or not needs_translation(f"{reading.wanted}{reading.unwanted}"):
            return _Said(reading.wanted, reading.unwanted, english)
        wanted, unknown = self._translated(reading.wanted)
        unwanted = []
        for phrase in reading.unwanted:
            try:
                read_as, missed = self._translated(phrase)
            except NotTranslated:  # what nobody can name is not drawn either
                read_as, missed = "", (phrase,)
            unwanted.append(read_as)
            if self._vocabulary.known is None:  # what a small model does not know it never draws
                unknown += missed
        unwanted = [phrase for phrase in unwanted if phrase]
        whole = ", ".join(filter(None, (wanted, *(f"without {phrase}" for phrase in unwanted))))
        return _Said(wanted, tuple(unwanted), whole, tuple(words_of(reading.wanted)), unknown)

    def _as_said(self, english: str, said: _Said) -> str:
        """Give the Russian words that an English one was written for; without any, itself."""
        for word in _runs(said.russian):
            try:
                read_as, _ = self._translated(word)
            except NotTranslated:
                continue
            if f" {english} " in f" {read_as} ":
                return word
        return english

    def _own(self, words: str) -> _Said:
        """Read what somebody says of their looks; it never keeps a picture from being drawn."""
        try:
            return self._said(words)
        except NotTranslated:
            return _Said("", (), unknown=(words,))
        except Refusal:  # there are no options among looks: the words stay as they are
            return _Said(words, ())

    def _translated(self, text: str) -> tuple[str, tuple[str, ...]]:
        if self._translator is None or not needs_translation(text):
            return text, ()
        translation = self._translator.translate(text)
        return translation.english, translation.unknown


def _runs(words: Sequence[str]) -> list[str]:
    """Give each word, each two in a row and each three."""
    return [
        " ".join(words[at : at + count])
        for count in (1, 2, 3)
        for at in range(len(words) - count + 1)
    ]
