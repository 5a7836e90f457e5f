"""News that go by a thread of their own."""

import threading

from sqlalchemy.exc import OperationalError

from db.machines.news import decode
from db.machines.teller import Teller
from generation.events import Drawn, Event, Generated, Progress, Started


def _progress(share: float) -> Progress:
    return Progress(1, 0, 1, 2, share, None)


def test_newer_progress_takes_the_place_of_older() -> None:
    """While the database is slow; what is no progress comes whole, and in its order."""
    told: list[Event] = []
    may_tell, is_telling = threading.Event(), threading.Event()

    def tell(news: str) -> None:
        is_telling.set()
        may_tell.wait(60)
        told.append(decode(news))

    one = Teller(tell)
    one.hear(Started(1))
    is_telling.wait(60)
    for share in (1.0, 1.25, 1.5):  # from 1 on none is left out
        one.hear(_progress(share))
    one.hear(Drawn(1))
    one.hear(_progress(2.0))
    one.hear(Generated(1, "FAST", 2.0))
    may_tell.set()
    one.stop()
    assert told == [
        Started(1), _progress(1.5), Drawn(1), _progress(2.0), Generated(1, "FAST", 2.0)
    ]  # fmt: skip


def test_news_that_can_t_be_told_are_left_to_the_rows() -> None:
    """The bot reads there what it did not hear; the thread goes on."""
    told: list[str] = []

    def tell(news: str) -> None:
        told.append(news)
        if len(told) == 1:
            raise OperationalError("NOTIFY", {}, Exception("the server is gone"))

    one = Teller(tell)
    one.hear(Started(1))
    one.hear(Drawn(1))
    one.stop()
    assert [type(decode(news)) for news in told] == [Started, Drawn]
