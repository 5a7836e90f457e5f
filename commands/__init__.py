"""What `python bot.py` does: a file or a folder for each command."""
