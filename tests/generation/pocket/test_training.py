"""The pocket model's training, a few steps of it."""

import atexit
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp

import cv2
import numpy as np
import pytest
import torch
from PIL import Image
from transformers import CLIPTokenizer

from generation.character import CHOICES as TRAITS
from generation.character import Character, Glasses
from generation.engine.devices import Device
from generation.engine.generator import DiffusionGenerator
from generation.faces.calibration import AGES
from generation.faces.looks import READ as BOT_READS
from generation.faces.looks import VIEWS
from generation.faces.looks_file import read_looks
from generation.faces.sface import CHANNELS, GRID
from generation.models import catalogue
from generation.models.catalogue import POCKET_WEIGHTS
from generation.models.files import locate
from generation.modes import Mode
from generation.pocket.mean import move
from generation.pocket.portraits.attributes import CHOICES
from generation.pocket.portraits.chance import another_day, sitter
from generation.pocket.sizes import FACE_SIDE, LATENT_SIDE
from generation.pocket.train import train
from generation.pocket.training import architecture
from generation.pocket.training import parts as parts_module
from generation.pocket.training import pool as pool_module
from generation.pocket.training import train_photographs as train_photographs_module
from generation.pocket.training import trainer as trainer_module
from generation.pocket.training.augmentation import varied
from generation.pocket.training.classifier import error
from generation.pocket.training.dataset import encoded
from generation.pocket.training.labels import AGE, READ, choices
from generation.pocket.training.looks_reader import LooksReader
from generation.pocket.training.machine import CPU, Machine
from generation.pocket.training.parts import Parts, trained, with_words
from generation.pocket.training.pool import FACES, KINDS, Pool
from generation.pocket.training.rows import UNSEEN
from generation.pocket.training.sampler import CAPTIONS, Rows, Sampler
from generation.pocket.training.schedule import FROM_SCRATCH, Schedule
from generation.pocket.training.train_autoencoder import train_autoencoder
from generation.pocket.training.train_image_encoder import seen_on, train_image_encoder
from generation.pocket.training.train_looks import train_looks
from generation.pocket.training.train_photographs import train_photographs
from generation.pocket.training.train_regions import shares, train_regions
from generation.pocket.training.train_seen import train_age, train_seen
from generation.pocket.training.train_text_encoder import train_text_encoder
from generation.pocket.training.train_unet import scaled_by_row, train_unet
from generation.request import GenerationRequest
from tests.support.heads import write_heads
from tests.support.photographs import astronaut, encode


class CutOffError(Exception):
    """Stands for a kill."""


FEW = Schedule(steps=3, rate=1e-3, batch_size=2)
LEAST = replace(FEW, steps=1)
POOL_SIZE = 8
"""Portraits that everything is taught with."""

LETTERS = 512
"""Tokens of any vocabulary before its words: each byte, in a word and at its end."""


@cache
def _untaught() -> Parts:
    return parts_module.fresh()


def fresh() -> Parts:
    """Copy what the training begins with, but for its tokenizer, which is never changed."""
    untaught = _untaught()
    return deepcopy(untaught, {id(untaught.tokenizer): untaught.tokenizer})


