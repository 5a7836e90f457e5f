"""What a prompt is written of: all that somebody asked for, in English."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generation.character import Age
from generation.words.company import alone
from generation.words.hairstyles import plain_hairstyles
from generation.words.phrases import plain
from generation.words.place import place_for, rules_out_all
from generation.words.shades import plain_shades
from generation.words.spelling import mended
from generation.words.strange_looks import without_strange_looks
from generation.words.style import Style
from generation.words.synonyms import NAMES, plain_names
from generation.words.things import plain_things
from generation.words.told_age import ages_of_others, as_old_as_asked, told_age
from generation.words.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Wishes:
    """`own` are the person's words about their looks.

    `wanted` and `own` may weigh their phrases; `unwanted` has a phrase an item. `costume` is what
    is worn in the whole of a story. `place` is where the person is if the words don't say it.
    """

    wanted: str
    unwanted: Sequence[str] = ()
    own: str = ""
    style: Style | None = None
    costume: str = ""
    place: str = ""

    @property
    def said(self) -> str:
        """All that is wanted, without weights."""
        return plain(", ".join(filter(None, (self.own, self.wanted, self.costume))))

    def plainly(self, vocabulary: Vocabulary) -> tuple["Wishes", tuple[str, ...]]:
        """Call looks and things as the pocket model knows them; give what it doesn't draw."""
        known = {*(vocabulary.known or ()), *(NAMES if vocabulary.known else ())}
        texts = (mended(one, known) for one in (self.wanted, self.own, self.costume))
        (wanted, missed), (own, _), (costume, _) = map(_plain, texts)
        return replace(self, wanted=wanted, own=own, costume=costume), missed

    def of_one_person(self, age: Age | None) -> "Wishes":
        """Say the person's age as the pocket model knows it, and nothing of others: see `told_age`.

        It draws one person, who became a child for "a knight with a little girl".
        """
        wanted, own, costume = (
            told_age(alone(one)[0], age) for one in (self.wanted, self.own, self.costume)
        )
        return replace(self, wanted=wanted, own=own, costume=costume)

    def placed(self, styled: str) -> "Wishes":
        """Say where the person is, if neither the words nor the style does: see `place_for`.

        `styled` is what is read of the style. Words of their own about somebody's looks tell of
        no place.
        """
        words = plain(", ".join((self.wanted, self.costume, styled)))
        unwanted = [phrase for phrase in self.unwanted if not rules_out_all(phrase)]
        return replace(self, place=place_for(words, self.unwanted), unwanted=unwanted)

    def missed(self, age: Age | None) -> tuple[str, ...]:
        """List what that leaves out: who else was asked for, and the age of things."""
        left, company = alone(self.wanted)
        return (*company, *ages_of_others(left, age))


def _plain(text: str) -> tuple[str, tuple[str, ...]]:
    text, styles = plain_hairstyles(plain_names(as_old_as_asked(text)))
    text, looks = without_strange_looks(plain_shades(text))
    text, things = plain_things(text)
    return text, (*styles, *looks, *things)
