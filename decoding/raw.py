"""Raw photos of cameras, which hold no finished picture but what the sensor saw."""

from decoding.tags import directory, first_directory

MAGIC = {
    b"FUJIFILMCCD-RAW": "RAF",
    b"IIRO": "ORF",
    b"IIRS": "ORF",
    b"MMOR": "ORF",
    b"IIU\0": "RW2",
    b"FOVb": "X3F",
    b"\0MRM": "MRW",
    b"II\x1a\0\0\0HEAPCCDR": "CRW",
    b"II*\0\x10\0\0\0CR\x02": "CR2",
}
"""The first bytes of the kinds that have their own."""

TIFF = (b"II*\0", b"MM\0*")

DNG_VERSION = 0xC612
REDUCED = 1
"""What tag 254 says of a preview."""

SENSOR_COLOURS = {32803, 34892}
"""What tag 262 says of a sensor's own pixels: behind colour filters, or linear."""

MAKERS = {
    b"NIKON": "NEF",
    b"SONY": "ARW",
    b"PENTAX": "PEF",
    b"SAMSUNG": "SRW",
    b"HASSELBLAD": "3FR",
}
"""The first word of the maker (tag 271), and how that maker's files are called."""


def raw_format(data: bytes) -> str | None:
    """Give the format's name if it is a raw photo, such as DNG."""
    if data[4:12] == b"ftypcrx ":
        return "CR3"
    for magic, name in MAGIC.items():
        if data.startswith(magic):
            return name
    return _raw_tiff(data) if data.startswith(TIFF) else None


def _raw_tiff(data: bytes) -> str | None:
    """Most raw formats are TIFF whose first directory is a preview beside the sensor's pixels."""
    tags = first_directory(data)
    if DNG_VERSION in tags:
        return "DNG"
    inner = [directory(data, start) for start in tags.get(330, ())[:8]]
    preview = REDUCED in tags.get(254, ()) and inner
    sensor = any(SENSOR_COLOURS & set(found.get(262, ())) for found in (tags, *inner))
    if not preview and not sensor:
        return None
    words = bytes(tags.get(271, ())).upper()
    return next((name for maker, name in MAKERS.items() if words.startswith(maker)), "RAW")
