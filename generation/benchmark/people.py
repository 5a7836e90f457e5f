"""The people whose likeness is measured: photographs in a folder."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generation.character import Character
from generation.errors import Refusal
from generation.faces.face import Face, drawn_from
from generation.faces.likeness import Identity


@dataclass(frozen=True, slots=True)
class Person:
    """Who is drawn, and who they are."""

    character: Character
    identity: Identity


def read(
    folder: Path, find: Callable[[bytes], list[Face]], say: Callable[[str], None]
) -> list[Person]:
    """Read a folder of people, each a folder of photographs, or the photographs of one person.

    Of a photograph the largest face counts, and of a person the good ones, if there are any, as the
    bot draws them. `say` is told which files are of no use, and why.
    """
    folders = sorted(one for one in folder.iterdir() if one.is_dir())
    people = []
    for one in folders or [folder]:
        if faces := drawn_from(list(_faces(one, find, say))):
            embeddings = tuple(face.embedding for face in faces)
            images = tuple(face.image for face in faces)
            character = Character(one.name, images, embeddings=embeddings)
            people.append(Person(character, Identity.of(embeddings)))
    return people


def _faces(
    folder: Path, find: Callable[[bytes], list[Face]], say: Callable[[str], None]
) -> Iterator[Face]:
    for file in sorted(one for one in folder.iterdir() if one.is_file()):
        try:
            yield find(file.read_bytes())[0]
        except Refusal as refusal:
            say(f"{file.name} is left out: {refusal.text_id()}")
