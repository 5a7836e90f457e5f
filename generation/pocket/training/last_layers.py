"""Teaches the last layers of a SeenReader by what people said of photographs.

Renderings teach all that comes before. What beards and skins look like under real lamps, and how
frequent they are, they can't teach. So a change of each last layer, what a tone of hair is called,
and how the networks that read traits are put together (`generation.faces.calibration`), are those
by which what people said is likeliest; all are pulled back, the layer to what renderings taught.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import nn

from generation.faces.calibration import (
    CALIBRATIONS,
    HAIR_TONING,
    LEAST_SHARE,
    LEAST_WEIGHT,
    Calibration,
    Toning,
    calibrated,
)
from generation.faces.hair_tone import likely_hair
from generation.faces.looks import MEANT, READ, likeliest
from generation.pocket.training.hair_toning import RenderedHair, ToneTeacher, measured
from generation.pocket.training.seen_reader import SeenReader
from generation.pocket.training.sitters import Sitter

LAYER_PULL = 0.001
"""How much a change of a layer costs, for the sum of its squares: of 0.0005, 0.001 and 0.003 the
one by which people are likeliest who had no part in the change."""

PULL = 0.05
"""How much numbers of a calibration are pulled back to those of a plain mean. Without it those of
rare values would go wherever two or three people want them."""

STEPS = 100
"""Steps of L-BFGS; fewer are enough."""

FOLDS = 6
"""Number of parts of the people: each is read by what the others taught."""

HAIR = "hair_color"
"""The trait that is measured too."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A trait's numbers, the last layer that goes with them, and of hair what tones are called."""

    calibration: Calibration
    layer: nn.Linear
    toning: Toning | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Examples:
    """What is known of n people.

    One network's log shares of the values, and the other's logits before its last layer changes,
    (n, values); hair's tones, (n, 4), and how sure they are, (n, 1); what the last layer gets, (n,
    WIDTH); and 1 for each value that would be right, (n, values).
    """

    by_portrait: torch.Tensor
    said: torch.Tensor
    tones: torch.Tensor
    sure: torch.Tensor
    read: torch.Tensor
    right: torch.Tensor


def teach_last_layers(
    reader: SeenReader, sitters: Sequence[Sitter], rendered: RenderedHair
) -> dict[str, Fit]:
    """Change the last layers, and give them with all that goes with them."""
    fits = {
        name: fitted(name, _asked(name, sitters), _head(reader, name), rendered) for name in READ
    }
    for name, fit in fits.items():
        reader.classifier.heads[name] = fit.layer
    return fits


def report(reader: SeenReader, sitters: Sequence[Sitter], rendered: RenderedHair) -> Iterator[str]:
    """Say line by line how often the likeliest value is right of people who taught nothing."""
    yield "| trait | of people | right, by the likeliest value |"
    yield "|---|---|---|"
    for name in READ:
        asked, head, right = _asked(name, sitters), _head(reader, name), 0
        for fold in range(FOLDS):
            others = [one for place, one in enumerate(asked) if place % FOLDS != fold]
            fit = fitted(name, others, head, rendered)
            right += sum(_is_right(name, one, fit) for one in asked[fold::FOLDS])
        yield f"| {name} | {len(asked)} | {right} |"


def source(fits: dict[str, Fit]) -> str:
    """Write what goes with the layers as `generation/faces/calibration.py` has it."""
    lines = [f'    "{name}": {_numbers(fit.calibration)},\n' for name, fit in fits.items()]
    toning = fits[HAIR].toning or {}
    tones = [f"    HairColor.{color.name}: {numbers},\n" for color, numbers in toning.items()]
    return f"CALIBRATIONS = {{\n{''.join(lines)}}}\n\nHAIR_TONING = {{\n{''.join(tones)}}}"


