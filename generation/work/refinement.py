"""Makes an album's worst pictures better, within a budget, and puts the best first."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from generation.events import Mending, Redrawing
from generation.request import AlbumGenerator, GenerationRequest, Picture, PictureNote, Step
from generation.words.prompt import Prompt, prompt_of
from generation.work.budget import Budget
from generation.work.judge import Judge, Judgement

log = logging.getLogger(__name__)

SMALL_FACE = 96
"""Pixels: a shorter face was drawn on twelve latents or fewer, and has no likeness in it."""

MEND_COST = 0.5
"""What it costs to draw a face once more, in pictures: about half the steps are taken."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of an album, and what was seen in it."""

    picture: Picture
    judgement: Judgement
    mended: bool = False

    @property
    def note(self) -> PictureNote:
        seen = self.judgement
        return PictureNote(self.picture.seed, seen.faces, seen.likeness, self.mended)


class Refinement:
    """That of one album.

    `prompts` is one for all its pictures or one for each, from which they are drawn again, too.
    Without a judge, or if the judge fails, the album stays as it was drawn. `on_step` hears of each
    step, and what it raises ends the work. `keep` is given each picture that takes the place of
    another, and has that one's index.
    """

    def __init__(
        self,
        request: GenerationRequest,
        prompts: Sequence[Prompt],
        generator: AlbumGenerator,
        judge: Judge | None,
        budget: Budget,
        on_step: Callable[[Step], None],
        keep: Callable[[Picture], None],
    ) -> None:
        self._request, self._prompts = request, prompts
        self._generator, self._judge = generator, judge
        self._left, self._mends = budget.pictures(request), budget.mends
        self._on_step, self._keep = on_step, keep
        self._next_seed = request.seed + request.count
        self._mending: set[int] = set()
        """The indices of the pictures whose faces were drawn once more, for better or worse."""
        self._album: list[Shown] = []

    def add(self, picture: Picture) -> None:
        """Look at a picture of the album: they come in their order."""
        if self._judge is None:
            return
        try:
            self._album.append(Shown(picture, self._judge.judge(picture.image)))
        except Exception:  # whatever is wrong with it, the album itself is there
            log.exception("Pictures can't be looked at: they stay in the order they come in")
            self._judge, self._album = None, []

    def order(self) -> list[tuple[int, PictureNote]]:
        """Give each picture's index and note, the best first; equals stay in their order.

        It is empty where nobody looked. A story's pictures stay in their order.
        """
        if self._request.scenes:
            return [(shown.picture.index, shown.note) for shown in self._album]
        album = sorted(self._album, key=lambda shown: shown.judgement.rank, reverse=True)
        return [(shown.picture.index, shown.note) for shown in album]

    def improve(self, job_id: int, pace: float) -> Iterator[Redrawing | Mending]:
        """Draw bad pictures again, and small faces once more, as long as the budget lasts.

        It yields what it is about to do. `pace` is the number of seconds that a picture takes.
        """
        if self._judge is None:
            return
        while bad := self._worst(int(self._left)):
            yield Redrawing(job_id, len(bad), len(bad) * pace)
            self._redraw(bad, self._judge)
        while (small := self._smallest()) is not None:
            yield Mending(job_id, MEND_COST * pace)
            self._mend(small, self._judge)

    def _worst(self, count: int) -> list[int]:
        """Give the indices of the bad pictures, the worst first, at most so many."""
        bad = [index for index, shown in enumerate(self._album) if not shown.judgement.good]
        return sorted(bad, key=lambda index: self._album[index].judgement.rank)[:count]

    def _redraw(self, indices: list[int], judge: Judge) -> None:
        """Draw as many new pictures as there are indices; the better of two stays."""
        scenes = tuple(self._request.scenes[k] for k in indices) if self._request.scenes else ()
        again = replace(self._request, seed=self._next_seed, count=len(indices), scenes=scenes)
        self._next_seed += len(indices)
        self._left -= len(indices)
        prompts = [prompt_of(self._prompts, k) for k in indices]
        pictures = self._generator.album(again, self._on_step, prompts)
        for index, picture in zip(indices, pictures, strict=True):
            new = Shown(replace(picture, index=index), judge.judge(picture.image))
            if new.judgement.rank > self._album[index].judgement.rank:
                self._replace(index, new)

    def _smallest(self) -> int | None:
        """Give the index of a good picture whose face is small; None if none may be mended."""
        if not self._mends or self._left < MEND_COST:
            return None
        small = [
            index
            for index, shown in enumerate(self._album)
            if index not in self._mending
            and shown.judgement.good
            and shown.judgement.size < SMALL_FACE
        ]
        return min(small, key=lambda index: self._album[index].judgement.size, default=None)

    def _mend(self, index: int, judge: Judge) -> None:
        """Draw a small face once more; if it is less like its person, the picture stays."""
        self._left -= MEND_COST
        self._mending.add(index)
        shown = self._album[index]
        seen, picture = shown.judgement, shown.picture
        image = self._generator.mend(
            self._request,
            prompt_of(self._prompts, index),
            picture.image,
            seen.surroundings,
            picture.seed,
            self._on_step,
        )
        mended = Shown(replace(picture, image=image), judge.judge(image), mended=True)
        if mended.judgement.rank >= seen.rank:
            self._replace(index, mended)

    def _replace(self, index: int, shown: Shown) -> None:
        self._album[index] = shown
        self._keep(shown.picture)