@pytest.fixture(autouse=True)
def few_steps_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test here is about how well the tokens are read while an encoder learns."""
    monkeypatch.setattr(train_photographs_module, "READER_STEPS", 3)


Training = Callable[[Parts, Pool, Schedule, Path, Machine], None]


def _unet(parts: Parts, pool: Pool, schedule: Schedule, directory: Path, machine: Machine) -> None:
    train_unet(parts, encoded(parts, pool, machine), schedule, directory, machine)


def _looks(parts: Parts, pool: Pool, schedule: Schedule, directory: Path, machine: Machine) -> None:
    train_looks(parts, pool, schedule, directory, machine)


PARTS: dict[str, Training] = {
    "autoencoder": train_autoencoder,
    "text-encoder": train_text_encoder,
    "image-encoder": train_image_encoder,
    "unet": _unet,
    "photographs": train_photographs,
    "looks": _looks,
}


def learn(
    name: str, parts: Parts, directory: Path, machine: Machine = CPU, schedule: Schedule = FEW
) -> None:
    """Teach a part with the pool that all tests share."""
    pool = Pool(parts.tokenizer, POOL_SIZE, _drawn(), machine)
    PARTS[name](parts, pool, schedule, directory, machine)


@cache
def _drawn() -> Path:
    """Draw the pool once: it is the same for all."""
    root = Path(mkdtemp())
    atexit.register(rmtree, root)
    write_heads(root / "makehuman")
    directory = root / "training"
    pool = Pool(_untaught().tokenizer, POOL_SIZE, directory, CPU)
    for kind in ("portraits", "faces", "photographs", "looks", "seen"):
        pool.draw(kind)
    return directory


@cache
def taught(name: str) -> Parts:
    """Teach a part in one go, by one process."""
    parts = fresh()
    with TemporaryDirectory() as directory:
        learn(name, parts, Path(directory))
    return parts


@pytest.mark.parametrize("name", PARTS)
def test_a_run_that_was_cut_off_ends_as_one_that_was_not(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint holds all that a run needs to go on; its loss is drawn as a curve."""
    whole, again = taught(name), fresh()
    with cut_off_after_a_step(monkeypatch):
        learn(name, fresh(), tmp_path)
    learn(name, again, tmp_path)

    assert _same(whole, again)
    assert not _same(whole, fresh())
    with Image.open(tmp_path / f"{name}-loss.png") as curve:
        assert curve.size == (640, 320)


