"""A hub that misbehaves: each fault ends in a whole download, or in a sentence with its cause."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

import pytest

from generation import proxies
from generation.download_news import DownloadNews, DownloadWaits, TokenIgnored
from generation.errors import Refusal
from generation.models.download import fetch
from generation.models.hub import hub as patience
from generation.models.hub.cache import find_snapshot
from generation.models.hub.client import client
from generation.models.hub.hub import Hub as PatientHub
from generation.models.sources import Source
from handlers.texts import Texts
from tests.support.hub import LISTING, Fault, Hub
from tests.support.hub_faults import (
    asks_to_wait_until,
    breaks_after,
    ends_after,
    falls_silent_after,
    leads_to,
    says,
    sends_another_part,
    shows_a_page,
)

MODEL, BASE, FACES = "stand-in", "someone/portraits", "someone/faces"
LARGE, SMALL = "unet.safetensors", "config.json"
KB = 2**10
NOBODY = "http://127.0.0.1:9"
REPOSITORIES = {
    BASE: {LARGE: bytes(range(256)) * 2 * KB, SMALL: b'{"sample_size": 64}'},
    FACES: {"face.safetensors": bytes(KB)},
}
SOURCES = [Source(hub_id, files=tuple(files)) for hub_id, files in REPOSITORIES.items()]


@dataclass(slots=True)
class Outcome:
    """What became of a download."""

    refused: str = ""
    fields: dict[str, str | float] = field(default_factory=dict)
    whys: list[str] = field(default_factory=list)
    seconds: list[int] = field(default_factory=list)
    """Why it waited, and how long."""
    ignored: int = 0
    """How often it was told that the token is not accepted."""

    def hear(self, news: DownloadNews) -> None:
        if isinstance(news, DownloadWaits) and news.left == news.seconds:
            self.whys.append(news.why.text_id())
            self.seconds.append(news.seconds)
        self.ignored += isinstance(news, TokenIgnored)


@pytest.fixture
async def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hub]:
    """Give a hub that is the only one of this process, and an empty cache."""
    for scheme in (*proxies.SCHEMES, "no"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme}_proxy".upper(), raising=False)
    monkeypatch.setenv("HF_TOKEN", "")
    client().utils.close_session()  # it knows the proxies of another test
    constants = client().constants
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))
    monkeypatch.setattr(constants, "HF_HUB_DOWNLOAD_TIMEOUT", 0.5)
    monkeypatch.setattr(patience, "TICK_S", 0)
    async with Hub(dict(REPOSITORIES)) as hub:
        point_to(hub.url, monkeypatch)
        yield hub


def point_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make an address that of the hub, as HF_ENDPOINT does at a start."""
    constants = client().constants
    monkeypatch.setattr(constants, "ENDPOINT", url)
    template = url + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)


async def bring() -> Outcome:
    """Download the model; what is not refused is whole."""
    outcome = Outcome()
    try:
        await asyncio.to_thread(fetch, PatientHub(MODEL, outcome.hear), SOURCES)
    except Refusal as refusal:
        outcome.refused, outcome.fields = refusal.text_id(), refusal.fields
    else:
        for source in SOURCES:
            folder = find_snapshot(source)
            assert folder
            came = {name: (folder / name).read_bytes() for name in source.files}
            assert came == REPOSITORIES[str(source.root)]
    return outcome


@pytest.mark.parametrize("where", [LISTING, LARGE, SMALL])
@pytest.mark.parametrize(
    ("faults", "waits"),
    [
        ([says(429, Retry_After="7")], [7]),
        ([asks_to_wait_until(90)], [90]),
        ([says(429, RateLimit='"api";r=0;t=40')], [40]),
        ([says(503, Retry_After="20")], [20]),
    ],
)
async def test_the_hub_is_given_the_time_that_it_asks_for(
    hub: Hub, where: str, faults: list[Fault], waits: list[int]
) -> None:
    """In seconds, as a date by its own clock, or as a limit of rates; for whatever it is asked."""
    hub.faults[where] = iter(faults)
    outcome = await bring()
    assert (outcome.refused, outcome.seconds) == ("", waits)


