"""Machines that draw elsewhere, what they offer, and the engine that hands out jobs to them.

On Postgres procrastinate lines jobs up. `jobs` stays the record: whatever puts a job into the line,
takes it out or asks for its end writes only there, and the triggers below tell the engine, in the
same transaction. In SQLite all workers are the bot's own, and there is no engine.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

COLUMNS = (
    sa.Column("needs", sa.String(16), nullable=False, server_default="album"),
    sa.Column("engine_id", sa.BigInteger(), nullable=True),
    sa.Column("machine", sa.String(64), nullable=True),
    sa.Column("failure", sa.JSON(), nullable=True),
)

LINE_UP = """
CREATE FUNCTION portrait_line_up() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.state = 'queued' THEN
        IF TG_OP = 'UPDATE' AND OLD.state <> 'queued' THEN
            NEW.machine := NULL;
        END IF;
        -- One that a machine puts back keeps its place in the engine's line.
        IF NOT EXISTS (SELECT FROM procrastinate_jobs
                       WHERE id = NEW.engine_id AND status IN ('todo', 'doing')) THEN
            NEW.engine_id := (procrastinate_defer_jobs_v1(ARRAY[ROW(
                NEW.needs, 'draw', -NEW.turn, NULL, NULL,
                jsonb_build_object('job_id', NEW.id), NULL
            )::procrastinate_job_to_defer_v1]))[1];
        END IF;
    ELSIF TG_OP = 'UPDATE' AND OLD.state = 'queued'
            AND NOT (NEW.state = 'running' AND NEW.machine IS NOT NULL) THEN
        -- The bot's own worker has it, or nobody draws it any more.
        PERFORM procrastinate_cancel_job_v1(NEW.engine_id, NEW.state <> 'running', true);
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.cancel_wanted AND NOT OLD.cancel_wanted THEN
        PERFORM procrastinate_cancel_job_v1(NEW.engine_id, true, true);
    END IF;
    RETURN NEW;
END;
$$
"""

TAKE_OUT = """
CREATE FUNCTION portrait_take_out() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM procrastinate_cancel_job_v1(OLD.engine_id, true, true);
    RETURN OLD;
END;
$$
"""

TRIGGERS = (
    LINE_UP,
    TAKE_OUT,
    """
    CREATE TRIGGER portrait_line_up BEFORE INSERT OR UPDATE OF state, cancel_wanted ON jobs
    FOR EACH ROW EXECUTE FUNCTION portrait_line_up()
    """,
    """
    CREATE TRIGGER portrait_take_out AFTER DELETE ON jobs
    FOR EACH ROW EXECUTE FUNCTION portrait_take_out()
    """,
    "REVOKE ALL ON FUNCTION portrait_line_up(), portrait_take_out() FROM PUBLIC",
)

ENGINES_OWN = (
    "DROP TRIGGER portrait_take_out ON jobs",
    "DROP TRIGGER portrait_line_up ON jobs",
    "DROP FUNCTION portrait_take_out()",
    "DROP FUNCTION portrait_line_up()",
    "DROP TABLE IF EXISTS portrait_leases, portrait_worker_ids",  # of db/machines/rights.sql
    """
    DROP TABLE procrastinate_events, procrastinate_periodic_defers, procrastinate_jobs,
        procrastinate_workers CASCADE
    """,
    """
    DO $$ DECLARE one regprocedure; BEGIN
        FOR one IN SELECT oid FROM pg_proc WHERE proname ~ '^(procrastinate|portrait)_' LOOP
            EXECUTE 'DROP FUNCTION ' || one || ' CASCADE';
        END LOOP;
    END $$
    """,
    """
    DROP TYPE procrastinate_job_to_defer_v1, procrastinate_job_status, procrastinate_job_event_type
    """,
)


def upgrade() -> None:
    for column in COLUMNS:
        op.add_column("jobs", column.copy())
    op.create_table(
        "machines",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("role", sa.String(63), nullable=False),
        sa.Column("channel", sa.String(63), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("offers", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("trouble", sa.JSON(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("draining", sa.Boolean(), nullable=False),
        sa.Column("started", sa.DateTime(), nullable=False),
        sa.Column("seen", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_machines")),
    )
    op.create_table(
        "drawn_pictures",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name=op.f("fk_drawn_pictures_job_id_jobs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_drawn_pictures")),
    )
    if op.get_bind().dialect.name == "postgresql":
        _start_the_engine()


def _start_the_engine() -> None:
    from procrastinate.schema import SchemaManager  # noqa: PLC0415 - only Postgres needs it

    connection = op.get_bind().connection.driver_connection
    if connection is None:
        raise RuntimeError("a connection without a driver's one")
    connection.execute(SchemaManager.get_schema())  # many statements: SQLAlchemy takes one
    for statement in TRIGGERS:
        op.execute(statement)
    # What waits was taken down before there was an engine.
    op.execute("UPDATE jobs SET state = state WHERE state = 'queued'")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in ENGINES_OWN:
            op.execute(statement)
    op.drop_table("drawn_pictures")
    op.drop_table("machines")
    for column in reversed(COLUMNS):
        op.drop_column("jobs", column.name)
