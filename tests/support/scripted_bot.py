"""`python -m tests.support.scripted_bot`: the bot as a process, drawing by script.

`DIES_AT_STEP=n` has it kill itself, as a power cut would, before its step n.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence

import bot
from generation.request import GenerationRequest, Picture, Step
from generation.words.prompt import Prompt
from tests.support import short_waits
from tests.support.scripted_generator import ScriptedGenerator


class DyingGenerator(ScriptedGenerator):
    """Draws until its last step."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self._last = last

    def album(
        self,
        request: GenerationRequest,
        on_step: Callable[[Step], None],
        prompts: Sequence[Prompt] = (),
    ) -> Iterator[Picture]:
        def counted(step: Step) -> None:
            if self.steps_taken == self._last:
                os.kill(os.getpid(), signal.SIGKILL)
            on_step(step)

        yield from super().album(request, counted, prompts)


if __name__ == "__main__":
    short_waits.shorten()
    sys.exit(bot.main([DyingGenerator(int(os.environ.get("DIES_AT_STEP", "-1")))]))
