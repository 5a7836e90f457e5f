"""Stable Diffusion's networks with a face IP-Adapter, read from a model's files.

Imports torch and diffusers: whoever imports this waits for them.
"""

import threading
from typing import TYPE_CHECKING, Any, cast

import torch
import transformers

transformers.logging.set_verbosity_error()  # diffusers has it warn about parts that nobody uses
transformers.logging.disable_progress_bar()

import diffusers  # noqa: E402
from diffusers import (  # noqa: E402
    AutoencoderKL,
    AutoencoderTiny,
    StableDiffusionImg2ImgPipeline,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from safetensors import SafetensorError  # noqa: E402
from transformers import (  # noqa: E402
    CLIPImageProcessor,
    CLIPTextModel,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    MarianMTModel,
    MarianTokenizer,
)

from generation.engine.face_projection import Projected  # noqa: E402
from generation.models.files import ModelFiles  # noqa: E402
from generation.models.sources import LoraUnfit, ModelDamaged  # noqa: E402

if TYPE_CHECKING:
    from PIL.Image import Image

diffusers.logging.set_verbosity_error()
diffusers.logging.disable_progress_bar()

_READING = threading.Lock()
"""One network is read at a time: meanwhile torch's default precision is another, in all threads."""

FEW_STEPS = "few_steps"
"""The LoRA's name in the pipeline."""

# What the libraries raise at weights that are not what their config.json promises.
_UNREADABLE = (OSError, ValueError, KeyError, RuntimeError, SafetensorError)


class _Begun(StableDiffusionImg2ImgPipeline):  # type: ignore[misc]
    """Begins with a picture, or with latents that have their noise already."""

    def prepare_latents(self, image: torch.Tensor, *rest: object, **more: object) -> torch.Tensor:
        if image.shape[1] == self.unet.config.in_channels:
            return image
        return cast("torch.Tensor", super().prepare_latents(image, *rest, **more))


def image_to_image(pipe: StableDiffusionPipeline, vae: torch.nn.Module) -> Any:  # noqa: ANN401 - diffusers ships no types
    """Make a pipeline of the same networks with this autoencoder: see `_Begun`."""
    parts = {**pipe.components, "vae": vae}
    other = _Begun(**parts, requires_safety_checker=False)
    other.image_processor.register_to_config(vae_latent_channels=pipe.unet.config.in_channels)
    other.set_progress_bar_config(disable=True)
    return other


class ManyFaces(StableDiffusionPipeline):  # type: ignore[misc]
    """Takes a face for each picture of a batch.

    diffusers gives every picture all the faces: each picture of a batch would see all the batch's
    faces at once, and look like none of them.
    """

    def prepare_ip_adapter_image_embeds(
        self,
        ip_adapter_image: "list[Image] | None",
        ip_adapter_image_embeds: list[torch.Tensor] | None,
        *rest: object,
    ) -> list[torch.Tensor]:
        if ip_adapter_image_embeds is not None:
            return ip_adapter_image_embeds
        embedded = super().prepare_ip_adapter_image_embeds(ip_adapter_image, None, *rest)
        return cast("list[torch.Tensor]", embedded)


class Networks:
    """Reads a model's networks, in one precision. Each method may raise ModelDamaged."""

    def __init__(self, files: ModelFiles, dtype: torch.dtype) -> None:
        self._files = files
        self._dtype = dtype

    def text_encoder(self) -> torch.nn.Module:
        return self._read("text_encoder", CLIPTextModel, self._files.base / "text_encoder")

    def image_encoder(self) -> torch.nn.Module:
        folder = self._files.image_encoder
        return self._read("image_encoder", CLIPVisionModelWithProjection, folder)

    def tiny_vae(self) -> torch.nn.Module | None:
        folder = self._files.tiny_vae
        return self._read("tiny_vae", AutoencoderTiny, folder) if folder else None

    def pipeline(self) -> ManyFaces:
        """Put the pipeline together, still without its text encoder and its image encoder.

        Raises LoraUnfit, too, for few-step weights of another architecture.
        """
        files = self._files
        unet = self._read("unet", UNet2DConditionModel, files.base / "unet")
        vae = self._read("vae", AutoencoderKL, files.vae)
        image_processor = self._image_processor()
        try:
            pipe: ManyFaces = ManyFaces.from_pretrained(
                files.base,
                unet=unet,
                vae=vae,
                text_encoder=None,
                image_encoder=None,
                feature_extractor=image_processor,
                safety_checker=None,
                requires_safety_checker=False,
                local_files_only=True,
            )
        except Exception as error:  # it reads the tokenizer, which raises nothing narrower
            raise ModelDamaged(model=files.name, file="tokenizer") from error
        self._add_face_adapter(pipe)
        if files.few_steps:
            self._add_few_steps(pipe)
        pipe.set_progress_bar_config(disable=True)
        return pipe

    def _image_processor(self) -> CLIPImageProcessor:
        """Read the model's own, or make one that fits the image encoder, as diffusers would.

        The model's own may be meant for the safety checker's encoder: then it is not used.
        """
        files = self._files
        try:
            side = CLIPVisionConfig.from_pretrained(files.image_encoder).image_size
        except _UNREADABLE as error:
            raise ModelDamaged(model=files.name, file="image_encoder") from error
        if files.image_processor:
            try:
                own = CLIPImageProcessor.from_pretrained(files.image_processor.parent)
                fits = own.do_center_crop and own.crop_size == {"height": side, "width": side}
            except (*_UNREADABLE, AttributeError, TypeError) as error:
                file = f"feature_extractor/{files.image_processor.name}"
                raise ModelDamaged(model=files.name, file=file) from error
            if fits:
                return cast("CLIPImageProcessor", own)
        return CLIPImageProcessor(size=side, crop_size=side)

    def _add_face_adapter(self, pipe: ManyFaces) -> None:
        adapter = self._files.adapter
        try:
            pipe.load_ip_adapter(
                adapter.parent,
                subfolder="",
                weight_name=adapter.name,
                image_encoder_folder=None,
                local_files_only=True,
            )
        except _UNREADABLE as error:
            raise ModelDamaged(model=self._files.name, file="ip_adapter") from error
        pipe.unet.encoder_hid_proj = Projected(pipe.unet.encoder_hid_proj)

    def _add_few_steps(self, pipe: ManyFaces) -> None:
        """Add the LoRA, switched off. diffusers silently skips weights that fit no layer."""
        lora = self._files.few_steps
        if lora is None:
            return
        try:
            weights, _ = pipe.lora_state_dict(
                lora.parent, weight_name=lora.name, local_files_only=True
            )
            pipe.load_lora_weights(
                lora.parent, weight_name=lora.name, adapter_name=FEW_STEPS, local_files_only=True
            )
        except _UNREADABLE as error:
            raise LoraUnfit(model=self._files.name, file=lora.name) from error
        wanted = sum(name.endswith(("lora_A.weight", "down.weight")) for name in weights)
        added = sum(name.endswith(f"lora_A.{FEW_STEPS}") for name, _ in pipe.unet.named_modules())
        if not added or added != wanted:
            raise LoraUnfit(model=self._files.name, file=lora.name)
        pipe.disable_lora()

    def translator(self) -> tuple[Any, torch.nn.Module] | None:
        """Read what puts Russian into English; None: the model has none."""
        folder = self._files.translator
        if folder is None:
            return None
        try:
            tokenizer = MarianTokenizer.from_pretrained(folder, local_files_only=True)
        except _UNREADABLE as error:
            raise ModelDamaged(model=self._files.name, file="translator") from error
        return tokenizer, self._read("translator", MarianMTModel, folder)

    def _read(self, name: str, kind: Any, folder: object) -> torch.nn.Module:  # noqa: ANN401 - diffusers ships no types
        """Read one network. Weights that its file lacks would be random, so they are an error."""
        try:
            network: torch.nn.Module
            with _READING:
                network, loading = kind.from_pretrained(
                    folder,
                    dtype=self._dtype,
                    variant=self._files.variants.get(name),
                    use_safetensors=True,
                    local_files_only=True,
                    output_loading_info=True,
                )
            if loading["missing_keys"]:
                raise KeyError(*loading["missing_keys"])
        except _UNREADABLE as error:
            raise ModelDamaged(model=self._files.name, file=name) from error
        return network.requires_grad_(requires_grad=False)
