"""The speed test: `python -m generation.benchmark`. Ours against plain diffusers, here."""
