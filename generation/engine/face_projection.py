"""The face adapter's projection, run once a face instead of at each step."""

import torch


class Projected(torch.nn.Module):
    """Stands for `unet.encoder_hid_proj`, which diffusers runs at each denoising step.

    It is given tokens that `project` has made, and hands them on. With Stable Diffusion 1.5 on a
    CPU the "plus" adapter's resampler otherwise makes an album 1.29 times as long.
    """

    def __init__(self, projection: torch.nn.Module) -> None:
        super().__init__()
        self.projection = projection
        self.positive_only = False
        """Whether guidance was cut: the negative rows, which come first, are then left out."""

    @property
    def image_projection_layers(self) -> torch.nn.Module:
        """What the pipeline reads from it when a face is embedded."""
        return self.projection.image_projection_layers  # type: ignore[return-value]

    def project(self, embeds: torch.Tensor) -> torch.Tensor:
        """Make the adapter's tokens, (n, 1, tokens, width), of a face's image embeddings."""
        (tokens,) = self.projection([embeds])
        return tokens  # type: ignore[no-any-return]

    def forward(self, tokens: list[torch.Tensor]) -> list[torch.Tensor]:
        if self.positive_only:
            return [rows.chunk(2)[1] for rows in tokens]
        return tokens
