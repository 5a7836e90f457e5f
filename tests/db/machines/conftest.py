"""A real Postgres: machines draw only with one."""

import pytest


@pytest.fixture
def server() -> str:
    return "postgres"
