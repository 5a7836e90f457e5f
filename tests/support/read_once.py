"""Files that tests send again and again are read for real, once in each test process."""

from collections.abc import Hashable
from hashlib import sha256
from typing import Any

from decoding.allowance import Allowance
from decoding.sandbox import SANDBOX


class ReadOnce:
    """Stands where the sandbox does. What was refused is read again."""

    def __init__(self) -> None:
        self._read: dict[Hashable, Any] = {}

    def run(
        self,
        function: str,
        data: bytes,
        *arguments: Any,  # noqa: ANN401 - the sandbox's
        asker: Hashable | None = None,
        allowance: Allowance | None = None,
    ) -> Any:  # noqa: ANN401 - the sandbox's
        key = function, sha256(data).digest(), repr(arguments)
        if key not in self._read:
            self._read[key] = SANDBOX.run(
                function, data, *arguments, asker=asker, allowance=allowance
            )
        return self._read[key]

    def warm(self, function: str) -> None:
        SANDBOX.warm(function)


READ_ONCE = ReadOnce()