@contextmanager
def cut_off_after_a_step(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """End a training as a kill would, when its first step is saved."""
    monkeypatch.setattr(trainer_module, "SAVED_EVERY", 1)
    descend = trainer_module.Trainer.descend
    done: list[torch.Tensor] = []

    def cut_off(run: trainer_module.Trainer, loss: torch.Tensor) -> None:
        if done:
            raise CutOffError
        done.append(loss)
        descend(run, loss)

    with monkeypatch.context() as once:
        once.setattr(trainer_module.Trainer, "descend", cut_off)
        with pytest.raises(CutOffError):
            yield


def test_a_reader_of_beards_that_was_cut_off_is_the_same_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = Pool(_untaught().tokenizer, POOL_SIZE, _drawn(), CPU)
    whole = train_seen(pool, FEW, tmp_path / "whole")
    with cut_off_after_a_step(monkeypatch):
        train_seen(pool, FEW, tmp_path)
    assert _same_network(whole, train_seen(pool, FEW, tmp_path))
    assert not _same_network(whole, train_seen(pool, LEAST, tmp_path))


def test_what_was_done_is_not_done_again(tmp_path: Path) -> None:
    """A run that has come to its end leaves its checkpoint as it is, and gives the same."""
    once, again = fresh(), fresh()
    learn("text-encoder", once, tmp_path)
    (checkpoint,) = tmp_path.glob("*.pt")
    written = checkpoint.stat().st_mtime_ns
    learn("text-encoder", again, tmp_path)
    assert _same(once, again)
    assert checkpoint.stat().st_mtime_ns == written


@pytest.mark.parametrize("kind", ["portraits", "faces", "photographs", "looks", "seen"])
def test_processes_draw_the_same_pool(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever draws a chunk, and whether the drawing was cut off before."""
    monkeypatch.setattr(pool_module, "CHUNK", 2)
    write_heads(tmp_path / "makehuman")
    tokenizer = _untaught().tokenizer
    alone, helped = (
        Pool(tokenizer, 6, tmp_path / name, machine)
        for name, machine in (("alone", CPU), ("helped", replace(CPU, workers=2)))
    )
    Pool(tokenizer, 2, tmp_path / "helped", CPU).draw(kind)
    one, other = getattr(alone, kind)(), getattr(helped, kind)()
    assert one.keys() == other.keys()
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert {len(rows) for rows in one.values()} == {6}


def test_another_schedule_begins_at_its_beginning(tmp_path: Path) -> None:
    """A checkpoint of shorter or larger lessons is none of its own."""
    learn("text-encoder", fresh(), tmp_path)
    alone, beside = fresh(), fresh()
    longer = replace(FEW, steps=4)
    learn("text-encoder", beside, tmp_path, schedule=longer)
    learn("text-encoder", alone, tmp_path / "alone", schedule=longer)
    assert _same(alone, beside)


def test_a_training_ends_with_a_model_that_the_bot_can_draw_with(tmp_path: Path) -> None:
    """However short it was: all files are there, listed with their sums, and are read."""
    weights = tmp_path / "weights"
    write_heads(tmp_path / "makehuman")
    train(
        fresh(),
        dict.fromkeys(FROM_SCRATCH["cpu"], LEAST),
        POOL_SIZE,
        tmp_path / "training",
        weights,
        CPU,
    )
    locate(catalogue.pocket(weights))
    mode = Mode("QUICK", steps=2, guidance_scale=2.0, ip_adapter_scale=0.5)
    ann = Character("Ann", (encode(astronaut().crop((160, 40, 288, 168))),))
    request = GenerationRequest(ann, "in space", mode, seed=1, count=1)
    generator = DiffusionGenerator(str(weights), Device("cpu", "float32"))
    (picture,) = generator.album(request, lambda step: None)
    assert picture.image.size == (512, 512)


def test_a_trained_model_is_taught_further(tmp_path: Path) -> None:
    """It begins with what it knows: after a step of no length it is the same model as before."""
    still = dict.fromkeys(FROM_SCRATCH["cpu"], replace(LEAST, rate=0.0))
    write_heads(tmp_path / "makehuman")
    train(
        trained(POCKET_WEIGHTS),
        still,
        POOL_SIZE,
        tmp_path / "training",
        tmp_path / "weights",
        CPU,
    )
    assert _same(trained(POCKET_WEIGHTS), trained(tmp_path / "weights"))
    assert not _same(trained(POCKET_WEIGHTS), fresh())
    configs = [file.read_text() for file in (tmp_path / "weights").glob("*/config.json")]
    assert len(configs) == 4
    assert not any(str(POCKET_WEIGHTS) in config for config in configs)


def test_what_has_no_schedule_stays_as_it_is(tmp_path: Path) -> None:
    """A model that knows the words is not taught them again."""
    schedules, weights = {"unet": LEAST}, tmp_path / "weights"
    train(trained(POCKET_WEIGHTS), schedules, POOL_SIZE, tmp_path / "training", weights, CPU)
    before, after = trained(POCKET_WEIGHTS), trained(weights)
    for network in ("autoencoder", "text_encoder", "image_encoder"):
        pairs = zip(
            getattr(before, network).parameters(), getattr(after, network).parameters(), strict=True
        )
        assert all(torch.equal(one, other) for one, other in pairs)
    assert not _same(before, after)


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_mean_lies_between_two_models(share: float) -> None:
    """Each weight, and the scaling factor of the latents."""
    before, other, mean = trained(POCKET_WEIGHTS), fresh(), trained(POCKET_WEIGHTS)
    other.autoencoder.register_to_config(scaling_factor=0.1)
    move(mean, other, share)
    for networks in zip(mean.networks, before.networks, other.networks, strict=True):
        for got, one, two in zip(*(network.parameters() for network in networks), strict=True):
            assert torch.allclose(got, one + share * (two - one), atol=1e-6)
    one_factor, factor = (parts.autoencoder.config.scaling_factor for parts in (before, mean))
    assert factor == pytest.approx(one_factor + share * (0.1 - one_factor))


def test_models_of_other_shapes_have_no_mean() -> None:
    """Nothing is written that is half of one and half of nothing."""
    other = replace(fresh(), face_projection=torch.nn.Linear(2, 2))
    with pytest.raises(ValueError, match="another shape"):
        move(fresh(), other, 0.5)


def test_who_learns_to_read_photographs_draws_as_before(tmp_path: Path) -> None:
    """The image encoder is taught alone: what its tokens mean to the UNet was learnt before."""
    before, after = trained(POCKET_WEIGHTS), trained(POCKET_WEIGHTS)
    learn("photographs", after, tmp_path)
    changed = {
        field.name
        for field in fields(Parts)
        if isinstance(getattr(before, field.name), torch.nn.Module)
        and not _same_network(getattr(before, field.name), getattr(after, field.name))
    }
    assert changed == {"image_encoder"}


def test_the_readers_name_what_the_bot_says() -> None:
    """They have the bot's traits in the bot's order, each with as many values."""
    said = {name: len(TRAITS[name]) + (name == "hair_length") for name in BOT_READS}
    assert choices() == said
    assert READ == BOT_READS
    assert all(list(CHOICES[name]) == list(TRAITS[name]) for name in READ if name in CHOICES)
    assert CHOICES[AGE] == AGES


def test_opencv_reads_as_the_networks_that_were_trained(tmp_path: Path) -> None:
    """What is exported gives the same numbers, and says nothing of the machine that made it."""
    pytest.importorskip("onnx")
    from generation.pocket.training.export_looks import export_looks  # noqa: PLC0415 - wants onnx

    pool = Pool(_untaught().tokenizer, POOL_SIZE, _drawn(), CPU)
    portraits = 255 * torch.rand(VIEWS, 3, FACE_SIDE, FACE_SIDE)
    maps = torch.rand(1, CHANNELS, GRID, GRID)
    readers: list[tuple[str, torch.nn.Module, torch.Tensor]] = [
        ("looks.onnx", train_looks(fresh(), pool, FEW, tmp_path, CPU), portraits),
        ("seen.onnx", train_seen(pool, FEW, tmp_path), maps),
        ("age.onnx", train_age(pool, FEW, tmp_path), maps),
        ("regions.onnx", train_regions(pool, FEW, tmp_path, CPU), portraits),
    ]
    for name, reader, read in readers:
        export_looks(reader, torch.zeros_like(read), tmp_path / name)
        with torch.no_grad():
            logits = reader(read)
        expected = logits if isinstance(logits, torch.Tensor) else torch.cat(logits, dim=1)
        data = read_looks(tmp_path / name)
        assert data
        assert str(tmp_path).encode() not in data
        network = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
        network.setInput(read.numpy())
        assert np.allclose(network.forward(), expected.numpy(), atol=1e-3)
    assert read_looks(tmp_path / "looks.onnx"), "the second file's checksum stands beside it"


def test_a_network_of_looks_goes_on_from_the_shipped_one() -> None:
    """Read from its file it says what OpenCV has it say."""
    pytest.importorskip("onnx")
    from generation.pocket.training.shipped_looks import load_shipped  # noqa: PLC0415 - wants onnx

    reader = LooksReader(trained(POCKET_WEIGHTS).image_encoder, choices()).eval()
    assert load_shipped(reader)
    portraits = 255 * torch.rand(VIEWS, 3, FACE_SIDE, FACE_SIDE)
    network = cv2.dnn.readNetFromONNX(np.frombuffer(read_looks() or b"", np.uint8))
    network.setInput(portraits.numpy())
    with torch.no_grad():
        said = torch.cat(reader(portraits), dim=1)
    assert np.allclose(network.forward(), said.numpy(), atol=1e-3)


def test_what_is_said_of_a_pixel_goes_where_it_goes() -> None:
    """Regions are turned, shifted and mirrored with the face that they mark."""
    spot = torch.zeros(16, 3, FACE_SIDE, FACE_SIDE)
    spot[:, :, 20:50, 30:40] = 255
    seen = varied(torch.cat([spot, spot], dim=1), torch.Generator().manual_seed(1))
    shown, said = seen[:, :3].mean(dim=1), seen[:, 3:].mean(dim=1)
    bright, marked = shown > 100, said > 127
    assert (bright == marked).float().mean() > 0.95
    assert marked.float().mean() == pytest.approx(30 * 10 / FACE_SIDE**2, rel=0.4)
    assert any(not torch.equal(marked[0], one) for one in marked[1:])


def test_a_pixel_is_of_one_region_or_shared() -> None:
    marked = torch.zeros(1, 3, 2, 4)
    marked[0, 1, :, :2] = 255  # two by two pixels of hair, and beside it half a column of skin
    marked[0, 0, 0, 2] = 255
    every = shares(marked)[0]
    assert every[:, 0, 0].tolist() == [0, 0, 1, 0]
    assert every[:, 0, 1].tolist() == [0.75, 0.25, 0, 0]


def test_an_encoder_may_see_a_part_of_a_face() -> None:
    """Patches that are left out are not read; all of them, in any order, give the same states."""
    encoder = fresh().image_encoder.eval()
    faces = torch.randn(2, 3, FACE_SIDE, FACE_SIDE)
    order = torch.randperm(encoder.vision_model.embeddings.num_patches)
    whole, mixed = seen_on(faces, encoder), seen_on(faces, encoder, order)
    assert torch.allclose(whole[:, 1 + order], mixed[:, 1:], atol=1e-5)
    half = order[: len(order) // 2]
    painted = faces.clone()
    side = encoder.config.patch_size
    row, column = (side * place for place in divmod(int(order[-1]), FACE_SIDE // side))
    painted[:, :, row : row + side, column : column + side] = 3.0
    assert torch.equal(seen_on(faces, encoder, half), seen_on(painted, encoder, half))


def test_the_higher_the_scale_the_more_a_face_is_to_be_believed() -> None:
    """Faces with other glasses than their portrait are shown less often."""
    changed, rows = _rows(changed=0.3)
    own = (rows.faces >= 0) & (rows.faces // FACES == rows.portraits)
    shares = []
    for low, high in ((0.3, 0.5), (0.6, 0.65), (0.75, 1.0)):
        shown = rows.faces[own & (rows.scales > low) & (rows.scales < high)]
        shares.append(float(changed[shown].float().mean()))
    assert shares[0] == pytest.approx(0.3, abs=0.05)
    assert shares[1] == pytest.approx(0.15 / 0.85, abs=0.05)
    assert shares[2] < 0.03  # somebody else's face may be one's own by chance


def test_what_has_no_face_is_drawn_alike_at_every_scale() -> None:
    """Only a face is doubted; else a high scale itself would come to mean glasses."""
    changed, rows = _rows(changed=0.3)
    whose = rows.portraits[(rows.faces < 0) & (rows.scales > 0.9)]
    all_changed = changed.unflatten(0, (-1, FACES)).all(dim=1)  # type: ignore[no-untyped-call]
    assert float(all_changed[whose].float().mean()) == pytest.approx(0.3, abs=0.06)


def test_guidance_leads_away_from_words_and_no_face() -> None:
    """Negative words stand beside no face where pictures are drawn: so they do where it learns."""
    _, rows = _rows(changed=0.0)
    first, many = CAPTIONS["ruled out"]
    kinds = rows.captions % len(KINDS)
    negative = (kinds >= first) & (kinds < first + many)
    assert 0.1 < float(negative.float().mean()) < 0.3
    assert bool((rows.faces[negative] < 0).all())
    assert float((rows.faces >= 0).float().mean()) > 0.5
    assert bool((rows.captions // len(KINDS) == rows.portraits).all())


def test_somebody_elses_face_stands_beside_words_that_tell_everything() -> None:
    """So words outweigh a face: red hair comes out red, whatever the photo shows."""
    _, rows = _rows(changed=0.0)
    others = (rows.faces >= 0) & (rows.faces // FACES != rows.portraits)
    assert 0.04 < float(others.float().mean()) < 0.2
    everything, _ = CAPTIONS["everything"]
    assert bool((rows.captions[others] % len(KINDS) == everything).all())


def test_captions_are_labelled_with_what_they_state(tmp_path: Path) -> None:
    """The one that tells everything names the place; an empty one states nothing."""
    portraits = Pool(_untaught().tokenizer, POOL_SIZE, _drawn(), CPU).portraits()
    told, place = portraits["told"], list(CHOICES).index("place")
    everything, _ = CAPTIONS["everything"]
    assert torch.equal(told[:, everything, place], portraits["shown"][:, place])
    unsaid = torch.tensor([len(values) for values in CHOICES.values()])
    end = _untaught().tokenizer.eos_token_id
    empty = portraits["tokens"][:, :, 1] == end
    assert all(torch.equal(row.long(), unsaid) for row in told[empty])


def test_what_a_drawing_does_not_show_is_no_lesson() -> None:
    """A loss over attributes leaves out those that are unseen, even if all of a batch are."""
    logits = [torch.zeros(2, 3), torch.zeros(2, 4)]
    seen = error(logits, torch.tensor([[0, UNSEEN], [1, UNSEEN]]))
    assert float(seen) == pytest.approx(math.log(3) / 2)


def test_the_adapter_sees_what_transformers_calls_the_last_but_one_states() -> None:
    """They are computed in a way that can be compiled, and are the same."""
    encoder = fresh().image_encoder
    faces = torch.randn(2, 3, FACE_SIDE, FACE_SIDE)
    hidden = encoder(faces, output_hidden_states=True).hidden_states
    assert torch.equal(seen_on(faces, encoder), hidden[-2])


def test_each_row_has_its_own_scale() -> None:
    """A batch with the scales 0 and 1 foresees what two batches of one scale each do."""
    unet, dice = fresh().unet, torch.Generator().manual_seed(1)
    latents = torch.randn(1, 16, LATENT_SIDE, LATENT_SIDE, generator=dice).repeat(2, 1, 1, 1)
    words = torch.randn(1, 77, architecture.WIDTH, generator=dice).repeat(2, 1, 1)
    face = torch.randn(1, 1, architecture.FACE_TOKENS, architecture.WIDTH, generator=dice)
    face = face.repeat(2, 1, 1, 1)

    def foreseen(*scales: float) -> torch.Tensor:
        rows = torch.tensor(scales)[:, None, None, None]
        with torch.no_grad(), scaled_by_row(unet, rows):
            result: torch.Tensor = unet(latents, 500, (words, [face])).sample
        return result

    mixed, none, whole = foreseen(0, 1), foreseen(0, 0), foreseen(1, 1)
    assert torch.allclose(mixed[0], none[0], atol=1e-5)
    assert torch.allclose(mixed[1], whole[1], atol=1e-5)
    assert not torch.allclose(none, whole, atol=1e-3)


def test_new_words_leave_the_old_ones_their_meaning() -> None:
    """A trained model that is fine-tuned with more words knows its own as before."""
    today = _untaught().tokenizer
    letters = [token for token, number in today.get_vocab().items() if number < LETTERS]
    vocabulary = [*sorted(letters), "<|startoftext|>", "<|endoftext|>"]
    known_words = CLIPTokenizer({token: k for k, token in enumerate(vocabulary)}, merges=[])
    known_words.model_max_length = today.model_max_length
    known = architecture.text_encoder(known_words)

    more = with_words(today, known, known_words)

    before, after = (one.get_input_embeddings().weight for one in (known, more))
    assert len(after) == len(today) > len(before)
    for token in vocabulary:
        number = known_words.get_vocab()[token]
        assert torch.equal(after[today.get_vocab()[token]], before[number])
    body = "encoder.layers.0.mlp.fc1.weight"
    assert torch.equal(more.state_dict()[body], known.state_dict()[body])


def test_a_face_in_glasses_is_no_proof_of_them() -> None:
    """Most are of wearers, but not nearly all: else no negative word could outweigh it.

    Of faces in sunglasses that is less sure: people take those off more often.
    """
    random = Random(3)  # noqa: S311 - nothing secret
    people = [sitter(random) for _ in range(4000)]
    other = [(person, another_day(person, random)) for person in people]
    glasses, sunglasses, bare = (
        [person.glasses is not Glasses.NONE for person, now in other if now.glasses is kind]
        for kind in (Glasses.GLASSES, Glasses.SUNGLASSES, Glasses.NONE)
    )
    assert 0.6 < sum(glasses) / len(glasses) < 0.8
    assert 0.3 < sum(sunglasses) / len(sunglasses) < 0.5
    assert 0 < sum(bare) / len(bare) < 0.15


def _rows(changed: float, portraits: int = 100) -> tuple[torch.Tensor, Rows]:
    """Choose many rows; all faces of a share of the portraits have other glasses."""
    owners = torch.arange(portraits) < portraits * changed
    of_faces = owners[:, None].repeat(1, FACES)
    rows = Sampler(of_faces).rows(20_000, torch.Generator().manual_seed(1))
    return of_faces.flatten(), rows


def _same(one: Parts, other: Parts) -> bool:
    return all(map(_same_network, _networks(one), _networks(other)))


def _same_network(one: torch.nn.Module, other: torch.nn.Module) -> bool:
    pairs = zip(one.parameters(), other.parameters(), strict=True)
    return all(torch.equal(mine, yours) for mine, yours in pairs)


def _networks(parts: Parts) -> list[torch.nn.Module]:
    return [
        part
        for part in (getattr(parts, field.name) for field in fields(parts))
        if isinstance(part, torch.nn.Module)
    ]
