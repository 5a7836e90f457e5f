"""What a status said, which photos an album is, who cancelled it, which button asked for it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = (
    ("cancelled_by", sa.String(16)),
    ("button", sa.String(64)),
    ("status_digest", sa.String(64)),
    ("file_ids", sa.JSON()),
)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("jobs", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name, _ in reversed(COLUMNS):
        op.drop_column("jobs", name)
