"""Forty requests of six people."""

from tests.generation.words.prompt_table import FILE, table


def test_the_prompts_are_those_that_were_read_line_by_line() -> None:
    """Whoever changes one looks at it: `python -m tests.generation.words.prompt_table`."""
    assert table() == FILE.read_text(encoding="utf-8")
