"""The speed test measures the real thing; how fast it is, no test says."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from math import prod
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import AutoencoderTiny
from peft.tuners.lora import LoraLayer
from PIL import Image, ImageColor
from safetensors.torch import load_file
from torch.utils.flop_counter import FlopCounterMode

from generation.benchmark import flops, loading, machine, plot, profiling, report
from generation.benchmark.album import FACE
from generation.benchmark.architecture import Architecture
from generation.benchmark.contest import Contest
from generation.benchmark.flops import Work
from generation.benchmark.measurement import Measurement, Times
from generation.benchmark.plain import PlainDiffusers
from generation.benchmark.random_weights import write
from generation.benchmark.report import Setting
from generation.benchmark.stopwatch import Stopwatch
from generation.benchmark.tensors import list_face_adapter, list_few_steps
from generation.character import Character
from generation.engine.devices import Device
from generation.engine.generator import DiffusionGenerator
from generation.models.files import locate
from generation.models.resolve import resolve
from generation.modes import MODES, Mode
from generation.request import GenerationRequest
from generation.sizes import Size
from generation.words.prompt import Prompt
from tests.support.speed_test import run_speed_test

CPU = Device("cpu", "float32")
TINY = Architecture(width=0.05, size=64)
REAL = Architecture()
QUICK = Mode("QUICK", steps=2, guidance_scale=6.5, ip_adapter_scale=0.5)
ONE_STEP = Mode("ONE_STEP", steps=1, guidance_scale=1.0, ip_adapter_scale=0.5)
PROMPT = Prompt("an astronaut on the moon", "blurry")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with all the parts, a twentieth as wide as the real ones."""
    directory = tmp_path_factory.mktemp("tiny")
    write(TINY, directory)
    return directory


@pytest.fixture(scope="module")
def plain(directory: Path) -> PlainDiffusers:
    return PlainDiffusers(locate(resolve(str(directory))), CPU)


@pytest.fixture(scope="module")
def ours(directory: Path) -> DiffusionGenerator:
    return DiffusionGenerator(str(directory), CPU)


