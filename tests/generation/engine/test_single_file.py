"""A checkpoint in a single file draws as its directory does."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from accelerate import init_empty_weights
from diffusers import AutoencoderKL, UNet2DConditionModel
from safetensors.torch import save_file
from transformers import CLIPTextModel

from generation.benchmark.architecture import Architecture
from generation.engine.networks import Networks
from generation.engine.pipeline import FacePipeline
from generation.engine.single_file import SingleFile
from generation.engine.tuning import Tuning
from generation.models.catalogue import COMMON_VAE, SD15_SHAPE
from generation.models.checkpoint import Kind, kind_of
from generation.models.files import locate
from generation.models.header import Header
from generation.models.resolve import resolve
from generation.models.sources import ModelDamaged
from generation.words.lora import LoraUse
from tests.support.ldm_names import as_single_file
from tests.support.single_files import CHANNELS, model_of, single_file_of, small_directory
from tests.support.small_engine import CPU, SIDE, draw

Tensors = dict[str, torch.Tensor]
PARTS = {"unet": UNet2DConditionModel, "vae": AutoencoderKL, "text_encoder": CLIPTextModel}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_directory(tmp_path_factory.mktemp("sd15"))


@pytest.fixture(scope="module")
def tensors(directory: Path) -> Tensors:
    return single_file_of(directory)


@pytest.fixture
def networks(directory: Path) -> Callable[[Path], Networks]:
    return lambda file: Networks(locate(model_of(file, directory)), torch.float32)


def built(file: Path, shape: Path) -> dict[str, Tensors]:
    return {
        part: SingleFile(file, shape / part).build(kind, torch.float32).state_dict()
        for part, kind in PARTS.items()
    }


@pytest.fixture(scope="module")
def usual(directory: Path, tensors: Tensors) -> dict[str, Tensors]:
    """The networks, read from a file with the usual names."""
    file = directory.parent / "usual.safetensors"
    save_file(tensors, file)
    return built(file, directory)


def same(one: Tensors, other: Tensors) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_a_single_file_gives_the_same_picture_as_its_directory(
    directory: Path, tensors: Tensors, tmp_path: Path
) -> None:
    """Bit for bit, and without the hub: what the file leaves out comes with the bot."""
    file = tmp_path / "realistic vision V6.0.safetensors"
    save_file(tensors, file)
    size = Tuning(size=SIDE)
    single = draw(FacePipeline(locate(model_of(file, directory)), CPU, size))
    assert (single[0] == draw(FacePipeline(locate(resolve(str(directory))), CPU, size))[0]).all()


def _single_precision(tensors: Tensors) -> Tensors:
    return {name: one.float() if one.is_floating_point() else one for name, one in tensors.items()}


def _wrapped(tensors: Tensors) -> Tensors:
    return {f"state_dict.{name}": tensor for name, tensor in tensors.items()}


def _with_average(tensors: Tensors) -> Tensors:
    return tensors | {name: torch.zeros_like(t) for name, t in _average(tensors).items()}


def _average(tensors: Tensors) -> Tensors:
    """Name the UNet's tensors as its running average."""
    return {
        f"model_ema.{name.removeprefix('model.').replace('.', '')}": tensor
        for name, tensor in tensors.items()
        if name.startswith("model.")
    }


def _average_only(tensors: Tensors) -> Tensors:
    rest = {name: one for name, one in tensors.items() if not name.startswith("model.")}
    return rest | _average(tensors)


def _older_words(tensors: Tensors) -> Tensors:
    return {
        name.replace("transformer.text_model.", "transformer."): t for name, t in tensors.items()
    }


def _matrices(tensors: Tensors) -> Tensors:
    return {
        name: t.flatten(1) if ".attn_1." in name and t.ndim > 1 else t
        for name, t in tensors.items()
    }


def _without_vae(tensors: Tensors) -> Tensors:
    return {name: t for name, t in tensors.items() if not name.startswith("first_stage_model.")}


@pytest.mark.parametrize(
    "change",
    [_single_precision, _wrapped, _with_average, _average_only, _older_words, _matrices],
)
def test_every_custom_of_naming_is_read(
    directory: Path,
    tensors: Tensors,
    usual: dict[str, Tensors],
    tmp_path: Path,
    change: Callable[[Tensors], Tensors],
) -> None:
    """Whoever made the file, the weights are the same, and it is known for what it is."""
    file = tmp_path / "model.safetensors"
    save_file({name: one.contiguous() for name, one in change(tensors).items()}, file)
    assert kind_of(Header.of(file)) is Kind.SD15
    read = built(file, directory)
    assert all(same(read[part], usual[part]) for part in PARTS)


