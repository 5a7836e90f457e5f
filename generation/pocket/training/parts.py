"""The pocket model's parts while they are trained: new ones, or those of a trained model."""

from dataclasses import dataclass
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.models.attention_processor import IPAdapterAttnProcessor2_0
from torch import nn
from transformers import CLIPTextModel, CLIPTokenizer, CLIPVisionModelWithProjection

from generation.engine.networks import Networks
from generation.models import catalogue
from generation.models.files import locate
from generation.pocket.training import architecture
from generation.pocket.training.trainer import SEED
from generation.pocket.training.vocabulary import build_tokenizer


@dataclass(frozen=True, slots=True)
class Parts:
    """The tokenizer and the networks.

    The face adapter is in two of them: its cross-attentions are the UNet's, and `face_projection`
    is its resampler.
    """

    tokenizer: CLIPTokenizer
    autoencoder: AutoencoderKL
    text_encoder: CLIPTextModel
    image_encoder: CLIPVisionModelWithProjection
    face_projection: nn.Module
    unet: UNet2DConditionModel

    @property
    def networks(self) -> tuple[nn.Module, ...]:
        return (
            self.autoencoder,
            self.text_encoder,
            self.image_encoder,
            self.face_projection,
            self.unet,
        )

    def to(self, device: torch.device) -> None:
        """Move all networks."""
        for network in self.networks:
            network.to(device)


def fresh() -> Parts:
    torch.manual_seed(SEED)
    tokenizer = build_tokenizer()
    return Parts(
        tokenizer,
        architecture.autoencoder(),
        architecture.text_encoder(tokenizer),
        architecture.image_encoder(),
        architecture.face_projection(),
        _with_adapter(architecture.unet()),
    )


def trained(directory: Path) -> Parts:
    """Read a model directory, to fine-tune it. Raises ModelDamaged or PocketDamaged.

    It gets today's words; those that it knew keep their meaning. An image encoder of another shape
    than today's begins anew.
    """
    networks = Networks(locate(catalogue.pocket(directory)), torch.float32)
    pipe = networks.pipeline()
    (face_projection,) = pipe.unet.encoder_hid_proj.image_projection_layers
    pipe.unet.encoder_hid_proj = None  # training projects the faces itself, once a step
    pipe.unet.register_to_config(encoder_hid_dim_type=None)
    image_encoder, today = networks.image_encoder(), architecture.image_encoder()
    if _shape(image_encoder) != _shape(today):
        image_encoder = today
    tokenizer = build_tokenizer()
    text_encoder = networks.text_encoder()
    if tokenizer.get_vocab() != pipe.tokenizer.get_vocab():
        text_encoder = with_words(tokenizer, text_encoder, pipe.tokenizer)
    read = [pipe.vae, text_encoder, image_encoder, face_projection, pipe.unet]
    return Parts(tokenizer, *(network.train().requires_grad_() for network in read))


def _shape(network: nn.Module) -> list[torch.Size]:
    return [one.shape for one in network.parameters()]


@torch.no_grad()
def with_words(
    tokenizer: CLIPTokenizer, known: CLIPTextModel, known_words: CLIPTokenizer
) -> CLIPTextModel:
    """Copy a text encoder, for another vocabulary: a word of both keeps its embedding."""
    encoder = architecture.text_encoder(tokenizer)
    tensors = known.state_dict()
    (name,) = (name for name in tensors if name.endswith("token_embedding.weight"))
    before, embeddings = tensors[name], encoder.state_dict()[name].clone()
    old, new = known_words.get_vocab(), tokenizer.get_vocab()
    for word in old.keys() & new.keys():
        embeddings[new[word]] = before[old[word]]
    encoder.load_state_dict({**tensors, name: embeddings})
    return encoder


def _with_adapter(unet: UNet2DConditionModel) -> UNet2DConditionModel:
    """Add keys and values for the face's tokens to every cross-attention."""
    modules = dict(unet.named_modules())

    def processor(name: str) -> object:
        attention = modules[name.removesuffix(".processor")]
        if not name.endswith("attn2.processor"):
            return attention.processor
        return IPAdapterAttnProcessor2_0(
            attention.to_k.out_features, architecture.WIDTH, (architecture.FACE_TOKENS,)
        )

    unet.set_attn_processor({name: processor(name) for name in unet.attn_processors})
    return unet
