"""Stable Diffusion's networks with a face IP-Adapter, read from a model's files.

Imports torch and diffusers: whoever imports this waits for them.
"""

import threading
from pathlib import Path
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
from transformers import (  # noqa: E402
    CLIPImageProcessor,
    CLIPTextModel,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    MarianMTModel,
    MarianTokenizer,
)

from generation.engine.damage import UNREADABLE, damage_named  # noqa: E402
from generation.engine.face_projection import Projected  # noqa: E402
from generation.engine.low_rank import TEXT_ENCODER, UNET  # noqa: E402
from generation.engine.single_file import SingleFile  # noqa: E402
from generation.engine.tensor_file import TensorFiles, shards  # noqa: E402
from generation.models.files import ModelFiles  # noqa: E402
from generation.models.sources import ModelDamaged  # noqa: E402

if TYPE_CHECKING:
    from PIL.Image import Image

diffusers.logging.set_verbosity_error()
diffusers.logging.disable_progress_bar()

_READING = threading.Lock()
"""One network is read at a time: meanwhile torch's default precision or device is another, in all
threads."""

_STEMS = {UNET: "diffusion_pytorch_model", TEXT_ENCODER: "model"}
"""What the files of weights are called of the networks into which LoRAs are merged."""


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
        self._pristine: dict[str, TensorFiles] = {}

    def text_encoder(self) -> torch.nn.Module:
        return self._network(TEXT_ENCODER, CLIPTextModel, self._files.base / "text_encoder")

    def pristine(self, name: str) -> TensorFiles:
        """Give the weights of `unet` or `text_encoder` as their file has them, by its parameters.

        Each is read when it is asked for, of the file that was there when `pipeline` was called.
        """
        if name not in self._pristine:
            self._pristine[name] = self._find_weights(name)
        return self._pristine[name]

    def _find_weights(self, name: str) -> TensorFiles:
        if self._files.checkpoint:
            return SingleFile(self._files.checkpoint, self._files.base / name)
        folder, variant = self._files.base / name, self._files.variants.get(name)
        whole = folder / ".".join(filter(None, (_STEMS[name], variant, "safetensors")))
        parts = filter(None, (_STEMS[name], "safetensors.index", variant, "json"))
        index = folder / ".".join(parts)
        # Where a folder has both, diffusers reads the shards and transformers the whole.
        in_shards = index.is_file() and (name == UNET or not whole.is_file())
        # transformers took the prefix from the parameters' names, published files still have it.
        return TensorFiles(shards(index) if in_shards else [whole], prefix="text_model.")

    def image_encoder(self) -> torch.nn.Module:
        folder = self._files.image_encoder
        return self._read("image_encoder", CLIPVisionModelWithProjection, folder)

    def tiny_vae(self) -> torch.nn.Module | None:
        folder = self._files.tiny_vae
        return self._read("tiny_vae", AutoencoderTiny, folder) if folder else None

    def pipeline(self) -> ManyFaces:
        """Put the pipeline together, still without its text encoder and its image encoder."""
        files = self._files
        for name in _STEMS:
            with damage_named(files.name, files.checkpoint.name if files.checkpoint else name):
                self.pristine(name)
        unet = self._network(UNET, UNet2DConditionModel, files.base / "unet")
        vae = self._network("vae", AutoencoderKL, files.vae)
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
        pipe.set_progress_bar_config(disable=True)
        return pipe

    def _image_processor(self) -> CLIPImageProcessor:
        """Read the model's own, or make one that fits the image encoder, as diffusers would.

        The model's own may be meant for the safety checker's encoder: then it is not used.
        """
        files = self._files
        try:
            side = CLIPVisionConfig.from_pretrained(files.image_encoder).image_size
        except UNREADABLE as error:
            raise ModelDamaged(model=files.name, file="image_encoder") from error
        if files.image_processor:
            try:
                own = CLIPImageProcessor.from_pretrained(files.image_processor.parent)
                fits = own.do_center_crop and own.crop_size == {"height": side, "width": side}
            except (*UNREADABLE, AttributeError, TypeError) as error:
                file = f"feature_extractor/{files.image_processor.name}"
                raise ModelDamaged(model=files.name, file=file) from error
            if fits:
                return cast("CLIPImageProcessor", own)
        return CLIPImageProcessor(size=side, crop_size=side)

    def _add_face_adapter(self, pipe: ManyFaces) -> None:
        adapter = self._files.adapter
        with damage_named(self._files.name, "ip_adapter"):
            pipe.load_ip_adapter(
                adapter.parent,
                subfolder="",
                weight_name=adapter.name,
                image_encoder_folder=None,
                local_files_only=True,
            )
        pipe.unet.encoder_hid_proj = Projected(pipe.unet.encoder_hid_proj)

    def translator(self) -> tuple[Any, torch.nn.Module] | None:
        """Read what puts Russian into English; None: the model has none."""
        folder = self._files.translator
        if folder is None:
            return None
        try:
            tokenizer = MarianTokenizer.from_pretrained(folder, local_files_only=True)
        except UNREADABLE as error:
            raise ModelDamaged(model=self._files.name, file="translator") from error
        return tokenizer, self._read("translator", MarianMTModel, folder)

    def _network(self, name: str, kind: Any, folder: Path) -> torch.nn.Module:  # noqa: ANN401 - diffusers ships no types
        """Read one of the networks whose weights may be in a single file."""
        file = self._files.checkpoint
        if file is None or not folder.is_relative_to(self._files.base):
            with damage_named(self._files.name, name):
                if name in _STEMS:
                    self.pristine(name).refuse_others()
            return self._read(name, kind, folder)
        with damage_named(self._files.name, file.name), _READING:
            known = self._pristine.get(name)
            single = known if isinstance(known, SingleFile) else SingleFile(file, folder)
            network = single.build(kind, self._dtype)
        return network.requires_grad_(requires_grad=False)

    def _read(self, name: str, kind: Any, folder: object) -> torch.nn.Module:  # noqa: ANN401 - diffusers ships no types
        """Read one network. Weights that its file lacks would be random, so they are an error."""
        network: torch.nn.Module
        with damage_named(self._files.name, name), _READING:
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
        return network.requires_grad_(requires_grad=False)
