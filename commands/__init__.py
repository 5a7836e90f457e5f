"""What `python bot.py` does: a file or a folder a command, given the settings and a `say`."""
