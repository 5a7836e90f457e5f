"""`python bot.py download [MODEL]`: fetches a model, to draw without a network later."""

import argparse
import sys
from typing import get_args

from tqdm import tqdm

from generation import proxies
from generation.download_news import DownloadNews, DownloadWaits, TokenIgnored
from generation.errors import Refusal
from generation.models.catalogue import CATALOGUE, FACEID, FewStepsName
from generation.models.download import fetch, find_damaged
from generation.models.files import locate
from generation.models.hub.cache import drop
from generation.models.hub.hub import Hub
from generation.models.model import Model, OptIn
from generation.models.resolve import resolve
from generation.models.sources import Source
from handlers.core.phrases import wait_text
from handlers.telegram.connection import trusted_certificates
from handlers.texts import Say


class LicenceNotAccepted(Refusal):
    """The owner has not agreed to the licence of the weights. Fields: model, page."""


class DownloadStopped(Refusal):
    """Ctrl-C stopped the download; the files that came stay. Fields: model."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", say: Say) -> None:
    """Add the command to the parser, with the models that have a name."""
    known = [
        say(
            "usage-model",
            model=model.name,
            gigabytes=f"{_size(model) / 1e9:.1f}",
            licence=(model.checkpoint or model.base).licence,
        )
        for model in CATALOGUE
    ]
    parser = commands.add_parser(
        "download",
        help=say("usage-download"),
        description=say("usage-download"),
        epilog="\n".join([*known, say("usage-faceid", model=FACEID.name)]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("model", nargs="?", metavar="MODEL", help=say("usage-which"))
    parser.add_argument(
        "--few-steps",
        choices=get_args(FewStepsName),
        help=say("usage-few-steps"),
    )
    parser.add_argument("--accept-licence", action="store_true", help=say("usage-accept"))


def run(model: str, few_steps: FewStepsName, say: Say, *, accepted: bool) -> None:
    """Fetch the model or the opt-in weights of that name. Raises Refusal."""
    proxies.check()
    trusted_certificates()
    try:
        if model == FACEID.name:
            _fetch_opt_in(FACEID, say, accepted=accepted)
        else:
            fetch_model(resolve(model, few_steps), say)
    except KeyboardInterrupt as stop:
        raise DownloadStopped(model=model) from stop


def fetch_model(model: Model, say: Say) -> None:
    """Fetch a model's missing and damaged files, and check all of them. Raises Refusal."""
    sources = list(model.sources.values())
    for line in dict.fromkeys(_licence(source, say) for source in sources if source.hub_id):
        print(line, flush=True)
    for file in find_damaged(sources):
        print(say("download-damaged", file=file.name), flush=True)
        drop(file)
    locate(model, lambda news: _show(news, say), whole=True)
    print(say("download-done", model=model.name), flush=True)


def _fetch_opt_in(weights: OptIn, say: Say, *, accepted: bool) -> None:
    if not accepted:
        page = f"https://huggingface.co/{weights.source.hub_id}"
        raise LicenceNotAccepted(model=weights.name, page=page)
    fetch(Hub(weights.name, lambda news: _show(news, say)), [weights.source])


def _show(news: DownloadNews, say: Say) -> None:
    """Print what is waited for; the bytes have a bar of their own, which is printed around."""
    match news:
        case DownloadWaits() if news.notable:
            tqdm.write(wait_text(say, news), sys.stderr)
        case TokenIgnored():
            tqdm.write(say("token-ignored"), sys.stderr)
        case _:
            pass


def _licence(source: Source, say: Say) -> str:
    page = f"https://huggingface.co/{source.hub_id}"
    if source.licence:
        return say("download-licence", page=page, licence=source.licence)
    return say("download-licence-unknown", page=page)


def _size(model: Model) -> int:
    return sum(source.size for source in model.sources.values())