@pytest.fixture(scope="module")
def half(directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same model as `download` brings it: some networks are named as halves."""
    half = Path(shutil.copytree(directory, tmp_path_factory.mktemp("halves") / "half"))
    for name in ("unet", "vae", "text_encoder"):
        (file,) = (half / name).glob("*.safetensors")
        file.rename(file.with_suffix(".fp16.safetensors"))
    return half


@pytest.fixture(scope="module")
def work(directory: Path) -> Work:
    """What a square picture of that model takes."""
    return flops.count_from_configs(locate(resolve(str(directory))))


def face_file(face: Image.Image = FACE) -> bytes:
    file = BytesIO()
    face.save(file, "PNG")
    return file.getvalue()


def pixels(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture, float)


def measurement(
    mode: str, pictures: int, plain: Sequence[float], ours: Sequence[float]
) -> Measurement:
    steps = MODES[mode].steps
    return Measurement(mode, steps, pictures, Times(tuple(plain)), Times(tuple(ours)), 40, 20)


def test_the_architecture_is_stable_diffusions_own() -> None:
    """The published networks have as many parameters, and so have the adapter and the LoRA."""
    with torch.device("meta"):
        unet = REAL.build_unet()
        networks = (
            unet,
            REAL.build_autoencoder(),
            REAL.build_text_encoder({}),
            REAL.build_image_encoder(),
        )
    assert [sum(p.numel() for p in network.parameters()) for network in networks] == [
        859_520_964,
        83_653_863,
        123_060_480,
        632_076_800,
    ]
    adapter, lora = (
        2 * sum(map(prod, shapes.values()))
        for shapes in (list_face_adapter(unet, REAL.image_width), list_few_steps(unet))
    )
    assert adapter == pytest.approx(98_183_288, rel=0.001)  # bytes of the published files
    assert lora == pytest.approx(134_621_556, rel=0.001)


def test_the_work_of_a_picture_is_counted() -> None:
    """GFLOP of a row of the UNet, a decoded picture, a text, a photo and a tiny decoding."""
    with torch.device("meta"):
        text, tiny = REAL.build_text_encoder({}), AutoencoderTiny()
        vae, photos = REAL.build_autoencoder(), REAL.build_image_encoder()
        work = flops.count(REAL.build_unet(), vae, text, photos, tiny, latent_sides=(64, 64))
    counted = (work.unet, work.decode, work.text, work.image, work.tiny_decode)
    assert [number / 1e9 for number in counted if number] == pytest.approx(
        [803, 2514, 13, 335, 141], rel=0.03
    )


def test_an_albums_work_is_what_each_side_does() -> None:
    """We embed words once and a met face never, plain diffusers both for each picture."""
    work = Work(unet=1000, decode=100, text=10, image=1, tiny_decode=50)
    guided, turbo = QUICK, replace(QUICK, guidance_scale=1.0, few_steps=True)
    assert work.count_ours(guided, 6) == 6 * (4 * 1000 + 100) + 2 * 10
    assert work.count_ours(replace(guided, guidance_until=0.5), 6) == 6 * (3 * 1000 + 100) + 2 * 10
    assert work.count_ours(replace(guided, guidance_until=0.1), 6) == 6 * (3 * 1000 + 100) + 2 * 10
    assert work.count_ours(turbo, 6) == 6 * (2 * 1000 + 50) + 10
    assert replace(work, tiny_decode=None).count_ours(turbo, 6) == 6 * (2 * 1000 + 100) + 10
    assert work.count_plain(guided, 6, unet_calls=3) == 6 * (2 * (3 * 1000 + 10) + 2 + 100)
    assert work.count_plain(turbo, 6, unet_calls=3) == 6 * (3 * 1000 + 10 + 2 + 100)


def test_what_is_counted_is_what_a_met_face_costs(work: Work, ours: DiffusionGenerator) -> None:
    """The image encoder, most of so small a model's work, is not run for a second album."""
    stranger = Character("Nobody", (face_file(Image.linear_gradient("L")),))
    request = GenerationRequest(stranger, "a moon", QUICK, 1, count=1)
    costs = []
    for _ in range(2):
        with FlopCounterMode(display=False) as counter:
            list(ours.album(request, lambda _step: None))
        ours.forget()
        costs.append(counter.get_total_flops())
    new, met = costs
    assert met == pytest.approx(work.count_ours(QUICK, 1), rel=0.1)
    assert new > 2 * met


@pytest.mark.parametrize(
    "mode", [QUICK, replace(MODES["TURBO"], steps=2)], ids=lambda mode: mode.name
)
def test_random_weights_draw(ours: DiffusionGenerator, mode: Mode) -> None:
    """The directory is a model like any other; its pictures are neither black nor flat."""
    request = GenerationRequest(Character("Nobody", (face_file(),)), "a moon", mode, 1, count=2)
    album = list(ours.album(request, lambda _step: None))
    assert len(album) == 2
    assert min(pixels(picture.image).std() for picture in album) > 2


def test_the_same_architecture_is_the_same_model(directory: Path, tmp_path: Path) -> None:
    """Two runs measure the same weights."""
    write(TINY, tmp_path)
    name = "unet/diffusion_pytorch_model.safetensors"
    assert (tmp_path / name).read_bytes() == (directory / name).read_bytes()


def test_the_few_step_weights_are_read_by_diffusers(directory: Path) -> None:
    """Every layer that a published LoRA changes is changed."""
    plain = PlainDiffusers(locate(resolve(str(directory))), CPU)
    file = directory / "few_steps" / "lora.safetensors"
    plain.pipe.load_lora_weights(file.parent, weight_name=file.name)
    changed = [layer for layer in plain.pipe.unet.modules() if isinstance(layer, LoraLayer)]
    assert len(changed) == sum(name.endswith(".alpha") for name in load_file(file)) > 0


def test_plain_diffusers_takes_the_adapter_off_and_on(plain: PlainDiffusers) -> None:
    """One picture without it, and then the very one that was drawn before."""
    (with_face,) = plain.draw_album(PROMPT, FACE, QUICK, [1])
    plain.unload_face_adapter()
    (without,) = plain.draw_album(PROMPT, None, QUICK, [1])
    plain.load_face_adapter()
    (again,) = plain.draw_album(PROMPT, FACE, QUICK, [1])
    assert with_face.tobytes() == again.tobytes() != without.tobytes()


def test_plain_diffusers_keeps_its_own_sampler(plain: PlainDiffusers) -> None:
    """Which calls the UNet once more than asked."""
    assert plain.count_unet_calls(12) == 13


def test_half_precision_files_are_measured_like_any(half: Path, plain: PlainDiffusers) -> None:
    """As `download` brings them: the same picture by plain diffusers."""
    files = locate(resolve(str(half)))
    (picture,) = PlainDiffusers(files, CPU).draw_album(PROMPT, FACE, QUICK, [1])
    (same,) = plain.draw_album(PROMPT, FACE, QUICK, [1])
    assert picture.tobytes() == same.tobytes()


def test_both_sides_are_measured_in_each_round(
    ours: DiffusionGenerator, plain: PlainDiffusers
) -> None:
    """An album of one also without the adapter, for a larger one that says nothing new."""
    contest = Contest(ours, plain, Work(5, 4, 3, 2), Stopwatch(CPU))
    alone, two = (contest.measure(ONE_STEP, pictures, rounds=2) for pictures in (1, 2))
    for measured in (alone, two):
        assert (len(measured.plain.seconds), len(measured.ours.seconds)) == (2, 2)
        assert min(measured.plain.seconds + measured.ours.seconds) > 0
    assert alone.faceless
    assert len(alone.faceless.seconds) == 2
    assert two.faceless is None


def test_a_ratio_is_taken_within_each_round() -> None:
    """What slows one round down, on both sides, changes no ratio."""
    assert Times((2.0, 20.0, 4.0)).over(Times((1.0, 10.0, 1.0))) == 2.0


def test_an_album_of_six_stands_for_its_mode() -> None:
    """As the bot draws six; without it the largest album that was measured."""
    some = [measurement("FAST", pictures, [2], [1]) for pictures in (1, 6, 8)]
    other = [measurement("TURBO", pictures, [2], [1]) for pictures in (3, 1)]
    assert [(a.mode, a.pictures) for a in report.choose_one_per_mode(some + other)] == [
        ("FAST", 6),
        ("TURBO", 3),
    ]


def test_what_the_table_is_read_for_is_said() -> None:
    """The mode that gains least, and TURBO against the default mode of plain diffusers."""
    measured = [measurement("FAST", 6, [30], [20]), measurement("TURBO", 6, [10], [5])]
    assert list(report.conclude(measured)) == [
        "Least ratio of all modes: 1.50, in FAST",
        "TURBO against plain diffusers in FAST: 6.00",
    ]


def test_the_plots_bars_are_as_high_as_the_seconds(tmp_path: Path) -> None:
    """Plain diffusers beside ours, each in its colour."""
    albums = [measurement(mode, 6, [20, 20, 20], [10, 10, 10]) for mode in MODES]
    with Image.open(plot.save("some machine", albums, tmp_path)) as picture:
        assert picture.format == "PNG"
        colours = {colour: n for n, colour in picture.getcolors(maxcolors=1 << 24) or []}
    plain, ours = (colours[ImageColor.getrgb(colour)] for colour in (plot.PLAIN, plot.OURS))
    assert plain / ours == pytest.approx(2, rel=0.05)


def test_loading_is_measured_in_a_process_of_its_own(half: Path) -> None:
    """Weights count in the precision that is computed in, not in that of the files."""
    loaded = loading.measure(str(half), CPU, few_steps=True)
    files = sum(file.stat().st_size for file in half.rglob("*.safetensors"))
    assert loaded.weights == pytest.approx(2 * files, rel=0.05)  # half precision on the disk
    assert loaded.drawn >= loaded.peak > loaded.libraries > 10 * 2**20
    assert 0 < loaded.imports_s < loaded.seconds


def test_seconds_are_given_for_what_was_measured(tmp_path: Path) -> None:
    """It takes modes of this model that have as many steps now, and never random weights."""
    setting = Setting("sd15", False, "cpu", "float32", 512, "some machine", "2026-01-01", 1, 1e12)  # noqa: FBT003
    measured = [measurement(mode, 6, [30], [12]) for mode in ("TURBO", "FAST", "QUALITY")]
    report.save(setting, measured, tmp_path)
    fast = replace(MODES["FAST"], steps=30)
    modes = {"FAST": fast, "BALANCED": MODES["BALANCED"], "QUALITY": MODES["QUALITY"]}
    assert report.load(tmp_path, "sd15", MODES) == {"TURBO": 2, "FAST": 2, "QUALITY": 2}
    assert report.load(tmp_path, "sd15", modes) == {"QUALITY": 2}
    assert report.load(tmp_path, "pocket", MODES) == {}
    assert report.load(tmp_path, "sd15", MODES, device="mps") == {}
    assert report.load(tmp_path, "sd15", MODES, device="cpu")
    assert report.load(tmp_path, "sd15", MODES, size=256) == {}
    report.save(replace(setting, random_weights=True), measured, tmp_path)
    assert report.load(tmp_path, "sd15", MODES) == {}


def test_a_compiled_unets_seconds_are_those_of_one(tmp_path: Path) -> None:
    """On CUDA, where it is compiled if the settings say so; a CPU's never is."""
    setting = Setting("sd15", False, "cuda", "float16", 512, "a card", "2026-01-01", 1, 1e12)  # noqa: FBT003
    measured = [measurement("FAST", 6, [30], [12])]
    for compiled in (True, False):
        report.save(replace(setting, compiled=compiled), measured, tmp_path)
        assert report.load(tmp_path, "sd15", MODES, compiled=compiled) == {"FAST": 2}
        assert report.load(tmp_path, "sd15", MODES, compiled=not compiled) == {}
    assert "cuda, compiled: a card" in str(replace(setting, compiled=True))
    report.save(replace(setting, device="cpu"), measured, tmp_path)
    assert report.load(tmp_path, "sd15", MODES, compiled=True) == {"FAST": 2}


def test_a_portraits_seconds_are_told_as_a_squares(tmp_path: Path) -> None:
    """A picture of another shape is measured as it is, and counts by its area in /preset."""
    setting = Setting(
        model="sd15",
        random_weights=False,
        device="cpu",
        dtype="float32",
        size=512,
        machine="a Mac",
        date="today",
        rounds=1,
        peak=1e12,
        shape=Size.PORTRAIT,
    )
    report.save(setting, [measurement("FAST", 6, [20], [18])], tmp_path)
    assert report.load(tmp_path, "sd15", MODES) == {"FAST": 2}
    assert "512 x 768 px" in str(setting)


def test_flops_know_the_shape(directory: Path, work: Work) -> None:
    """A picture with half as many latents again takes about half as much again."""
    wide = flops.count_from_configs(locate(resolve(str(directory))), shape=Size.LANDSCAPE)
    assert wide.decode == pytest.approx(1.5 * work.decode, rel=0.1)
    assert wide.unet == pytest.approx(1.5 * work.unet, rel=0.1)
    assert (wide.text, wide.image) == (work.text, work.image)


@pytest.mark.parametrize("shape", Size)
def test_both_draw_the_shape(directory: Path, ours: DiffusionGenerator, shape: Size) -> None:
    """The benchmark compares pictures of the same size."""
    pixels = shape.pixels(TINY.size)
    plain = PlainDiffusers(locate(resolve(str(directory))), CPU, pixels)
    (picture,) = plain.draw_album(PROMPT, FACE, ONE_STEP, [1])
    assert picture.size == pixels
    person = Character("", (face_file(),))
    request = GenerationRequest(person, "a king", ONE_STEP, 1, 1, size=shape)
    (own,) = ours.album(request, lambda _step: None)
    assert own.image.width * pixels[1] == own.image.height * pixels[0]


def test_a_refusal_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong, and with what: Python prints it, and exits with 1."""
    with pytest.raises(SystemExit) as exit_:
        run_speed_test(monkeypatch, "--model", "sd16")
    assert exit_.value.code == "Model unknown: model sd16"


def test_the_bot_finds_this_machines_seconds_in_its_data(
    directory: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A run says all on the terminal, and leaves a file for /preset and a picture."""
    options = ["--modes", "TURBO", "--pictures", "1", "2", "--rounds", "1"]
    options += ["--device", "cpu", "--dtype", "float32", "--size", "128"]
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(machine, "SIDES", (256,))  # larger ones take longer than all the rest
    run_speed_test(monkeypatch, "--model", directory, *options)
    assert "TURBO" in capsys.readouterr().out
    assert (tmp_path / "data" / "benchmark.png").is_file()
    content = json.loads((tmp_path / "data" / "benchmark.json").read_text())
    about = (content["model"], content["device"], content["dtype"], content["size"])
    assert about == (directory.name, "cpu", "float32", 128)
    assert (content["wanted_device"], content["wanted_size"]) == ("cpu", 128)
    assert all(content[name] for name in ("machine", "date", "rounds", "peak_tflops"))
    (turbo,) = content["modes"].values()
    assert (turbo["pictures"], turbo["all_seconds"]) == (2, [turbo["seconds"]])
    assert turbo["steps"] == 4
    assert all(turbo[name] > 0 for name in ("plain_seconds", "ratio", "tflop", "share_of_peak"))
    assert [m["pictures"] for m in content["measurements"]] == [1, 2]
    assert content["measurements"][0]["plain_seconds_without_adapter"] > 0


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ("aten::mkldnn_convolution", "convolutions"),
        (
            "sm90_xmma_fprop_implicit_gemm_f16f16_f16f32_f32_nhwckrsc_nhwc_tilesize128",
            "convolutions",
        ),
        ("void pytorch_flash::flash_fwd_kernel<Flash_fwd_kernel_traits<64, 128>>", "attention"),
        ("cudnn_generated_fort_native_sdpa_sm90_flash_fprop_wgmma_f16_knob_7", "attention"),
        ("nvjet_hsh_128x256_64x4_1x2_h_bz_coopA_NTT", "matrix products"),
        ("void at::native::(anonymous namespace)::RowwiseMomentsCUDAKernel<c10::Half>", "norms"),
        (
            "void cudnn::ops::nchwToNhwcKernel<__half, __half, float, false, true>",
            "order in memory",
        ),
        ("triton_poi_fused_add_silu_12", "compiled code"),
        ("void at::native::vectorized_elementwise_kernel<8, silu>", profiling.OTHERS),
    ],
)
def test_operations_are_known_by_their_names(operation: str, kind: str) -> None:
    """Those of a CPU, and those that NVIDIA's libraries and torch have on a card."""
    assert profiling.kind_of(operation) == kind


def test_a_profile_says_where_the_time_goes() -> None:
    """Shares add up to the whole, and the longest operations are named."""
    given, weights = torch.ones(2, 8, 64, 64), torch.ones(8, 8, 3, 3)
    profiled = profiling.measure(lambda: torch.conv2d(given, weights).relu(), CPU)
    shares = profiled.shares()
    assert sum(shares.values()) == pytest.approx(1)
    assert 0 < shares["convolutions"] < 1
    assert "convolution" in str(profiled)
