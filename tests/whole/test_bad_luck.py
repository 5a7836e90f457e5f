"""What the network and Telegram do to a bot, all at once: nothing is lost or comes twice."""

from itertools import cycle
from pathlib import Path
from random import Random

from playground import BadGateway, DropAfter, DropBefore, Forbidden, Playground, RetryAfter
from playground.faults import Fault
from tests.support.five_people import ENDS, PEOPLE, FivePeople

ROUNDS, EACH = 6, 3
"""In each round five jobs, and so many faults for each of Telegram's methods."""
EVERYWHERE: tuple[Fault, ...] = (RetryAfter(1), DropBefore(), DropAfter(), BadGateway())
FAULTS: dict[str, tuple[Fault, ...]] = {
    "getUpdates": EVERYWHERE,
    "sendMessage": EVERYWHERE,
    "editMessageText": (*EVERYWHERE, Forbidden()),
    "editMessageMedia": (*EVERYWHERE, Forbidden()),
    "deleteMessage": (*EVERYWHERE, Forbidden()),
    "sendMediaGroup": (*EVERYWHERE, Forbidden()),
}


async def test_bad_luck_loses_nothing(tmp_path: Path) -> None:
    """Thirty jobs of five people: delivered once, asked about, or kept for a chat that closed."""
    random = Random(5)  # noqa: S311 - nothing secret
    met = closed = 0
    async with Playground(port=0) as playground:
        people = FivePeople(tmp_path, playground)
        await people.register_all()
        group = next(int(c) for c in playground.world.chats.conversations if int(c) < 0)
        orders = {name: cycle(random.sample(kinds, len(kinds))) for name, kinds in FAULTS.items()}
        async with people.bot():
            for turn in range(ROUNDS):
                ordered = {
                    method: [next(faults) for _ in range(EACH)] for method, faults in orders.items()
                }
                for method, faults in ordered.items():
                    for fault in faults:
                        playground.faults.add(method, fault)
                for person in range(len(PEOPLE)):
                    moves = turn == ROUNDS // 2 and person == 0
                    await people.ask(turn * len(PEOPLE) + person, group if moves else None)
                    if moves:
                        playground.world.migrate(group)
                await people.answered()
                for method, faults in ordered.items():
                    came = faults[: EACH - playground.faults.pending(method)]
                    met += len(came)
                    closed += came.count(Forbidden()) if method == "sendMediaGroup" else 0
                playground.faults.clear()
        fates = people.fates()
    states = people.jobs()
    assert states.keys() == people.commands.keys()
    print(f"{met} faults, {len(states)} jobs: {dict(fates)}")
    assert set(states.values()) <= ENDS
    assert set(fates) <= {"delivered once", "asked about", "closed"}
    assert fates["closed"] == closed
    assert fates["delivered once"]
