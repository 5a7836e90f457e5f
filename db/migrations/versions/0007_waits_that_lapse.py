"""What a person is awaited for has a time, so that it can lapse; several albums are remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE users RENAME COLUMN last_media_group TO last_media_groups")
    op.add_column("users", sa.Column("awaits_since", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("users", "awaits_since")
    op.execute("ALTER TABLE users RENAME COLUMN last_media_groups TO last_media_group")