@pytest.mark.parametrize("where", [LISTING, LARGE, SMALL])
@pytest.mark.parametrize("fault", [says(429), says(503), says(500), breaks_after(0)])
async def test_waits_grow_where_the_hub_asks_for_none(hub: Hub, where: str, fault: Fault) -> None:
    """Each is about twice as long as the one before."""
    hub.faults[where] = repeat(fault, 5)
    outcome = await bring()
    assert not outcome.refused
    assert [round(seconds / 2**k) for k, seconds in enumerate(outcome.seconds)] == [1] * 5


@pytest.mark.parametrize(
    "fault",
    [breaks_after(64 * KB), ends_after(64 * KB), falls_silent_after(64 * KB), leads_to(NOBODY)],
    ids=["breaks", "ends early", "falls silent", "leads nowhere"],
)
async def test_what_has_come_stays(hub: Hub, fault: Fault) -> None:
    """Three times in the middle of a file, and no byte of it comes twice."""
    hub.faults[LARGE] = repeat(fault, 3)
    outcome = await bring()
    assert not outcome.refused
    begins = [request.begin for request in hub.requests if request.file == LARGE]
    assert len(begins) == 4
    assert begins == sorted(begins)


@pytest.mark.parametrize("shift", [1, 4096])
async def test_another_part_than_was_asked_for(hub: Hub, shift: int) -> None:
    """It is not taken for the right one: the whole file is asked for."""
    hub.faults[LARGE] = iter([breaks_after(64 * KB), sends_another_part(shift)])
    assert not (await bring()).refused
    begins = [request.begin for request in hub.requests if request.file == LARGE]
    assert (begins[0], begins[1] > 0, begins[2:]) == (0, True, [0])


async def test_a_hub_that_sends_the_whole_again_and_breaks(hub: Hub) -> None:
    """Without ranges each try comes a bit further, or none does; what is on the disk stays."""
    hub.faults[LARGE] = iter([breaks_after(2 * 64 * KB), says(416), breaks_after(0)])
    assert not (await bring()).refused


async def test_an_address_that_has_run_out_is_asked_for_anew(hub: Hub) -> None:
    """Where the hub leads to knows an address for a while only, and then says 403."""
    async with Hub(REPOSITORIES) as elsewhere:
        elsewhere.faults[LARGE] = iter([says(403)])
        hub.faults[LARGE] = repeat(leads_to(f"{elsewhere.url}/{BASE}/resolve/main/{LARGE}"))
        outcome = await bring()
    assert (outcome.refused, outcome.whys) == ("", ["hub-broken"])


