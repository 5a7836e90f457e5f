"""Plain diffusers and ours, in turn."""

import io
from dataclasses import replace

from PIL import Image

from generation.benchmark.flops import Work
from generation.benchmark.measurement import Measurement, Times
from generation.benchmark.plain import PlainDiffusers
from generation.benchmark.stopwatch import Stopwatch
from generation.character import Character
from generation.modes import Mode
from generation.request import AlbumGenerator, GenerationRequest

WORDS = "an astronaut on the moon"
FACE = Image.radial_gradient("L").resize((512, 512)).convert("RGB")
"""What it shows costs no time."""
SEED = 1
WARM_UP_STEPS = 2


class Contest:
    """Measures albums; a short one of the same shapes goes before each measurement.

    In it ours meets the face, whose tokens it keeps; plain diffusers encodes it for each picture.
    """

    def __init__(
        self, ours: AlbumGenerator, plain: PlainDiffusers, work: Work, stopwatch: Stopwatch
    ) -> None:
        self._ours, self._plain = ours, plain
        self._work = work
        self._stopwatch = stopwatch
        face = io.BytesIO()
        FACE.save(face, "PNG")
        self._character = Character("Nobody", face.getvalue())

    def measure(self, mode: Mode, pictures: int, rounds: int) -> Measurement:
        request = GenerationRequest(self._character, WORDS, mode, SEED, pictures)
        short = replace(mode, steps=min(mode.steps, WARM_UP_STEPS))
        self._round(replace(request, mode=short))
        faceless, plain, ours = zip(*(self._round(request) for _ in range(rounds)), strict=True)
        calls = self._plain.unet_calls(mode.steps)
        return Measurement(
            mode=mode.name,
            steps=mode.steps,
            pictures=pictures,
            plain=Times(plain),
            ours=Times(ours),
            plain_flops=self._work.plain(mode, pictures, calls),
            ours_flops=self._work.ours(mode, pictures),
            faceless=Times(faceless) if pictures == 1 else None,
        )

    def _round(self, request: GenerationRequest) -> tuple[float, float, float]:
        """Give the seconds without the adapter (of one picture only), plain, and ours."""
        faceless = self._without_adapter(request) if request.count == 1 else 0.0
        plain = self._plainly(request, FACE)
        ours = self._stopwatch.seconds(lambda: list(self._ours.album(request, lambda _step: None)))
        return faceless, plain, ours

    def _without_adapter(self, request: GenerationRequest) -> float:
        self._plain.unload_face_adapter()
        try:
            return self._plainly(request, None)
        finally:
            self._plain.load_face_adapter()

    def _plainly(self, request: GenerationRequest, face: Image.Image | None) -> float:
        prompt = self._ours.prompt(request)
        seeds = [request.seed + k for k in range(request.count)]
        return self._stopwatch.seconds(lambda: self._plain.album(prompt, face, request.mode, seeds))
