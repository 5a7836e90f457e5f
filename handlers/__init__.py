"""Telegram in, Telegram out. commands.py is the table of commands, router.py says what answers."""
