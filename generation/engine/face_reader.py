"""A face, read by the image encoder and projected by the adapter: once, and then saved.

Imports torch.
"""

import io
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch
from PIL import Image
from safetensors import SafetensorError
from safetensors.torch import load, save

from generation.engine.devices import Device
from generation.engine.face_tokens import FaceTokens
from generation.engine.networks import Networks
from generation.engine.precision import Precision
from generation.models.files import ModelFiles

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)


class FaceReader:
    """Gives the adapter's tokens of a face.

    The image encoder (Stable Diffusion's has 1.3 GB) is in memory only while a new face is read.
    """

    def __init__(
        self,
        pipe: Any,  # noqa: ANN401 - diffusers ships no types
        networks: Networks,
        files: ModelFiles,
        precision: Precision,
        saved: FaceTokens,
    ) -> None:
        self._pipe, self._networks, self._saved = pipe, networks, saved
        self._precision = precision
        self._frame = files.frame
        self._made_by = _made_by(files, precision.device)

    def tokens(self, faces: Sequence[bytes]) -> torch.Tensor:
        """Give the negative row and the positive one, (2, 1, tokens, width), of image files.

        Several faces of one person are averaged, token by token, each as strong as a single face's.
        Without a face the tokens add nothing to what the words say.
        """
        if not faces:
            width = self._pipe.unet.config.cross_attention_dim
            device = self._precision.device.torch_name
            return torch.zeros(2, 1, 1, width, device=device, dtype=self._precision.dtype)
        rows = [self._of(face) for face in faces]
        if len(rows) == 1:
            return rows[0]
        (nobody, *_), people = zip(*rows, strict=True)
        own = torch.stack(people).float()
        mean = own.mean(dim=0)
        strength = own.norm(dim=-1, keepdim=True).mean(dim=0)
        person = mean * (strength / mean.norm(dim=-1, keepdim=True).clamp(min=1e-6))
        return torch.stack([nobody, person.to(nobody.dtype)])

    def _of(self, face: bytes) -> torch.Tensor:
        tokens = self._saved_tokens(face)
        if tokens is None:
            tokens = self._read(self._framed(face))
            self._saved.save(face, self._made_by, save({"face": tokens.cpu().contiguous()}))
        return tokens.to(self._precision.device.torch_name, self._precision.dtype)

    def _framed(self, face: bytes) -> Image.Image:
        if self._frame.eye_distance is None:
            return Image.open(io.BytesIO(face), formats=("PNG",)).convert("RGB")
        from generation.faces.frame import cut  # noqa: PLC0415 - imports OpenCV

        return cut(face, self._frame.eye_distance)

    def _saved_tokens(self, face: bytes) -> torch.Tensor | None:
        """Give the tokens that were saved, if they can be drawn with."""
        saved = self._saved.get(face, self._made_by)
        try:
            tokens = load(saved)["face"] if saved else None
        except (SafetensorError, KeyError):
            return None
        return tokens if tokens is not None and tokens.isfinite().all() else None

    def _read(self, image: Image.Image) -> torch.Tensor:
        """Encode a face and project it; in full precision, if half precision overflows."""
        self._pipe.image_encoder = self._networks.image_encoder().to(
            self._precision.device.torch_name, self._precision.dtype
        )
        try:
            tokens = self._projected(image)
            if tokens.isfinite().all():
                return tokens
            _log.warning(
                "%s lost a face: reading it in full precision", self._precision.device.dtype
            )
            projection = self._pipe.unet.encoder_hid_proj
            self._pipe.image_encoder.to(torch.float32)
            projection.to(torch.float32)
            try:
                return self._projected(image)
            finally:
                projection.to(self._precision.dtype)
        finally:
            self._pipe.image_encoder = None

    def _projected(self, image: Image.Image) -> torch.Tensor:
        guided = True
        (embeds,) = self._pipe.prepare_ip_adapter_image_embeds(
            [image], None, self._precision.device.torch_name, 1, guided
        )
        tokens: torch.Tensor = self._pipe.unet.encoder_hid_proj.project(embeds)
        return tokens


def _made_by(files: ModelFiles, device: Device) -> str:
    """Name the files, the frame and the precision on which a face's tokens depend."""

    def mark(file: "Path") -> str:
        about = file.stat()
        return f"{file.name} {about.st_size} {about.st_mtime_ns}"

    made_by = [max(files.image_encoder.glob("*.safetensors")), files.adapter]
    if files.image_processor:
        made_by.append(files.image_processor)
    return ", ".join([*map(mark, made_by), files.frame.name, device.dtype])
