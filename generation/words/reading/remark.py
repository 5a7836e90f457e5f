"""What a person is told of their request: nothing that they wrote is ignored in silence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was written and is not taken as it stands: `remark-<kind>` is its text.

    `given` is what was written, `taken` what it was taken as, if it was.
    """

    kind: str
    given: str
    taken: str = ""
