"""What the server of `tests.support.python_process` has imported before it forks."""

import gc

import cv2  # noqa: F401
from tqdm.std import TqdmDefaultWriteLock

import generation.engine.pipeline  # noqa: F401
import tests.support.python_process
import tests.support.scripted_bot  # noqa: F401
from handlers.texts import Texts

# A lock of threads is enough: one that processes share outlives those that are killed.
TqdmDefaultWriteLock.mp_lock = None

Texts()  # parses every language: most of what a bot that refuses to start would do

gc.collect()
gc.freeze()  # what was imported is shared with the forks: their collectors need not look at it
