"""Faces and words in, pictures out. Knows no Telegram and no SQL."""
