"""The named sets of states leave no state out."""

import pytest

from db import AT_REST, ENDED, UNDELIVERED, UNFINISHED, State


@pytest.mark.parametrize("state", State)
def test_a_job_is_unfinished_or_undelivered_or_at_rest(state: State) -> None:
    """Every state is in exactly one of the three sets."""
    assert [state in states for states in (UNFINISHED, UNDELIVERED, AT_REST)].count(True) == 1


def test_what_has_ended_is_at_rest() -> None:
    """Only doubt keeps a job at rest from having ended."""
    assert set(AT_REST) - set(ENDED) == {State.IN_DOUBT}
    assert set(ENDED) < set(AT_REST)


@pytest.mark.parametrize("states", [UNFINISHED, UNDELIVERED, ENDED, AT_REST])
def test_no_set_names_a_state_twice(states: tuple[State, ...]) -> None:
    assert len(set(states)) == len(states)
