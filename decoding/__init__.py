"""Files that strangers send, as pixels: read tolerantly, within limits, in a process of its own."""
