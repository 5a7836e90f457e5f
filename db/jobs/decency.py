"""What an order's words may not ask for: it is refused before it joins the queue."""

from db.characters import traits_from
from db.tables import JobRow
from generation.character import Age
from generation.request import AlbumOrder
from generation.words.decency.finding import Finding, find_in, together
from generation.words.reading import read


def finding_of(order: AlbumOrder) -> Finding:
    """Look through all words of an order: its own, its scenes, and their English."""
    texts = [*(order.scenes or (order.words,)), order.english]
    readings = [(text, read(text)) for text in texts if text]
    return together(find_in(one.wanted, one.unwanted, said=text) for text, one in readings)


def refuse_indecent(row: JobRow, found: Finding, *, adult_in_groups: bool) -> None:
    """Raise SexualWithMinors or SexualInGroup; what its person has said of their looks counts."""
    traits = traits_from(row.traits)
    whole = found | find_in(traits.words) if traits.words else found
    group = row.chat_id < 0 and not adult_in_groups
    whole.refuse(child=traits.age is Age.CHILD, group=group)
