"""The exit codes that service managers and owners go by; 0 is an end in order, 1 an accident."""

SETTING_WRONG = 2
"""The owner has something to correct: it is not started again."""

AGAIN = 75  # EX_TEMPFAIL, which Windows doesn't name
"""A machine lost its job, or what keeps it from drawing may pass by itself: it is started again."""
