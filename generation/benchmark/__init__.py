"""The speed test: `python -m generation.benchmark`. Plain diffusers against this bot."""
