"""The hub's own client. It is imported only when it is needed: a local model works without it."""

import logging
import os
from types import ModuleType


def client() -> ModuleType:
    """Give huggingface_hub; it reads its settings (HF_HOME, HF_ENDPOINT) when it is imported."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # read during the import
    import huggingface_hub  # noqa: PLC0415
    from huggingface_hub import constants, errors, utils  # noqa: F401, PLC0415

    imported: ModuleType = huggingface_hub
    imported.utils.disable_progress_bars()  # there is one for the whole download
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    return imported
