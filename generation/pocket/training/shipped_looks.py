"""The weights of the `looks.onnx` that is shipped, for a LooksReader."""

from collections.abc import Iterator

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from generation.faces.looks_file import read_looks
from generation.pocket.training.looks_reader import LooksReader

_OUTER = "_reader."
"""What `export_looks` wraps a reader in."""


def load_shipped(reader: LooksReader) -> bool:
    """Give a reader the shipped weights; say whether there are any, undamaged.

    What the file hasn't got, the encoder's last layer, isn't read by a LooksReader.
    """
    data = read_looks()
    if data is None:
        return False
    weights = reader.state_dict()
    for name, numbers in _named(onnx.load_from_string(data).graph):
        own = next(one for one in weights if one == name or one.endswith(f".{name}"))
        weights[own] = torch.from_numpy(numbers)
    reader.load_state_dict(weights)
    return True


def _named(graph: onnx.GraphProto) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Give the file's numbers by what a reader calls them, or the end of that.

    The file has matrices transposed, and names them by numbers: the nodes that multiply by them are
    named after the layers.
    """
    tensors = {
        tensor.name.removesuffix(".half"): numpy_helper.to_array(tensor).astype(np.float32)
        for tensor in graph.initializer
    }
    for node in graph.node:
        for matrix in node.input if node.op_type == "MatMul" else ():
            if matrix.startswith("onnx::") and matrix in tensors:
                layer = node.name.removesuffix("/MatMul").strip("/").replace("/", ".")
                yield f"{layer.removeprefix(_OUTER)}.weight", tensors.pop(matrix).T.copy()
    for name, numbers in tensors.items():
        if name.startswith(_OUTER):
            yield name.removeprefix(_OUTER), numbers.copy()