def test_what_is_merged_is_taken_out_by_the_files_own_numbers(
    tensors: Tensors, tmp_path: Path, networks: Callable[[Path], Networks]
) -> None:
    """Each weight is found in the file by its parameter's name."""
    file = tmp_path / "model.safetensors"
    save_file(tensors, file)
    read = networks(file)
    network, pristine = read.text_encoder(), read.pristine("text_encoder")
    own = network.state_dict()
    assert pristine.keys() - {"embeddings.position_ids"} == own.keys()
    assert all(torch.equal(pristine[name].float(), own[name]) for name in own)
    assert "mid_block.attentions.0.proj_in.weight" in read.pristine("unet")


def test_merging_takes_what_was_written_as_matrices(
    directory: Path, tensors: Tensors, tmp_path: Path
) -> None:
    """In single precision, as old training scripts write attention: 1 x 1 pixels left out."""
    file = tmp_path / "model.safetensors"
    save_file(
        {
            name: (t.flatten(1) if t.shape[2:] == (1, 1) else t).float()
            for name, t in tensors.items()
        },
        file,
    )
    lora = tmp_path / "film.safetensors"
    layer, noise = "lora_unet_mid_block_attentions_0_proj_in", torch.Generator().manual_seed(1)
    factor = torch.randn(2, CHANNELS, generator=noise)
    save_file(
        {f"{layer}.lora_down.weight": factor, f"{layer}.lora_up.weight": factor.T.contiguous()},
        lora,
    )
    models = (model_of(file, directory), resolve(str(directory)))
    single, usual = (
        FacePipeline(locate(model), CPU, Tuning(size=SIDE), loras={"film": lora})
        for model in models
    )
    before = draw(single)[0]
    with_film = draw(single, loras=[LoraUse("film")])[0]
    assert (with_film == draw(usual, loras=[LoraUse("film")])[0]).all()
    assert not (with_film == before).all()
    assert (draw(single)[0] == before).all()


def test_a_file_that_lacks_a_layer_is_damaged(
    tensors: Tensors, tmp_path: Path, networks: Callable[[Path], Networks]
) -> None:
    """Its weights would be random numbers."""
    file = tmp_path / "model.safetensors"
    lacks = "model.diffusion_model.middle_block.0.in_layers.2.weight"
    save_file({name: one for name, one in tensors.items() if name != lacks}, file)
    with pytest.raises(ModelDamaged) as refusal:
        networks(file).pipeline()
    assert refusal.value.fields == {"model": "model", "file": file.name}


def test_all_of_stable_diffusions_names_are_known(tmp_path: Path) -> None:
    """In its real size, of which no number is in memory: only names and shapes.

    The shape that comes with the bot is that of the architecture which the speed test measures.
    """
    real = Architecture()
    with init_empty_weights():
        networks: dict[str, torch.nn.Module] = {
            "unet": real.build_unet(),
            "vae": real.build_autoencoder(),
            "text_encoder": real.build_text_encoder({}),
        }
    unet, vae, words = (network.state_dict() for network in networks.values())
    single = as_single_file(unet, vae, words)
    header = Header({name: tuple(tensor.shape) for name, tensor in single.items()})
    assert (len(header.shapes), kind_of(header)) == (1132, Kind.SD15)
    file = tmp_path / "names.safetensors"
    save_file({name: torch.zeros(1) for name in single}, file)
    for part, network in networks.items():
        found = SingleFile(file, SD15_SHAPE / part)
        assert found.keys() - {"embeddings.position_ids"} == network.state_dict().keys()
        assert shapes(found.empty(PARTS[part])) == shapes(network)


def shapes(network: torch.nn.Module) -> dict[str, torch.Size]:
    return {name: tensor.shape for name, tensor in network.state_dict().items()}


def test_a_file_without_an_autoencoder_gets_the_common_one(
    directory: Path, tensors: Tensors, tmp_path: Path, networks: Callable[[Path], Networks]
) -> None:
    """As the cards of such files say; here it is the directory's."""
    save_file(tensors, tmp_path / "with.safetensors")
    assert resolve(str(tmp_path / "with.safetensors")).vae is None
    file = tmp_path / "without.safetensors"
    save_file(_without_vae(tensors), file)
    assert resolve(str(file)).vae == COMMON_VAE
    own = AutoencoderKL.from_pretrained(directory / "vae", dtype=torch.float32).state_dict()
    assert same(networks(file).pipeline().vae.state_dict(), own)
