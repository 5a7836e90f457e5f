"""The prompt enhancer: the person first, then the traits, the scene and the style.

It handles text only: the tokenizer is a function that counts tokens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generation.character import Age, Traits
from generation.words import agreement
from generation.words.adjectives import looks_apart
from generation.words.age import age_of
from generation.words.beard import (
    again,
    bearded,
    hair_colours,
    hair_of,
    hair_said,
    made_bald,
    uncoloured,
    undyed,
    without_colours,
)
from generation.words.camera import is_drawn, photographed, said_of_camera
from generation.words.known_part import known_part
from generation.words.named import names
from generation.words.old_age import greyed, of_that_age
from generation.words.own_looks import own_looks
from generation.words.phrases import Count, Phrase, breaks_weights, phrases_of, plain, unweighted
from generation.words.prompt import Prompt
from generation.words.recipes import Denial, Recipe
from generation.words.room import ALWAYS, Part, fitted
from generation.words.said_gender import said_gender
from generation.words.style import Style
from generation.words.subject import gender_of, person, subject
from generation.words.taught import hidden, taught
from generation.words.vocabulary import EVERY_WORD, Vocabulary
from generation.words.who import kin_named
from generation.words.wishes import Wishes

TOKEN_LIMIT = 77
"""Most tokens that CLIP's text encoder reads, its start and end tokens included."""

NEVER_SHOWN = ("nsfw", "nude")
"""What stays excluded even if the words ask for it."""

_FIRST, _ASKED, _WEAKENED, _SHOWN, _STYLE, _TWICE, _OURS = range(1, 8)
"""What gets room in which order: the first phrases of the scene, the style and the costume and what
is emphasised; what else was asked for; what was asked for less; what the photos show; the rest of
the style; what is said twice; the recipe's words."""


