"""Finds the numbers of `generation/faces/calibration.py`.

`python -m benchmarks.calibration FOLDER`, where FOLDER is as `benchmarks.traits` wants it, prints
those by which what people said of the portraits is likeliest. And how often the likeliest value is
right of people who had no part in the numbers: each of FOLDS parts is read by what the others give.
"""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from benchmarks.traits import people_of
from generation.faces.calibration import CALIBRATIONS, LEAST_SHARE, Calibration, Likely, calibrated
from generation.faces.eyes import Eyes
from generation.faces.looks import MEANT, READ, TraitReader, likeliest

FOLDS = 6
"""Number of parts of the people."""

PULL = 0.05
"""How much numbers are pulled back to those of a plain mean. Without it those of rare values would
go wherever two or three people want them."""

STEPS = 60
"""Steps of L-BFGS; fewer are enough."""

Opinions = tuple[Likely, Likely]


@dataclass(frozen=True, slots=True)
class Sitter:
    """What both networks make of a person, and what would be right for each trait, if anything."""

    opinions: Opinions
    right: Mapping[str, frozenset[str]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration")
    parser.add_argument("folder", type=Path, help="portraits, and labels.csv")
    sitters = _sitters(parser.parse_args().folder)
    print("| trait | of people | right, by the likeliest value |\n|---|---|---|")
    for name in READ:
        asked, right = _asked(name, sitters), 0
        for fold in range(FOLDS):
            others = [one for place, one in enumerate(asked) if place % FOLDS != fold]
            calibration = fitted(name, others)
            right += sum(_is_right(name, one, calibration) for one in asked[fold::FOLDS])
        print(f"| {name} | {len(asked)} | {right} |")
    print("\nCALIBRATIONS = {")
    for name in READ:
        print(f'    "{name}": {_source(fitted(name, sitters))},')
    print("}")


def fitted(name: str, sitters: Sequence[Sitter]) -> Calibration:
    """Find one trait's numbers by the people of whom somebody said it."""
    asked, values = _asked(name, sitters), list(CALIBRATIONS[name].corrections)
    shares = [
        [[opinion[name][value] for value in values] for opinion in one.opinions] for one in asked
    ]
    read = (torch.tensor(shares, dtype=torch.float64) + LEAST_SHARE).log()
    right = torch.tensor(
        [[bool({value, MEANT.get(value)} & one.right[name]) for value in values] for one in asked],
        dtype=torch.float64,
    )
    weights = torch.full((2,), 0.5, dtype=torch.float64, requires_grad=True)
    corrections = torch.zeros(len(values), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [weights, corrections], max_iter=STEPS, line_search_fn="strong_wolfe"
    )

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        likely = (torch.einsum("npv,p->nv", read, weights) + corrections).softmax(dim=1)
        unlikely = -((likely * right).sum(dim=1) + LEAST_SHARE).log().mean()
        pull = PULL * (corrections.square().mean() + (weights - 0.5).square().mean() / 5)
        whole = unlikely + pull
        whole.backward()  # type: ignore[no-untyped-call]
        return whole

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    of_portraits, of_faces = (round(weight, 2) for weight in weights.tolist())
    rounded = [round(correction, 2) for correction in corrections.tolist()]
    return Calibration((of_portraits, of_faces), dict(zip(values, rounded, strict=True)))


def _sitters(folder: Path) -> list[Sitter]:
    eyes, reader, sitters = Eyes(), TraitReader(), []
    for labels, portrait, seen in people_of(folder, eyes):
        right = {name: frozenset(labels[name].split()) for name in READ}
        sitters.append(Sitter(reader.opinions(portrait, seen), right))
    return sitters


def _asked(name: str, sitters: Sequence[Sitter]) -> list[Sitter]:
    """Choose those of whom the trait is said, and read by both networks."""
    return [
        one
        for one in sitters
        if one.right[name] and all(name in opinion for opinion in one.opinions)
    ]


def _is_right(name: str, sitter: Sitter, calibration: Calibration) -> bool:
    value, _ = likeliest(calibrated(sitter.opinions, {name: calibration})[name])
    return value in sitter.right[name]


def _source(calibration: Calibration) -> str:
    """Write the numbers as Python has them."""
    corrections = ", ".join(
        f"{type(value).__name__}.{value.name}: {number}" if value else f"None: {number}"
        for value, number in calibration.corrections.items()
    )
    return f"Calibration({calibration.weights}, {{{corrections}}})"


if __name__ == "__main__":
    main()
