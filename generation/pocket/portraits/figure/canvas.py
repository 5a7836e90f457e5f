"""The picture that a person is drawn on, measured by the person's head."""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from generation.pocket.portraits.colours import Colour
from generation.pocket.portraits.figure.pose import Pose

Point = tuple[float, float]


class Canvas:
    """Draws shapes. Lengths are halves of the head's width, and (0, 0) is the head's middle.

    `pen` is for the few shapes that have a length in pixels; `half` is half of the head's width.
    """

    def __init__(self, picture: Image.Image, pose: Pose) -> None:
        self.pen = ImageDraw.Draw(picture)
        self.half = pose.half
        self._pose = pose

    @property
    def turn(self) -> float:
        """How far the features are moved sideways."""
        return self._pose.turn / self.half

    def at(self, x: float, y: float) -> Point:
        """Give a point's pixels."""
        return self._pose.x + x * self.half, self._pose.y + y * self.half

    def box(self, x: float, y: float, rx: float, ry: float) -> tuple[float, float, float, float]:
        """Give the pixels of the box around an ellipse: left, top, right and bottom."""
        return (*self.at(x - rx, y - ry), *self.at(x + rx, y + ry))

    def width(self, width: float) -> int:
        """Give a line's width in pixels, at least one."""
        return max(round(width * self.half), 1)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        self.pen.ellipse(self.box(x, y, rx, ry), fill=colour)

    def chord(
        self, x: float, y: float, rx: float, ry: float, start: int, end: int, colour: Colour
    ) -> None:
        """Fill an ellipse between two angles, in degrees, clockwise from the right."""
        self.pen.chord(self.box(x, y, rx, ry), start, end, fill=colour)

    def arc(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        start: int,
        end: int,
        colour: Colour,
        width: float,
    ) -> None:
        """Draw the line of an ellipse between two angles, as for `chord`."""
        self.pen.arc(self.box(x, y, rx, ry), start, end, fill=colour, width=self.width(width))

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        self.pen.polygon([self.at(x, y) for x, y in points], fill=colour)

    def line(self, start: Point, end: Point, colour: Colour, width: float) -> None:
        self.pen.line((*self.at(*start), *self.at(*end)), fill=colour, width=self.width(width))

    def block(
        self, left: float, top: float, right: float, bottom: float, radius: float, colour: Colour
    ) -> None:
        """Fill a rectangle with rounded corners."""
        box = (*self.at(left, top), *self.at(right, bottom))
        self.pen.rounded_rectangle(box, radius=radius * self.half, fill=colour)
