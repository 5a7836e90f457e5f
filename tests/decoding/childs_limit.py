"""Says which limit held while this module was imported."""

import resource

LIMIT, _ = resource.getrlimit(resource.RLIMIT_CPU)


def at_import(_: bytes) -> int:
    return LIMIT
