"""Bytes as people read them: decimal units, as disks are sold and as a Mac counts."""

UNITS = {"gb": 10**9, "mb": 10**6, "kb": 10**3, "bytes": 1}


def in_unit(size: int) -> tuple[float, str]:
    """Give bytes in the unit that fits, with one digit after the point: never 1000 of one."""
    unit = next((unit for unit, one in UNITS.items() if round(size / one, 4) >= 1), "bytes")
    return round(size / UNITS[unit], 1), unit
