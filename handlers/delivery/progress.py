"""How far a job or a download is, in words."""

from generation.download_news import Downloading, DownloadWaits
from generation.events import Mending, Progress, Redrawing
from handlers.core.phrases import ready_text, wait_text
from handlers.texts import Say

BAR_LENGTH = 10
"""Characters of the progress bar."""


def progress_text(say: Say, progress: Progress) -> str:
    """Say how far an album is, and when it will be there; of what is drawn nothing is left."""
    filled = round(progress.share * BAR_LENGTH)
    text = say(
        "progress",
        bar="▰" * filled + "▱" * (BAR_LENGTH - filled),
        percent=str(int(progress.share * 100)),
        picture=str(min(progress.picture + 1, progress.pictures)),
        last=str(min(progress.picture + progress.together, progress.pictures)),
        span=_span(progress),
        pictures=str(progress.pictures),
    )
    if progress.seconds_left is None or progress.share >= 1:
        return text
    return f"{text} {ready_text(say, progress.seconds_left)}"


def _span(progress: Progress) -> str:
    """Say whether one picture of the album is being drawn, all of them, or some."""
    if progress.together == 1:
        return "one"
    return "all" if progress.together >= progress.pictures else "some"


def refinement_text(say: Say, event: Redrawing | Mending) -> str:
    """Say what is made better, once all pictures are drawn."""
    match event:
        case Redrawing(pictures=pictures):
            return say("redrawing", count=pictures)
        case Mending():
            return say("mending")


def download_text(say: Say, news: Downloading | DownloadWaits) -> str:
    """Say how much of the model is here, or why it doesn't come on."""
    if isinstance(news, DownloadWaits):
        return wait_text(say, news)
    return say("downloading", done=news.done / 1e9, whole=news.whole / 1e9)