class PromptEnhancer:
    """Writes prompts that are no longer than the model reads.

    If there is too little room, phrases go: the recipe's first, what is said twice, then the
    person's, the last ones first, those about their looks and those of the scene in turn.
    `Prompt.cut` has what was asked for and went. The person and the chosen traits always stay.

    Of what is left, the words that `vocabulary` knows are written as it knows them;
    `Prompt.unknown` has the others. `count_tokens` counts a text's tokens, the start and end tokens
    included.
    """

    def __init__(
        self,
        count_tokens: Count,
        *,
        recipe: Recipe,
        limit: int = TOKEN_LIMIT,
        vocabulary: Vocabulary = EVERY_WORD,
    ) -> None:
        self._count = count_tokens
        self._recipe = recipe
        self._limit = limit
        self._vocabulary = vocabulary

    def write(self, traits: Traits, wishes: Wishes, shown: Traits | None = None) -> Prompt:
        """Write the prompt of somebody who told some traits, and whose photos show others.

        Captions, of whom all is told, have no `shown`.
        """
        missed: tuple[str, ...] = ()
        if not self._recipe.joins:
            wishes, missed = wishes.plainly(self._vocabulary)
        said, photos = wishes.said, shown or Traits()
        wishes = replace(wishes, unwanted=agreement.denied(said, wishes.unwanted))
        scene = [str(phrase) for phrase in self._phrases(wishes.wanted)]
        looks = self._named(wishes)
        own = of_that_age(gender_of(traits, scene), photos, said)
        told = agreement.agreed(own, said, wishes.unwanted)
        asked = made_bald(own, told, looks)
        if hair_of(looks):
            told, asked, photos = (replace(one, hair_color=None) for one in (told, asked, photos))
        traits = agreement.as_shown(asked, photos, said, wishes.unwanted)
        if shown is not None and not self._recipe.joins:
            if not own.hair_color:
                texts = [plain(text) for text in (wishes.wanted, wishes.own, wishes.costume)]
                traits = greyed(traits, texts, ", ".join((said, *wishes.unwanted)))
            gender, age = traits.gender or said_gender(said), age_of(said) or traits.age
            traits = replace(traits, gender=gender, age=age)
            missed, wishes = (*missed, *wishes.missed(age)), wishes.of_one_person(age)
            wishes = wishes.placed(", ".join(one.text for one in self._styled(wishes.style)))
        traits = bearded(traits, looks)
        wishes = replace(wishes, unwanted=agreement.taken_off(told, photos, said, wishes.unwanted))
        denials = self._denials(traits, wishes)
        most = min((denial.face_at_most for denial in denials), default=1.0)
        positive = fitted(self._positive(told, traits, wishes), self._limit, self._count)
        negative = fitted(self._negative(traits, wishes), self._limit, self._count)
        return Prompt(
            positive=positive.kept,
            negative=negative.kept,
            cut=", ".join(filter(None, (positive.cut, negative.cut))),
            unknown=(*self._unknown(positive.read, wishes), *self._hidden(wishes), *missed),
            face_at_most=most,
        )

    def _positive(self, told: Traits, traits: Traits, wishes: Wishes) -> list[Part]:
        opening, scene = self._opening(traits, wishes)
        denied = ", ".join(denial.words for denial in self._denials(traits, wishes))
        named = self._named(wishes)
        coloured = hair_colours(named)
        own = [look for look in own_looks(scene) if look not in coloured]
        dyed: list[str] = []
        if not self._recipe.joins:
            dyed = hair_said(traits, named, wishes.unwanted)
            told, traits = uncoloured(told), uncoloured(traits)
        looks = agreement.described(told)
        more = agreement.described(agreement.only_shown(told, traits))
        fixed = dict.fromkeys(filter(None, (*looks, *denied.split(", "))))
        only_shown = [look for look in more if look not in (*looks, *named)]
        styled = self._styled(wishes.style)
        costume = self._undyed(self._phrases(wishes.costume))
        return [
            opening,
            *(Part(Phrase(words), ALWAYS) for words in fixed),
            *(Part(self._read(Phrase(hair)), (_FIRST, 4), asked=hair) for hair in coloured),
            *self._twice(0, own, [*fixed, *only_shown]),
            *(Part(Phrase(words), (_SHOWN, k)) for k, words in enumerate(only_shown)),
            *self._twice(1, again(traits, own) if dyed else ()),
            *self._asked(self._undyed(self._phrases(wishes.own)), start=1),
            *(Part(Phrase(hair), (_FIRST, 4)) for hair in dyed),
            *(Part(self._read(p), (_FIRST, 2)) for p in costume),
            *self._asked(self._undyed(scene), start=1 if opening.asked else 0),
            *(Part(p, (_STYLE, k) if k else (_FIRST, 1)) for k, p in enumerate(styled)),
            Part(Phrase(wishes.place), (_OURS, 0)),
            *(
                Part(Phrase(words), (_OURS, k))
                for k, words in enumerate(said_of_camera(self._recipe, wishes), 1)
            ),
        ]

    def _named(self, wishes: Wishes) -> list[str]:
        """List the looks of the person that the words name; nothing where a model reads all."""
        if self._recipe.joins:
            return []
        texts = (wishes.wanted, wishes.own, wishes.costume)
        return [look for text in texts for look in own_looks(unweighted(self._phrases(text)))]

    def _undyed(self, phrases: Sequence[Phrase]) -> list[Phrase]:
        looks = [] if self._recipe.joins else own_looks(unweighted(phrases))
        return undyed(phrases, looks)

    def _twice(self, place: int, looks: Iterable[str], said: Sequence[str] = ()) -> list[Part]:
        """Say looks here too, all that weren't said or, for want of room, none."""
        if self._recipe.joins:
            return []
        known = without_colours([self._read(Phrase(look)).text for look in looks])
        new = ", ".join(look for look in known if look not in (*said, "hair", "skin"))
        return [Part(Phrase(new), (_TWICE, place))] if new else []

    def _opening(self, traits: Traits, wishes: Wishes) -> tuple[Part, list[Phrase]]:
        """Name the person, and go on with the first phrase of the scene if it tells of them."""
        recipe, style, scene = self._recipe, wishes.style, self._phrases(wishes.wanted)
        if not recipe.joins:  # an age that the words name counts here, where it was learned
            asked = gender_of(traits, [str(phrase) for phrase in scene])
            who = person(asked)
            opened = Part(Phrase(recipe.opening.format(person=who)), ALWAYS)
            return opened, taught(scene, who, self._vocabulary)
        if not recipe.names_adults and traits.age is Age.ADULT:
            traits = replace(traits, age=None)
        told, at = subject(traits, [str(phrase) for phrase in scene if phrase.glue != " "])
        opening, medium = recipe.opening, told.medium or (style.medium if style else "")
        if medium:
            opening = f"{photographed(medium)} of {{person}}"
        elif is_drawn(wishes.wanted):
            opening = "picture of {person}"
        text = opening.format(person=self._vocabulary.in_its_words(told.text))
        if at is None:
            return Part(Phrase(text), ALWAYS), scene
        joined = [phrase for phrase in scene if phrase.glue != " "][at]
        at = scene.index(joined)
        after = [phrase.apart() if not k else phrase for k, phrase in enumerate(scene[at + 1 :])]
        return Part(Phrase(text), ALWAYS, asked=joined.text), [*scene[:at], *after]

    def _asked(self, phrases: Sequence[Phrase], start: int) -> list[Part]:
        parts: list[Part] = []
        for k, phrase in enumerate(phrases):
            read = self._read(phrase)
            if parts and not parts[-1].phrase.text:  # nothing is left of what it went on from
                read = replace(read.apart(), text=read.text.removeprefix("and "))
            parts.append(Part(read, _rank(phrase, start + k), asked=phrase.text))
        return parts

    def _read(self, phrase: Phrase) -> Phrase:
        """Write a phrase as the model reads it; one whose weights would break stays whole."""
        left = known_part(phrase.text, self._vocabulary)
        text = phrase.text if breaks_weights(left) else left
        return replace(phrase, text=self._vocabulary.in_its_words(text))

    def _wholly_known(self, unwanted: str) -> str:
        """Write what is ruled out; nothing if a part is unknown: no ugly face is still a face."""
        unknown = self._vocabulary.unknown(unwanted)
        return "" if unknown else self._vocabulary.in_its_words(unwanted)

    def _denials(self, traits: Traits, wishes: Wishes) -> list[Denial]:
        """List what the model is told to leave out, as far as the words want nothing of it.

        A face that weighs little no longer says that it wears no glasses: then the words do.
        """
        denied = [
            denial
            for denial in self._recipe.denials
            if any(names(phrase, denial.thing) for phrase in wishes.unwanted)
        ]
        if any(denial.face_at_most < 1 for denial in denied):
            denied += [denial for denial in self._recipe.denials if denial.thing == "glasses"]
        return [
            denial
            for denial in dict.fromkeys(denied)
            if not agreement.has(denial.thing, traits, wishes.said)
        ]

    def _negative(self, traits: Traits, wishes: Wishes) -> list[Part]:
        recipe, style, said = self._recipe, wishes.style, wishes.said
        unwanted = agreement.meant(wishes.unwanted, traits)
        styled = [phrase.text for phrase in self._phrases(style.negative if style else "")]
        drawn = is_drawn(wishes.wanted) or (style and _may_draw(style))
        usual = (*styled, *recipe.negative, *(() if drawn else recipe.against_drawings))
        ruled_out = [
            *agreement.excluded(traits, said),
            *(one for one in usual if one in NEVER_SHOWN or not names(said, one)),
        ]
        known = {phrase: self._wholly_known(phrase) for phrase in unwanted}
        more = [one for one in dict.fromkeys(ruled_out) if one not in known.values()]
        return [
            *(
                Part(Phrase(read), (_ASKED, k), said)
                for k, (said, read) in enumerate(known.items())
            ),
            *(Part(Phrase(one), (_OURS, k)) for k, one in enumerate(more)),
        ]

    def _phrases(self, text: str) -> list[Phrase]:
        phrases = phrases_of(text, self._count)
        return list(dict.fromkeys(phrases if self._recipe.joins else looks_apart(phrases)))

    def _styled(self, style: Style | None) -> list[Phrase]:
        """List a style's words, but for what a small model would take for something else."""
        if style is None:
            return []
        told = style.medium if self._recipe.joins else ""
        return [
            phrase
            for phrase in self._phrases(style.words)
            if phrase.text != told and not self._vocabulary.unknown(phrase.text)
        ]

    def _hidden(self, wishes: Wishes) -> tuple[str, ...]:
        """List what the pocket model draws, but not on who is dressed as somebody."""
        if self._recipe.joins:
            return ()
        return hidden(self._phrases(wishes.wanted), self._vocabulary)

    def _unknown(self, read: str, wishes: Wishes) -> tuple[str, ...]:
        """List the words that nothing is drawn for, and a style of which nothing is drawn."""
        style, theirs = wishes.style, kin_named(plain(wishes.wanted))
        unknown = [one for one in self._vocabulary.unknown(plain(read)) if one.lower() != theirs]
        missed = [style.name] if style and style.words and not self._styled(style) else []
        return (*unknown, *missed)


def _rank(phrase: Phrase, place: int) -> tuple[int, int]:
    if phrase.weight and float(phrase.weight) != 1:
        return (_FIRST, 3) if float(phrase.weight) > 1 else (_WEAKENED, place)
    return (_ASKED, place) if place else (_FIRST, 0)


def _may_draw(style: Style) -> bool:
    """Say whether a style makes no photographs, or has a LoRA, of which nobody knows."""
    return bool(style.lora) or is_drawn(f"{style.medium} {style.words}")
