"""The versions of the tables: the migrations that lie here, which are run to be read, once."""

from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).with_name("migrations")


@cache
def newest() -> str | None:
    return _scripts().get_current_head()


@cache
def known() -> frozenset[str]:
    return frozenset(script.revision for script in _scripts().walk_revisions())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))
