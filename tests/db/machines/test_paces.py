"""How long a machine takes, by its own albums."""

from db.machines.paces import Paces
from generation.character import Character, Traits
from generation.modes import MODES
from generation.request import GenerationRequest
from generation.sizes import Size

NOBODY = Character("", (), Traits())


def album(mode: str = "FAST", size: Size = Size.SQUARE) -> GenerationRequest:
    return GenerationRequest(NOBODY, "a knight", MODES[mode], 7, 6, size=size)


def test_a_picture_is_a_square_one() -> None:
    """An album's seconds are shared by its pictures, and by what their shape costs."""
    paces = Paces({})
    paces.note(album(), 12.0)
    paces.note(album("QUALITY", Size.PORTRAIT), 12.0)
    assert paces.seconds["FAST"] == 2
    assert paces.seconds["QUALITY"] == 2 / Size.PORTRAIT.cost


def test_a_few_slow_ones_do_not_spoil_it() -> None:
    """The median of the newest nine; what an earlier run measured holds until the first."""
    paces = Paces({"FAST": 9.0, "BALANCED": 3.0})
    assert paces.seconds == {"FAST": 9.0, "BALANCED": 3.0}
    for seconds in (6.0, 6.0, 600.0, 6.0):
        paces.note(album(), seconds)
    assert paces.seconds == {"FAST": 1.0, "BALANCED": 3.0}
