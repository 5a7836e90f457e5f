"""Characters and jobs have several faces; faces and pictures say what they are."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NO_ID_TWICE = {"sqlite_autoincrement": True}


def upgrade() -> None:
    op.add_column("faces", sa.Column("embedding", sa.LargeBinary(), nullable=True))
    op.add_column("faces", sa.Column("flaws", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("users", sa.Column("likeness", sa.String(16), nullable=True))
    op.add_column("jobs", sa.Column("pictures", sa.JSON(), nullable=False, server_default="[]"))
    # Before the tables that refer to them are there: SQLite empties those when it rebuilds these.
    op.execute("CREATE TEMPORARY TABLE a_face AS SELECT person_id, face_id FROM characters")
    op.execute("CREATE TEMPORARY TABLE b_face AS SELECT id, face_id FROM jobs")
    with op.batch_alter_table("characters") as characters:
        characters.drop_constraint("fk_characters_face_id_faces", type_="foreignkey")
        characters.drop_column("face_id")
    with op.batch_alter_table("jobs", table_kwargs=NO_ID_TWICE) as jobs:
        jobs.drop_constraint("fk_jobs_face_id_faces", type_="foreignkey")
        jobs.drop_column("face_id")
    _join_table("character_faces", "person_id", "characters.person_id", sa.BigInteger())
    _join_table("job_faces", "job_id", "jobs.id", sa.Integer())
    op.create_index(op.f("ix_job_faces_face_id"), "job_faces", ["face_id"])
    op.execute("INSERT INTO character_faces (person_id, face_id) SELECT * FROM a_face")
    op.execute("INSERT INTO job_faces (job_id, face_id) SELECT * FROM b_face")
    op.execute("DROP TABLE a_face")
    op.execute("DROP TABLE b_face")


def _join_table(name: str, column: str, refers_to: str, kind: sa.types.TypeEngine[int]) -> None:
    table = refers_to.partition(".")[0]
    op.create_table(
        name,
        sa.Column(column, kind, nullable=False),
        sa.Column("face_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            [column], [refers_to], ondelete="CASCADE", name=op.f(f"fk_{name}_{column}_{table}")
        ),
        sa.ForeignKeyConstraint(["face_id"], ["faces.id"], name=op.f(f"fk_{name}_face_id_faces")),
        sa.PrimaryKeyConstraint(column, "face_id", name=op.f(f"pk_{name}")),
    )


def downgrade() -> None:
    """Keep the first face of each, as there was one before."""
    for table, key, join in (
        ("characters", "person_id", "character_faces"),
        ("jobs", "id", "job_faces"),
    ):
        column = "person_id" if table == "characters" else "job_id"
        op.execute(
            f"CREATE TEMPORARY TABLE {table}_face AS "  # noqa: S608 - names of our own
            f"SELECT {column} AS owner, MIN(face_id) AS face_id FROM {join} GROUP BY {column}"
        )
        op.drop_table(join)
        kwargs = NO_ID_TWICE if table == "jobs" else {}
        op.add_column(table, sa.Column("face_id", sa.Integer(), nullable=True))
        op.execute(
            f"UPDATE {table} SET face_id = "  # noqa: S608 - names of our own
            f"(SELECT face_id FROM {table}_face WHERE owner = {table}.{key})"
        )
        op.execute(f"DROP TABLE {table}_face")
        with op.batch_alter_table(table, table_kwargs=kwargs) as batch:
            batch.alter_column("face_id", existing_type=sa.Integer(), nullable=False)
            batch.create_foreign_key(f"fk_{table}_face_id_faces", "faces", ["face_id"], ["id"])
    for table, column in (
        ("jobs", "pictures"),
        ("users", "likeness"),
        ("faces", "flaws"),
        ("faces", "embedding"),
    ):
        op.drop_column(table, column)
