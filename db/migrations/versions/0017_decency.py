"""What pictures were found to show, and when somebody said that their photos may be used."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("checks", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("users", sa.Column("consented", sa.DateTime(), nullable=True))
    op.add_column("users", sa.Column("aside", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("users", "aside")
    op.drop_column("users", "consented")
    op.drop_column("jobs", "checks")
