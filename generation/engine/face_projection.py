"""The face adapter: its projection, run once for a face, and its scale. Imports torch."""

from typing import Any

import torch


class Projected(torch.nn.Module):
    """Replaces `unet.encoder_hid_proj`, which diffusers runs at each denoising step.

    It is given tokens that `project` has made, and passes them on. Otherwise the "plus" adapter's
    resampler would make an album of Stable Diffusion 1.5 take 1.29 times as long on a CPU.
    """

    def __init__(self, projection: torch.nn.Module) -> None:
        super().__init__()
        self.projection = projection

    @property
    def image_projection_layers(self) -> torch.nn.Module:
        """The layers that the pipeline asks for when it embeds a face."""
        return self.projection.image_projection_layers  # type: ignore[return-value]

    def project(self, embeds: torch.Tensor) -> torch.Tensor:
        """Make the adapter's tokens, (n, 1, tokens, width), of a face's image embeddings."""
        (tokens,) = self.projection([embeds])
        return tokens  # type: ignore[no-any-return]

    def forward(self, tokens: list[torch.Tensor]) -> list[torch.Tensor]:
        return tokens


class FaceScale:
    """How much of a picture the face decides: the scale of a UNet's face adapter.

    diffusers keeps it as a number, which compiled code and captured calls would keep for ever. Here
    it is a value in the device's memory. Attention is linear in its values, so they are scaled, of
    which there are few, and not what comes of them.
    """

    def __init__(self, pipe: Any) -> None:  # noqa: ANN401 - diffusers ships no types
        self._value = torch.ones(
            (), device=pipe.unet.device
        )  # in float32 whatever the networks are
        pipe.set_ip_adapter_scale(1.0)
        for attention in pipe.unet.attn_processors.values():
            if hasattr(attention, "to_v_ip"):
                scaled = [_Scaled(values, self._value) for values in attention.to_v_ip]
                attention.to_v_ip = torch.nn.ModuleList(scaled)

    def set(self, scale: float) -> None:
        self._value.fill_(scale)


class _Scaled(torch.nn.Module):
    def __init__(self, values: torch.nn.Module, scale: torch.Tensor) -> None:
        super().__init__()
        self.values, self.scale = values, scale

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        return self.values(tokens) * self.scale  # type: ignore[no-any-return]
