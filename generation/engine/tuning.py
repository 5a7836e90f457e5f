"""How the engine uses the machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """`None` leaves a choice to the machine.

    `at_once` is the number of pictures in a batch. `channels_last` is the networks' memory format,
    `attention_slicing` saves memory and takes time; so does `low_memory`, which lets the text
    encoder go once it has embedded an album's words. `compiled` has torch compile the UNet for CUDA
    when the model is loaded. `tiny_vae` has the model's tiny autoencoder decode the pictures of
    few-step weights.
    `size` is the side of a square picture in pixels, a multiple of 8; None is the model's own.
    """

    at_once: int | None = None
    channels_last: bool | None = None
    attention_slicing: bool | None = None
    low_memory: bool | None = None
    compiled: bool = False
    tiny_vae: bool = True
    size: int | None = None
