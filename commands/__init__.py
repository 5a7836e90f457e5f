"""What `python bot.py` does besides running the bot: one module a command, given values."""
