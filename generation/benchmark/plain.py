"""Plain diffusers: the loop of its documentation, for comparison."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import torch
import transformers

transformers.logging.set_verbosity_error()  # it would warn about parts that nobody uses

from diffusers import (  # noqa: E402
    AutoencoderKL,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from transformers import CLIPTextModel, CLIPVisionModelWithProjection  # noqa: E402

from generation.engine.devices import Device  # noqa: E402
from generation.models.files import ModelFiles  # noqa: E402
from generation.modes import Mode  # noqa: E402
from generation.words.prompt import Prompt  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image


class PlainDiffusers:
    """Draws picture by picture with the model's own sampler, and encodes words and face each time.

    It has no few-step weights, which would only slow it down, and no tiny autoencoder. `pixels`
    are the width and height of a picture; None: the model's own.
    """

    def __init__(
        self, files: ModelFiles, device: Device, pixels: tuple[int, int] | None = None
    ) -> None:
        self._files = files
        self._pixels = dict(zip(("width", "height"), pixels or (), strict=False))
        self._dtype = getattr(torch, device.dtype)
        self._image_encoder = self._read(
            "image_encoder", CLIPVisionModelWithProjection, files.image_encoder
        )
        self.pipe = StableDiffusionPipeline.from_pretrained(
            files.base,
            unet=self._read("unet", UNet2DConditionModel, files.base / "unet"),
            vae=self._read("vae", AutoencoderKL, files.vae),
            text_encoder=self._read("text_encoder", CLIPTextModel, files.base / "text_encoder"),
            image_encoder=self._image_encoder,
            feature_extractor=None,
            safety_checker=None,
            requires_safety_checker=False,
            local_files_only=True,
        ).to(device.torch_name)
        self.pipe.set_progress_bar_config(disable=True)
        self.load_face_adapter()

    def load_face_adapter(self) -> None:
        self.pipe.register_modules(image_encoder=self._image_encoder)
        adapter = self._files.adapter
        self.pipe.load_ip_adapter(
            str(adapter.parent), subfolder="", weight_name=adapter.name, image_encoder_folder=None
        )

    def unload_face_adapter(self) -> None:
        self.pipe.unload_ip_adapter()

    def draw_album(
        self, prompt: Prompt, face: "Image | None", mode: Mode, seeds: Sequence[int]
    ) -> "list[Image]":
        """Draw a picture for each seed. If `face` is None, unload the adapter before."""
        with_face: dict[str, Any] = {}
        if face is not None:
            self.pipe.set_ip_adapter_scale(mode.ip_adapter_scale)
            with_face = {"ip_adapter_image": face}
        return [cast("Image", self._draw(prompt, mode, seed, with_face)) for seed in seeds]

    def count_unet_calls(self, steps: int) -> int:
        """Count the calls of the UNet: Stable Diffusion 1.5's own sampler makes one more."""
        config = self.pipe.scheduler.config
        scheduler = type(self.pipe.scheduler).from_config(config)
        scheduler.set_timesteps(steps)
        return len(scheduler.timesteps)

    def _read(self, name: str, kind: Any, folder: "Path") -> torch.nn.Module:  # noqa: ANN401 - diffusers ships no types
        network: torch.nn.Module = kind.from_pretrained(
            folder,
            dtype=self._dtype,
            variant=self._files.variants.get(name),
            use_safetensors=True,
            local_files_only=True,
        )
        return network

    def _draw(self, prompt: Prompt, mode: Mode, seed: int, with_face: dict[str, Any]) -> object:
        return self.pipe(
            prompt=prompt.positive,
            negative_prompt=prompt.negative,
            num_inference_steps=mode.steps,
            guidance_scale=mode.guidance_scale,
            **self._pixels,
            generator=torch.Generator("cpu").manual_seed(seed),
            **with_face,
        ).images[0]
