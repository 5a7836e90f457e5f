"""What a person is told of their request: what is not drawn as they said it."""

from collections.abc import Iterable, Sequence

from telegram.constants import MessageLimit

from db import JobRecord
from generation.words.languages import is_strange
from generation.words.reading import Remark
from generation.words.writer import SCENE_BAR
from handlers.core.lengths import length, shortened
from handlers.texts import Say

SHOWN = (120, 40, 12)
"""Most characters of the words in each line; where there is little room, fewer."""

ENGLISH_SHOWN = 400
"""Most characters of the English in a status: it must be short enough for a picture's caption."""


def remark_lines(
    say: Say,
    job: JobRecord,
    room: int = MessageLimit.MAX_TEXT_LENGTH,
    most: Sequence[int] = SHOWN,
) -> str:
    """Name what was not taken as it stood, and what the pictures don't show, each in a line.

    First comes why they are drawn in a smaller mode than was ordered, if they are.

    The words in them are cut until all lines have room, if they can. `most` is as SHOWN.
    """
    text = ""
    smaller = [say(f"smaller-mode-{job.smaller_because}")] if job.smaller_because else []
    for shown in most:
        lines = (
            *smaller,
            *_of_reading(say, job.remarks, shown),
            *_of_prompts(say, job, shown),
        )
        text = "".join(f"\n{line}" for line in lines)
        if length(text) <= room:
            break
    return text


def english_line(say: Say, job: JobRecord) -> str:
    """Say what the words were put into English as, if they were; scenes with a bar between."""
    english = english_of(job)
    return f"\n{say('details-english', words=shortened(english, ENGLISH_SHOWN))}" if english else ""


def english_of(job: JobRecord) -> str:
    """Give the English of a job's words, as its person or the translator put it."""
    if not any(prompt.english for prompt in job.prompts):
        return ""
    scenes = job.scenes or (job.words,)
    both = zip(job.prompts, scenes, strict=False)
    return f" {SCENE_BAR} ".join(prompt.english or scene for prompt, scene in both)


def _of_reading(say: Say, remarks: Sequence[Remark], shown: int) -> Iterable[str]:
    """Give a line for each kind; one that another version wrote has no text."""
    for kind, taken in dict.fromkeys((remark.kind, remark.taken) for remark in remarks):
        given = [one.given for one in remarks if (one.kind, one.taken) == (kind, taken)]
        try:
            yield say(
                f"remark-{kind}",
                given=shortened(", ".join(given), shown),
                taken=shortened(taken, shown),
            )
        except LookupError:
            continue


def _of_prompts(say: Say, job: JobRecord, shown: int) -> Iterable[str]:
    prompts = job.prompts
    unknown = dict.fromkeys(word for prompt in prompts for word in prompt.unknown)
    words = {
        "words-cut": ", ".join(prompt.cut for prompt in prompts if prompt.cut),
        "words-unknown": ", ".join(word for word in unknown if not is_strange(word)),
        "loras-missing": ", ".join(job.missing_loras),
        "words-foreign": ", ".join(word for word in unknown if is_strange(word)),
    }
    return (say(text, words=shortened(words[text], shown)) for text in words if words[text])
