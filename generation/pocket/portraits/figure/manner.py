"""How a face is drawn."""

from dataclasses import dataclass

from generation.pocket.portraits.colours import Colour
from generation.pocket.portraits.palette import INK


@dataclass(frozen=True, slots=True)
class Manner:
    """What makes a face look like a portrait, or more like a photograph.

    - eyes: their size, as a share of a portrait's
    - lens, frame: size of the glasses and width of their frame, in halves of the head's width
    - browline: whether the lower half of the frame is thin
    - sockets: how dark the skin around the eyes is, 0 to 1; a photo's shadows are no glasses
    - cap: whether the person wears a uniform's cap; on a photo it must not be taken for hair
    """

    eyes: float = 1.0
    lens: float = 0.38
    frame: float = 0.1
    frame_colour: Colour = INK
    browline: bool = False
    sockets: float = 0.0
    cap: bool = False


PORTRAIT = Manner()