async def test_a_stale_token_is_no_hindrance_to_what_is_public(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told once, and left out."""
    hub.tokens = {"good"}
    monkeypatch.setenv("HF_TOKEN", "stale")
    outcome = await bring()
    assert (outcome.refused, outcome.whys, outcome.ignored) == ("", [], 1)


async def test_a_token_that_runs_out_in_the_middle(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file goes on without it."""
    hub.tokens = {"good"}
    monkeypatch.setenv("HF_TOKEN", "good")
    hub.faults[LARGE] = iter([says(401)])
    outcome = await bring()
    assert (outcome.refused, outcome.ignored) == ("", 1)


async def test_what_is_not_public_needs_another_token(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The token is named, not the model called unknown."""
    hub.tokens = {"good"}
    hub.private = {BASE}
    for token, refused in (("stale", "token-stale"), ("", "hub-lacks"), ("good", "")):
        monkeypatch.setenv("HF_TOKEN", token)
        assert (await bring()).refused == refused


LASTING: list[tuple[str, Iterable[Fault], str]] = [
    (LISTING, repeat(says(429)), "hub-busy"),
    (LARGE, repeat(says(429, Retry_After="3600")), "hub-busy"),
    (LISTING, repeat(says(503)), "hub-broken"),
    (SMALL, repeat(says(500)), "hub-broken"),
    (LARGE, repeat(breaks_after(0)), "hub-breaks-off"),
    (LARGE, repeat(ends_after(0)), "hub-breaks-off"),
    (LARGE, repeat(leads_to(NOBODY)), "hub-unreachable"),
    (LISTING, repeat(shows_a_page), "not-the-hub"),
    (LARGE, repeat(shows_a_page), "not-the-hub"),
    (SMALL, repeat(shows_a_page), "not-the-hub"),
    (LISTING, repeat(says(200)), "not-the-hub"),
    (LARGE, repeat(sends_another_part(1)), "not-the-hub"),
    (LARGE, repeat(says(451)), "hub-refuses"),
    (LISTING, repeat(says(403)), "hub-refuses"),
    (LISTING, repeat(says(404)), "hub-lacks"),
    (LARGE, repeat(says(404)), "hub-lacks"),
]


@pytest.mark.parametrize(("where", "faults", "refused"), LASTING)
async def test_what_lasts_is_named(
    hub: Hub, where: str, faults: Iterable[Fault], refused: str
) -> None:
    """In both languages, with where it happened; what has come stays for the next try."""
    hub.faults[where] = iter(faults)
    outcome = await bring()
    assert outcome.refused == refused
    for language in ("en", "ru"):
        sentence = Texts().say(language)(outcome.refused, **outcome.fields)
        assert "stand-in" in sentence
        assert "127.0.0.1" in sentence
    hub.faults.clear()
    assert not (await bring()).refused


async def test_patience_has_an_end(hub: Hub) -> None:
    """Ten minutes without anything new; who asks for an hour is not waited for at all."""
    hub.faults[LARGE] = repeat(says(503))
    assert 540 <= sum((await bring()).seconds) <= 600
    hub.faults[LARGE] = repeat(says(429, Retry_After="3600"))
    outcome = await bring()
    assert (outcome.seconds, outcome.fields["minutes"]) == ([], 60)


async def test_nobody_waits_long_for_a_hub_that_was_never_there(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quarter of a minute, which a network needs that has just come up."""
    point_to(NOBODY, monkeypatch)
    outcome = await bring()
    assert outcome.refused == "hub-unreachable"
    assert 5 <= sum(outcome.seconds) <= 15


async def test_a_proxy_that_is_not_there(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named with its variable, without its password."""
    monkeypatch.setenv("http_proxy", "http://me:secret@127.0.0.1:9")
    outcome = await bring()
    assert outcome.refused == "proxy-fails"
    assert outcome.fields["name"] == "http_proxy"
    assert outcome.fields["proxy"] == "http://…@127.0.0.1:9"


async def test_a_proxy_that_wants_to_know_who_asks(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own words are told."""
    hub.faults[LISTING] = repeat(says(407))
    monkeypatch.setenv("http_proxy", hub.url)
    point_to("http://hub.example", monkeypatch)
    outcome = await bring()
    assert outcome.refused == "proxy-fails"
    assert outcome.fields["reason"] == "407 Proxy Authentication Required"


async def test_a_mirror_that_lacks_a_file_it_lists(hub: Hub) -> None:
    """The file is named, and that a mirror may lack it."""
    hub.lost = {SMALL}
    outcome = await bring()
    assert (outcome.refused, outcome.fields["file"]) == ("hub-lacks", SMALL)


async def test_a_mirror_that_lacks_a_repository(hub: Hub) -> None:
    """The model is not called unknown: it is known here."""
    del hub.repositories[FACES]
    outcome = await bring()
    assert (outcome.refused, outcome.fields["file"]) == ("hub-lacks", FACES)
    assert not hub.requests


async def test_a_download_that_is_forbidden(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable that forbids it is named."""
    monkeypatch.setattr(client().constants, "HF_HUB_OFFLINE", True)
    assert (await bring()).refused == "hub-offline"


async def test_a_disk_without_links(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files lie in their places themselves, and come once."""
    monkeypatch.setattr(client().constants, "HF_HUB_DISABLE_SYMLINKS", True)
    assert not (await bring()).refused
    requests = len(hub.requests)
    assert not (await bring()).refused
    assert len(hub.requests) == requests
    folder = find_snapshot(SOURCES[0])
    assert folder
    assert not (folder / LARGE).is_symlink()
