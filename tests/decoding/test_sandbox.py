import contextlib
import resource
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import psutil
import pytest

from decoding import allowance as allowances
from decoding import child_process
from decoding.allowance import LEAST_S, Allowance
from decoding.sandbox import Sandbox
from decoding.unfit import Reason, Unfit
from tests.support.python_process import ROOT

WORK = "tests.decoding.childs_work"
BAD = ["spin", "sleep", "fill", "crash", "leave"]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    yield (sandbox := Sandbox())
    with contextlib.suppress(Unfit):
        sandbox.run(f"{WORK}:leave", b"")


@pytest.mark.parametrize("name", BAD)
def test_what_takes_too_much_or_crashes_is_refused_and_the_next_works(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Endless work, a hanging disk, two gigabytes, a crash in C, an exit: none harms the bot."""
    with monkeypatch.context() as short:
        short.setattr(allowances, "TIME_S", 0.3)
        with pytest.raises(Unfit) as unfit:
            sandbox.run(f"{WORK}:{name}", b"data")
    assert unfit.value.reason == Reason.TOO_HARD
    assert sandbox.run(f"{WORK}:sizes", b"data") == 4


def test_only_computing_takes_up_a_files_time(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the machine is busy a photo waits longer than it may take, and is read all the same."""
    monkeypatch.setattr(child_process, "BUSY", 1000)
    assert sandbox.run(f"{WORK}:wait", b"abc", allowance=Allowance(seconds=0.3)) == 3


@pytest.mark.parametrize("name", ["spin", "sleep"])
def test_the_files_of_one_message_share_its_time(sandbox: Sandbox, name: str) -> None:
    """Ten bad files take no longer than one; the good one between the first is read."""
    allowance = Allowance(files=10, seconds=0.9)
    bad = f"{WORK}:{name}"
    refused = []
    for function in [bad, f"{WORK}:sizes", *[bad] * 8]:
        try:
            assert sandbox.run(function, b"abc", allowance=allowance) == 3
        except Unfit as unfit:
            refused.append(unfit.reason)
    assert refused == [Reason.TOO_HARD] * 9
    assert allowance.next_share < LEAST_S


def test_a_file_leaves_half_of_the_time_to_those_that_follow() -> None:
    """The last one may have all that is left."""
    allowance = Allowance(files=3, seconds=2)
    shares = []
    for _ in range(3):
        shares.append(allowance.next_share)
        allowance.spend(0.5)
    assert shares == [1, 0.75, 1]


def test_no_file_may_take_all_the_time_of_its_message() -> None:
    """However few there are."""
    assert Allowance(files=1).next_share == Allowance(files=10).next_share == allowances.TIME_S


def test_many_bad_files_of_one_keep_no_other_waiting(sandbox: Sandbox) -> None:
    """Somebody who sends eight hanging files takes one place of two."""
    with ThreadPoolExecutor(9) as threads:
        hanging = [
            threads.submit(sandbox.run, f"{WORK}:sleep", b"", asker="attacker") for _ in range(8)
        ]
        assert [sandbox.run(f"{WORK}:sizes", b"a" * n, asker="friend") for n in range(5)] == [
            *range(5)
        ]
        assert not any(future.done() for future in hanging)
        _end_children_of(hanging)


@pytest.mark.parametrize("attackers", [2, 3, 5])
def test_who_comes_last_is_served_before_anybodys_second_file(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, attackers: int
) -> None:
    """However many send however many bad files, somebody new waits for one of each at most."""
    monkeypatch.setattr(allowances, "TIME_S", 0.2)
    with ThreadPoolExecutor(4 * attackers) as threads:
        bad = [
            threads.submit(sandbox.run, f"{WORK}:spin", b"", asker=number)
            for _ in range(4)
            for number in range(attackers)
        ]
        assert sandbox.run(f"{WORK}:sizes", b"abc", asker="friend") == 3
        assert sum(future.done() for future in bad) <= attackers
        _end_children_of(bad)


def _end_children_of(running: "list[Future[None]]") -> None:
    """End what hangs, one after the other, as each takes its turn."""
    while not all(future.done() for future in running):
        for child in psutil.Process().children():
            with contextlib.suppress(psutil.Error):
                if "decoding.child" in child.cmdline():
                    child.kill()


def test_one_child_serves_file_after_file(sandbox: Sandbox) -> None:
    """An ordinary photo waits for no start of a process."""
    assert len({sandbox.run(f"{WORK}:pid", b"") for _ in range(5)}) == 1


def test_a_child_that_kept_much_memory_is_replaced(sandbox: Sandbox) -> None:
    """What a large picture took is given back."""
    large = sandbox.run(f"{WORK}:keep", b"")
    assert not psutil.pid_exists(large)
    assert sandbox.run(f"{WORK}:pid", b"") != large


def test_no_limit_of_a_file_is_left_after_it(sandbox: Sandbox) -> None:
    """What was imported for the next one took longer than that, and ended the child."""
    before = sandbox.run(f"{WORK}:computing_limit", b"")
    sandbox.run(f"{WORK}:sizes", b"data", allowance=Allowance(seconds=0.3))
    after = sandbox.run("tests.decoding.childs_limit:at_import", b"")
    assert before != resource.RLIM_INFINITY
    assert after == resource.RLIM_INFINITY


@pytest.mark.parametrize("name", ["fail", "fail_oddly"])
def test_an_accident_keeps_its_words(sandbox: Sandbox, name: str) -> None:
    """It gets into the log as if there were no second process."""
    with pytest.raises((KeyError, RuntimeError), match="no such thing"):
        sandbox.run(f"{WORK}:{name}", b"")


def test_a_child_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that takes over its decoder finds no token there."""
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "7:secret")
    monkeypatch.setenv("HF_TOKEN", "secret")
    assert "secret" not in str(Sandbox().run(f"{WORK}:environment", b""))


def test_a_child_ends_with_its_parent() -> None:
    """A bot that was killed leaves no process behind."""
    script = (
        "from decoding.sandbox import SANDBOX\n"
        f"print(SANDBOX.run('{WORK}:pid', b''), flush=True); input()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.communicate()
    child.wait(timeout=60)