def fitted(name: str, sitters: Sequence[Sitter], head: nn.Linear, rendered: RenderedHair) -> Fit:
    """Fit one trait's numbers, and its last layer, by people of whom somebody said it.

    Where nobody did, they stay as they are.
    """
    teacher = ToneTeacher(rendered) if name == HAIR else None
    if not sitters:
        return Fit(CALIBRATIONS[name], head, HAIR_TONING if teacher else None)
    values = list(CALIBRATIONS[name].corrections)
    known = _examples(name, sitters, head)
    middle = known.read.mean(dim=0)
    apart = known.read - middle
    scale = apart.norm(dim=1).mean()
    even = 1 / (3 if teacher else 2)
    weights = torch.full((3,), even, dtype=torch.float64, requires_grad=True)
    corrections = torch.zeros(len(values), dtype=torch.float64, requires_grad=True)
    layer = torch.zeros(len(values), apart.shape[1], dtype=torch.float64, requires_grad=True)
    taught = [weights, corrections, layer, *(teacher.parameters if teacher else [])]
    optimizer = torch.optim.LBFGS(taught, max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        of_portraits, of_faces, of_tones = weights.relu()
        of_faces = of_faces.clamp(min=LEAST_WEIGHT)
        by_face = (known.said + apart / scale @ layer.T / of_faces).softmax(dim=1)
        pooled = of_portraits * known.by_portrait + corrections
        pooled = pooled + of_faces * (by_face + LEAST_SHARE).log()
        pull = PULL * (corrections.square().mean() + (weights - even).square().sum() / 10)
        whole = pull + LAYER_PULL * layer.square().sum()
        if teacher:
            pooled = pooled + of_tones * teacher.logs(known.tones, known.sure)
            whole = whole + teacher.mistakes()
        likely = pooled.softmax(dim=1)
        unlikely = -((likely * known.right).sum(dim=1) + LEAST_SHARE).log().mean()
        whole = whole + unlikely
        whole.backward()
        return cast("torch.Tensor", whole)

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    of_portraits, of_faces, of_tones = (round(weight, 2) for weight in weights.relu().tolist())
    of_faces = max(of_faces, LEAST_WEIGHT)  # what people teach its layer is divided by it
    rounded = {
        value: round(correction, 2)
        for value, correction in zip(values, corrections.tolist(), strict=True)
    }
    calibration = Calibration((of_portraits, of_faces, of_tones if teacher else 0.0), rounded)
    # The change is pulled back behind the weight, and made before it.
    change = layer.detach() / (scale * of_faces)
    return Fit(calibration, _moved(head, change, middle), teacher.toning() if teacher else None)


def likely_by(fit: Fit, name: str, sitter: Sitter) -> dict[Any, float]:
    """Say how likely each value of a trait is of somebody, as the bot will."""
    shares = _logits(name, sitter, fit.layer).softmax(dim=0).tolist()
    by_face = {name: dict(zip(fit.calibration.corrections, shares, strict=True))}
    by_portrait = {name: sitter.portrait[name]}
    by_tone = {name: likely_hair(sitter.tone, fit.toning)} if fit.toning and sitter.tone else {}
    return dict(calibrated((by_portrait, by_face, by_tone), {name: fit.calibration})[name])


def _moved(head: nn.Linear, change: torch.Tensor, middle: torch.Tensor) -> nn.Linear:
    """Give the layer with a change of its weights that leaves what it says of `middle`."""
    moved = nn.Linear(head.in_features, head.out_features)
    with torch.no_grad():
        moved.weight.copy_(head.weight + change)
        moved.bias.copy_(head.bias - change @ middle)
    return moved


def _is_right(name: str, sitter: Sitter, fit: Fit) -> bool:
    value, _ = likeliest(likely_by(fit, name, sitter))
    return value in sitter.right[name]


def _asked(name: str, sitters: Sequence[Sitter]) -> list[Sitter]:
    """Choose those of whom the trait is said, and read."""
    return [one for one in sitters if one.right[name] and name in one.portrait]


def _examples(name: str, sitters: Sequence[Sitter], head: nn.Linear) -> _Examples:
    values = list(CALIBRATIONS[name].corrections)
    by_portrait = _table([[one.portrait[name][value] for value in values] for one in sitters])
    said = torch.stack([_logits(name, one, head) for one in sitters])
    return _Examples(
        (by_portrait + LEAST_SHARE).log(),
        said,
        *measured([one.tone for one in sitters]),
        torch.stack([_read(name, one) for one in sitters]),
        _table([[bool({v, MEANT.get(v)} & one.right[name]) for v in values] for one in sitters]),
    )


def _logits(name: str, sitter: Sitter, head: nn.Linear) -> torch.Tensor:
    with torch.no_grad():
        logits: torch.Tensor = head(_read(name, sitter).float())
    return logits.double()


def _read(name: str, sitter: Sitter) -> torch.Tensor:
    return sitter.read[READ.index(name)].double()


def _head(reader: SeenReader, name: str) -> nn.Linear:
    return cast("nn.Linear", reader.classifier.heads[name])


def _table(rows: Sequence[Sequence[Any]]) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.float64)


def _numbers(calibration: Calibration) -> str:
    corrections = ", ".join(
        f"{type(value).__name__}.{value.name}: {number}" if value else f"None: {number}"
        for value, number in calibration.corrections.items()
    )
    return f"Calibration({calibration.weights}, {{{corrections}}})"
