"""Plain diffusers and this bot draw the same albums alternately, timed."""

from dataclasses import replace

from PIL import Image

from generation.benchmark.album import FACE, order
from generation.benchmark.flops import Work
from generation.benchmark.measurement import Measurement, Times
from generation.benchmark.plain import PlainDiffusers
from generation.benchmark.stopwatch import Stopwatch
from generation.modes import Mode
from generation.request import AlbumGenerator, GenerationRequest
from generation.sizes import Size

WARM_UP_STEPS = 2
"""Most steps of the album that is drawn before the measured ones."""


class Contest:
    """Times albums. Before each measurement both draw a short album of the same shapes.

    The bot encodes the face in the short album only, as it does for a person's first album; plain
    diffusers encodes it for each picture.
    """

    def __init__(
        self,
        ours: AlbumGenerator,
        plain: PlainDiffusers,
        work: Work,
        stopwatch: Stopwatch,
        shape: Size = Size.SQUARE,
    ) -> None:
        self._ours, self._plain = ours, plain
        self._work = work
        self._stopwatch, self._shape = stopwatch, shape

    def measure(self, mode: Mode, pictures: int, rounds: int) -> Measurement:
        request = order(mode, pictures, self._shape)
        short = replace(mode, steps=min(mode.steps, WARM_UP_STEPS))
        self._run_round(replace(request, mode=short))
        faceless, plain, ours = zip(*(self._run_round(request) for _ in range(rounds)), strict=True)
        calls = self._plain.count_unet_calls(mode.steps)
        return Measurement(
            mode=mode.name,
            steps=mode.steps,
            pictures=pictures,
            plain=Times(plain),
            ours=Times(ours),
            plain_flops=self._work.count_plain(mode, pictures, calls),
            ours_flops=self._work.count_ours(mode, pictures),
            faceless=Times(faceless) if pictures == 1 else None,
        )

    def _run_round(self, request: GenerationRequest) -> tuple[float, float, float]:
        """Give the seconds of plain diffusers without a face (0 for larger albums), and of both."""
        faceless = self._time_faceless(request) if request.count == 1 else 0.0
        plain = self._time_plain(request, FACE)
        ours = self._stopwatch.time(lambda: list(self._ours.album(request, lambda _step: None)))
        self._ours.forget()
        return faceless, plain, ours

    def _time_faceless(self, request: GenerationRequest) -> float:
        self._plain.unload_face_adapter()
        try:
            return self._time_plain(request, None)
        finally:
            self._plain.load_face_adapter()

    def _time_plain(self, request: GenerationRequest, face: Image.Image | None) -> float:
        prompt, *_ = self._ours.prompts(request)
        seeds = [request.seed + k for k in range(request.count)]
        return self._stopwatch.time(
            lambda: self._plain.draw_album(prompt, face, request.mode, seeds)
        )
