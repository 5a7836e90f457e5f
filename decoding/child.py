"""`python -m decoding.child`: does what `decoding.sandbox` asks for, within limits.

It imports a function when it is first asked for, and calls `prepare` of the same module if there is
one: what that loads is the child's own, and no file's.
"""

import contextlib
import importlib
import pickle
import sys
import warnings
from collections.abc import Callable
from typing import Any

from decoding.channel import End, childs_end
from decoding.limits import limits
from decoding.unfit import Reason, Unfit


def serve(parent: End) -> None:
    """Answer until the parent is gone."""
    warnings.simplefilter("ignore")  # a file's tags can make thousands of them
    parent.send_bytes(b"ready")
    while True:
        try:
            name, arguments, most = pickle.loads(parent.recv_bytes())  # noqa: S301 - the bot's own words
            function = _imported(name)
            if arguments is None:
                _prepare(name)
                parent.send_bytes(b"ready")
                continue
            data = parent.recv_bytes()
            parent.send_bytes(pickle.dumps(_answer(function, data, arguments, most)))
        except (EOFError, ConnectionError):
            return


def _answer(
    function: Callable[..., object],
    data: bytes,
    arguments: tuple[Any, ...],
    most: tuple[float, float, int],
) -> tuple[bool, object]:
    """Give whether it went well, and what the function gave or raised."""
    try:
        with limits(*most):
            return True, function(data, *arguments)
    except MemoryError:
        return False, Unfit(Reason.TOO_HARD)
    except Exception as error:  # noqa: BLE001 - the parent raises it
        return False, _portable(error)


def _imported(name: str) -> Callable[..., object]:
    module, _, function = name.partition(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), function)
    return found


def _prepare(name: str) -> None:
    module, _, _ = name.partition(":")
    with contextlib.suppress(Exception):  # the function itself will say it
        getattr(sys.modules[module], "prepare", bool)()


def _portable(error: Exception) -> Exception:
    """Give what another process can read: the error itself, or its words."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - of this very line
    except Exception:  # noqa: BLE001 - whatever its class makes of it
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


if __name__ == "__main__":
    serve(childs_end())
