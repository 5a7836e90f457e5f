"""A job knows its style, its shape, its scenes and what was made of its words.

A person keeps the style and the shape they like; what they put right in English is remembered.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("style", sa.JSON(), nullable=True))
    op.add_column("jobs", sa.Column("size", sa.String(16), nullable=True))
    op.add_column("jobs", sa.Column("scenes", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("jobs", sa.Column("english", sa.String(), nullable=False, server_default=""))
    op.add_column("jobs", sa.Column("remarks", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("jobs", sa.Column("prompts", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("users", sa.Column("style", sa.String(), nullable=True))
    op.add_column("users", sa.Column("size", sa.String(16), nullable=True))
    op.add_column("users", sa.Column("ideas", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("users", sa.Column("awaits_job", sa.Integer(), nullable=True))
    op.create_table(
        "corrections",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("english", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["users.id"],
            name=op.f("fk_corrections_person_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "words", name=op.f("pk_corrections")),
    )


def downgrade() -> None:
    op.drop_table("corrections")
    for table, columns in (
        ("users", ("awaits_job", "ideas", "size", "style")),
        ("jobs", ("prompts", "remarks", "english", "scenes", "size", "style")),
    ):
        for column in columns:
            op.drop_column(table, column)
