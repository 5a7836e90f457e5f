"""The face adapter's tokens of faces: stored with the face, and erased with it."""

import contextlib
from collections.abc import Iterator

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from db.engine import Database
from db.refusals import DataUnwritable, is_trouble
from db.tables import FaceRow, FaceTokensRow


class FaceTokens:
    """The store that `generation.engine.face_tokens` asks for. It blocks: for worker threads only.

    A database in trouble makes no album fail: tokens that were not saved are computed again.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, face: bytes, model: str) -> bytes | None:
        digest = self._database.seal.digest(face)
        with _in_spite_of_trouble(), self._database.reading() as session:
            return session.scalar(
                select(FaceTokensRow.tokens)
                .where(FaceTokensRow.digest == digest, FaceTokensRow.model == model)
                .limit(1)
            )
        return None

    def save(self, face: bytes, model: str, tokens: bytes) -> None:
        """Save tokens in place of other models'; for a face that was erased, save nothing."""
        digest = self._database.seal.digest(face)
        with _in_spite_of_trouble(), self._database.session() as session, session.begin():
            session.execute(delete(FaceTokensRow).where(FaceTokensRow.digest == digest))
            for face_id in session.scalars(select(FaceRow.id).where(FaceRow.image == face)):
                session.add(
                    FaceTokensRow(face_id=face_id, digest=digest, model=model, tokens=tokens)
                )


@contextlib.contextmanager
def _in_spite_of_trouble() -> Iterator[None]:
    try:
        yield
    except DataUnwritable:
        pass
    except SQLAlchemyError as error:
        if not is_trouble(error):
            raise
