"""A network's calls as CUDA graphs: the card is told once what to do, and then only to do it.

A call of a large UNet is a thousand small tasks. Python hands them out one by one, and a fast card
waits for them. Imports torch.
"""

import threading

import torch

from generation.engine.devices import Device
from generation.engine.fastest import Call

WARM_UPS = 3
"""Calls before a capture, as torch asks for: libraries set themselves up in the first ones."""

_ONE_AT_A_TIME = threading.Lock()
"""In a whole process only one graph may be captured at a time."""


class CudaGraphs:
    """Captures calls on a card; they share the memory in which they compute.

    `scale` is the side of a latent in pixels.
    """

    def __init__(self, device: Device, scale: int) -> None:
        self._device, self._scale = device, scale
        self._pool = torch.cuda.graph_pool_handle()
        self._stream = torch.cuda.Stream(device.torch_name)  # type: ignore[no-untyped-call]

    def capture(self, call: Call, given: tuple[torch.Tensor, ...]) -> Call | None:
        """Capture a call for inputs of these shapes; None: the card has too little memory.

        It reads its weights where they are now, and needs them to stay there.
        """
        backend, (rows, _, height, width) = self._device.backend, given[0].shape
        backend.release_memory()
        pixels = height * width * self._scale**2
        pictures = (rows + 1) // 2
        if not backend.has_room(
            pictures=pictures, decoded=1, pixels=pixels, dtype=self._device.dtype
        ):
            return None
        with _ONE_AT_A_TIME, torch.cuda.device(self._device.torch_name):
            return self._capture(call, tuple(one.clone() for one in given))

    def _capture(self, call: Call, inputs: tuple[torch.Tensor, ...]) -> Call:
        current = torch.cuda.current_stream()
        self._stream.wait_stream(current)
        with torch.cuda.stream(self._stream):
            for _ in range(WARM_UPS):
                call(*inputs)
        current.wait_stream(self._stream)
        graph = torch.cuda.CUDAGraph()
        # Another thread may be compiling: its calls are no part of the graph.
        with torch.cuda.graph(
            graph, pool=self._pool, stream=self._stream, capture_error_mode="thread_local"
        ):
            output = call(*inputs)

        def replay(*given: torch.Tensor) -> torch.Tensor:
            for own, one in zip(inputs, given, strict=True):
                own.copy_(one)
            graph.replay()
            return output.clone()  # the next graph computes in the same memory

        return replay
