"""What counts against a person's day, and what the face adapter made of faces."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked",
        sa.Column("job_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_asked")),
    )
    op.create_index(op.f("ix_asked_person_id"), "asked", ["person_id"], unique=False)
    op.create_table(
        "face_tokens",
        sa.Column("face_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("tokens", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["face_id"], ["faces.id"], name=op.f("fk_face_tokens_face_id_faces"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("face_id", name=op.f("pk_face_tokens")),
    )
    op.create_index(op.f("ix_face_tokens_digest"), "face_tokens", ["digest"], unique=False)


def downgrade() -> None:
    op.drop_table("face_tokens")
    op.drop_table("asked")
