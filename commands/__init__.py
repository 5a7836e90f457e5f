"""What `python bot.py` does: a file or a folder for each command."""

from handlers.telegram import key_log

key_log.set_aside()  # what is imported after this would break off
