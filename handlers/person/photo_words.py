"""What is said of photos: their marks, and what a better one would be."""

from collections.abc import Iterable, Sequence

from db import MOST_FACES, StoredFace
from generation.character import CHOICES, Traits
from handlers.core.looks import WHO, trait_parts
from handlers.person.judging import Album, SomeFace
from handlers.texts import Say
from handlers.texts.sentences import sentence


def mark(say: Say, face: SomeFace) -> str:
    """Say that a photo is good, or what its worst flaw asks for."""
    return say("photo-good") if not face.flaws else say(f"flaw-{face.flaws[0]}")


def mark_line(say: Say, face: SomeFace, count: int) -> str:
    """Give the mark of the photo that was taken last, as one of `count`."""
    kind = "flawed" if face.flaws else "good"
    return say("photo-mark", kind=kind, count=count, limit=MOST_FACES, text=mark(say, face))


def marks(say: Say, faces: Iterable[tuple[int, SomeFace]]) -> list[str]:
    """Give a line for each mark, with the numbers of its photos; the good ones first."""
    numbers: dict[str, list[int]] = {}
    for number, face in sorted(faces, key=lambda one: bool(one[1].flaws)):
        numbers.setdefault(mark(say, face), []).append(number)
    good = say("photo-good")
    return [
        _line(say, "good" if text == good else "flawed", those, text)
        for text, those in numbers.items()
    ]


def use(say: Say, faces: Sequence[StoredFace]) -> list[str]:
    """Say which of the person's photos are drawn, where that isn't all of them."""
    flawed = sum(bool(face.flaws) for face in faces)
    if not flawed:
        return []
    if flawed < len(faces):
        return [say("draws-good")]
    return [say("draws-flawed", count=flawed)]


def album_lines(say: Say, album: Album) -> list[str]:
    """Say of each picture of a message what became of it, those of one fate in one line."""
    fates = {
        say("photo-again"): album.known,
        say("photo-stranger"): list(album.strangers),
        say("photo-unclear"): album.unclear,
        say("photo-over", limit=MOST_FACES): list(album.over),
    }
    for reading in album.refused:
        if reading.refusal:
            fates.setdefault(sentence(say, reading.refusal), []).append(reading.number)
    left_out = sorted((numbers, fate) for fate, numbers in fates.items() if numbers)
    lines = [_line(say, "out", numbers, fate) for numbers, fate in left_out]
    return [*marks(say, album.own.items()), *lines]


def disagreeing(chosen: Traits, seen: Traits) -> list[str]:
    """Give the traits that a photo shows otherwise; who somebody is, they say themselves."""
    return [
        trait
        for trait in CHOICES
        if trait not in WHO
        and (said := getattr(chosen, trait))
        and (shown := getattr(seen, trait))
        and said != shown
    ]


def disagreement(say: Say, chosen: Traits, seen: Traits, traits: Sequence[str]) -> str:
    """Say how a photo shows these traits, and that the person's own word counts."""
    return say(
        "traits-disagree",
        chosen="; ".join(trait_parts(say, chosen, traits)),
        seen="; ".join(trait_parts(say, seen, traits)),
    )


def _line(say: Say, kind: str, numbers: Sequence[int], text: str) -> str:
    photos = ", ".join(map(str, numbers))
    return say("photo-line", kind=kind, photos=photos, text=text)
