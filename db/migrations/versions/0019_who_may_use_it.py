"""People and groups have names, ask the owner to be let in, and may have a limit of their own."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OF_USERS: tuple[sa.Column[Any], ...] = (
    sa.Column("name", sa.String(), nullable=True),
    sa.Column("username", sa.String(), nullable=True),
    sa.Column("language", sa.String(16), nullable=True),
    sa.Column("albums_a_day", sa.Integer(), nullable=True),
    sa.Column("asked", sa.DateTime(), nullable=True),
)
OF_CHATS: tuple[sa.Column[Any], ...] = (
    sa.Column("title", sa.String(), nullable=True),
    sa.Column("asked", sa.DateTime(), nullable=True),
    sa.Column("away", sa.Boolean(), nullable=False, server_default=sa.false()),
)


def upgrade() -> None:
    for table, columns in (("users", OF_USERS), ("chats", OF_CHATS)):
        for column in columns:
            op.add_column(table, column.copy())


def downgrade() -> None:
    for table, columns in (("chats", OF_CHATS), ("users", OF_USERS)):
        for column in reversed(columns):
            op.drop_column(table, column.name)
