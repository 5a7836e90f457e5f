"""Writes the mean of two trained models: `python -m generation.pocket.mean ONE OTHER --write PATH`.

A model that was trained further on a CPU draws some things better and others worse than before; the
mean of its weights and of those before draws nearly all as well as the better one.
"""

import argparse
import sys
from pathlib import Path

from generation.errors import Refusal
from generation.pocket.training.export import export
from generation.pocket.training.moving import move_weights
from generation.pocket.training.parts import Parts, trained


def move(one: Parts, other: Parts, share: float) -> None:
    """Move the weights of `one` towards those of `other`, by a share of the way.

    Raises ValueError if the networks have other shapes.
    """
    for network, target in zip(one.networks, other.networks, strict=True):
        move_weights(network, target, share)
    factors = [parts.autoencoder.config.scaling_factor for parts in (one, other)]
    mean_factor = factors[0] + share * (factors[1] - factors[0])
    one.autoencoder.register_to_config(scaling_factor=mean_factor)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m generation.pocket.mean")
    parser.add_argument("one", type=Path, help="a trained model")
    parser.add_argument("other", type=Path, help="a model that was trained further from it")
    parser.add_argument("--share", type=float, default=0.5, help="of the other one, 0 to 1")
    parser.add_argument("--write", type=Path, required=True, help="where the mean goes")
    options = parser.parse_args()
    if not 0 <= options.share <= 1:
        parser.error("the share is between 0 and 1")
    try:
        one, other = trained(options.one), trained(options.other)
        move(one, other, options.share)
    except Refusal as refusal:
        sys.exit(f"{refusal.text_id()}: {refusal.fields}")
    except ValueError as unlike:
        sys.exit(f"These models have no mean: {unlike}.")
    export(one, one.autoencoder.config.scaling_factor, options.write)


if __name__ == "__main__":
    main()
