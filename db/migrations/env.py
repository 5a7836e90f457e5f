"""Alembic's entry: it runs on the connection that db.engine gives it."""

from alembic import context

from db.jobs import tables as _jobs  # noqa: F401 - its tables join the metadata
from db.machines import tables as _machines  # noqa: F401 - its tables join the metadata
from db.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite can't alter a column in place
)
context.run_migrations()
