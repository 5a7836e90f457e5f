"""Writes a network that reads looks as ONNX, in half precision, for OpenCV."""

import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from generation.faces.looks_file import write_looks

OPSET = 17
"""Version of ONNX's operators: the first with a layer norm of its own."""


class _InOne(nn.Module):
    """Gives all logits as one tensor: of traits, one after another."""

    def __init__(self, reader: nn.Module) -> None:
        super().__init__()
        self._reader = reader

    def forward(self, read: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor | list[torch.Tensor] = self._reader(read)
        return logits if isinstance(logits, torch.Tensor) else torch.cat(logits, dim=1)


def export_looks(reader: nn.Module, read: torch.Tensor, file: Path) -> None:
    """Write the file; what it reads has the shape of `read`, and becomes logits, (n, ...)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    network = _InOne(reader.cpu().half().float()).eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the newer exporter writes what OpenCV can't read
        torch.onnx.export(network, (read,), file, dynamo=False, opset_version=OPSET)
    model = onnx.load(file)
    _halve(model.graph)
    onnx.checker.check_model(model)
    write_looks(model.SerializeToString(), file)


def _halve(graph: onnx.GraphProto) -> None:
    """Keep matrices in half precision, and have them cast to single where they are read.

    OpenCV makes a column of a vector that is cast.
    """
    casts, kept = [], []
    for tensor in graph.initializer:
        numbers = numpy_helper.to_array(tensor)
        if numbers.dtype != np.float32 or numbers.ndim == 1:
            kept.append(tensor)
            continue
        half = numpy_helper.from_array(numbers.astype(np.float16), f"{tensor.name}.half")
        cast = onnx.helper.make_node("Cast", [half.name], [tensor.name], to=onnx.TensorProto.FLOAT)
        kept.append(half)
        casts.append(cast)
    nodes = [*casts, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
