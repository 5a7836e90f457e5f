"""One job that is being drawn."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace

from generation.character import Age
from generation.events import Drawn, Event, Progress, PromptsWritten, Started
from generation.faces.sight import Sights
from generation.log_marks import JOB
from generation.request import AlbumGenerator, GenerationRequest, Job, Picture, Step
from generation.words.decency.finding import find_in, together
from generation.words.prompt import Prompt, prompt_of
from generation.work.budget import Budget
from generation.work.judge import Judge, judge_of
from generation.work.picture_parameters import write_parameters
from generation.work.queue import Queue, QueueUnwritable
from generation.work.refinement import Refinement
from generation.work.saving import Saving

log = logging.getLogger(__name__)

ESTIMATE_SHARE = 0.1
"""Share of an album that is drawn before the seconds left are estimated: the first steps are slow.
"""


class Interrupted(Exception):  # noqa: N818 - not an error: somebody asked for it
    """The worker is stopping, or the running job was cancelled."""


class Drawing:
    """Draws one job's album, saves it, makes it better, and puts the best pictures first.

    `emit` tells an event; `alive` is called at each step, and `interrupt`, which raises Interrupted
    when the job is to end.
    """

    def __init__(
        self,
        job: Job,
        queue: Queue,
        generator: AlbumGenerator,
        sights: Sights | None,
        budget: Budget,
        *,
        emit: Callable[[Event], None],
        interrupt: Callable[[], None],
        alive: Callable[[], None],
    ) -> None:
        self._job, self._queue, self._generator = job, queue, generator
        self._sights, self._budget = sights, budget
        self._emit, self._interrupt, self._alive = emit, interrupt, alive
        self._prompts: tuple[Prompt, ...] = ()

    def run(self) -> float:
        """Draw the album; give the seconds from the first step to the last picture.

        Nothing of the person stays in the generator's memory.
        """
        mark = JOB.set(self._job.id)
        try:
            return self._run()
        finally:
            self._generator.forget()
            JOB.reset(mark)

    def _run(self) -> float:
        job = self._job
        self._emit(Started(job.id))
        self._prompts = self._generator.prompts(self._read_off_photos(job.request))
        self._refuse_indecent()
        self._queue.save_prompts(job.id, self._prompts, self._generator.model_name)
        self._interrupt()
        self._emit(PromptsWritten(job.id, self._prompts))
        self._alive()
        since = time.monotonic()

        def on_step(step: Step) -> None:
            self._step(step)
            self._emit(_progress(job, step, time.monotonic() - since))

        refinement = Refinement(
            job.request,
            self._prompts,
            self._generator,
            self._judge(),
            self._budget,
            self._step,
            self._save,
        )
        with Saving(self._save_drawn) as saving:
            for picture in self._generator.album(job.request, on_step, self._prompts):
                saving.add(picture)
                refinement.add(picture)
        self._refine(refinement, pace=(time.monotonic() - since) / max(job.request.count, 1))
        return time.monotonic() - since

    def _read_off_photos(self, request: GenerationRequest) -> GenerationRequest:
        """Say what the photos show to a model that is in doubt of it.

        The pocket model's image encoder is small. Models that draw photographs see it themselves.
        """
        if self._sights is None or self._generator.photographs:
            return request
        try:
            shown = self._sights.read_traits(request.character.faces)
            return replace(request, character=replace(request.character, shown=shown))
        except Exception:
            log.exception("Job %s: no traits can be read off its photos", self._job.id)
            return request

    def _refuse_indecent(self) -> None:
        """Raise SexualWithMinors by what the model reads: a translation may say more."""
        child = self._job.request.character.traits.age is Age.CHILD
        together(find_in(prompt.positive) for prompt in self._prompts).refuse(child=child)

    def _step(self, _step: Step) -> None:
        self._alive()
        self._interrupt()

    def _save_drawn(self, picture: Picture) -> None:
        self._save(picture)
        if picture.index == 0:
            self._emit(Drawn(self._job.id))

    def _save(self, picture: Picture) -> None:
        job = self._job
        prompt = prompt_of(self._prompts, picture.index)
        parameters = write_parameters(job.request, picture, prompt, self._generator.model_name)
        self._queue.save_picture(job, picture, parameters)

    def _judge(self) -> Judge | None:
        """Give the judge of the job's person; None: it can't be said who is in the pictures."""
        if self._sights is None or not self._generator.photographs:
            return None
        try:
            return judge_of(self._job.request.character, self._sights, self._queue.save_embedding)
        except QueueUnwritable:
            raise
        except Exception:
            log.exception("Job %s: its person's face can't be looked at", self._job.id)
            return None

    def _refine(self, refinement: Refinement, pace: float) -> None:
        """Make the album better, and put the best first; if that fails, it is as it was drawn."""
        try:
            for news in refinement.improve(self._job.id, pace):
                self._emit(news)
        except (Interrupted, QueueUnwritable):
            raise
        except Exception:
            log.exception("Job %s: its pictures stay as they were drawn", self._job.id)
        finally:
            if order := refinement.order():
                self._queue.arrange(self._job.id, order)


def _progress(job: Job, step: Step, seconds: float) -> Progress:
    count = job.request.count
    share = (step.picture + step.together * step.step / step.steps) / count
    left = seconds * (1 - share) / share if share >= ESTIMATE_SHARE else None
    return Progress(job.id, step.picture, step.together, count, share, left)
