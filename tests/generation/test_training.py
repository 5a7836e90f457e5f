"""The pocket model's training, a few steps of it."""

from pathlib import Path

import pytest
import torch
from PIL import Image

from generation.pocket import run as run_module
from generation.pocket.train import train_autoencoder


class CutOffError(Exception):
    """Stands for a kill."""


def test_a_run_that_was_cut_off_ends_as_one_that_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint holds all that a run needs to go on, and the loss falls."""
    monkeypatch.setattr(run_module, "SAVED_EVERY", 2)
    whole = train_autoencoder(4, tmp_path / "whole", batch=1)

    descend = run_module.Run.descend
    done: list[torch.Tensor] = []

    def cut_off(run: run_module.Run, loss: torch.Tensor) -> None:
        if len(done) == 3:
            raise CutOffError
        done.append(loss)
        descend(run, loss)

    with monkeypatch.context() as once:
        once.setattr(run_module.Run, "descend", cut_off)
        with pytest.raises(CutOffError):
            train_autoencoder(4, tmp_path / "cut", batch=1)
    again = train_autoencoder(4, tmp_path / "cut", batch=1)

    for one, other in zip(whole.parameters(), again.parameters(), strict=True):
        assert torch.equal(one, other)
    with Image.open(tmp_path / "cut" / "autoencoder-loss.png") as curve:
        assert curve.getcolors() is not None
