"""The hub, asked with patience: what passes is waited for, and the waits grow."""

import random
import re
import time
from collections.abc import Callable, Generator
from urllib.parse import urlsplit

from generation.download_news import DownloadNews, DownloadWaits, TokenIgnored
from generation.errors import Refusal
from generation.models.hub.client import client
from generation.models.hub.diagnosis import diagnosed, is_page
from generation.models.hub.refusals import (
    AddressUnknown,
    HubBreaksOff,
    HubLacks,
    NotTheHub,
    ProxyFails,
    TokenStale,
)
from generation.models.hub.repository import MAIN, HubFile, Repository
from generation.models.sources import HubUnreachable, ModelGated, ModelUnknown

OnNews = Callable[[DownloadNews], None]
"""Hears how a download goes: its bytes, and every second of a wait. What it raises stops it."""

PATIENCE_S = 600
"""Seconds that are waited in all for something new to come. The hub counts what it gives out in
windows of five minutes; this is two of them."""

BEFORE_ANSWER_S = 15
"""The same before the hub has answered at all: a computer that has just woken up needs a moment,
and whoever has no network wants to know."""

LONGEST_WAIT_S = 60
"""Most seconds between two tries, unless the hub asks for more."""

TICK_S = 1.0
"""Seconds from one look at whether a wait is still wanted to the next."""

_NOT_REACHED = (HubUnreachable, AddressUnknown, ProxyFails)
_PARTIAL_CONTENT, _RANGE_NOT_SATISFIABLE = 206, 416


class Hub:
    """The hub, asked for the files of one model. Use it from one thread.

    Everything raises the refusals of `hub.refusals`, and ModelGated or ModelUnknown.
    """

    def __init__(self, model: str, on_news: OnNews | None = None) -> None:
        self.model = model
        self.before_answer_s = BEFORE_ANSWER_S
        """How long an answer is waited for while there was none."""
        self.tell: OnNews = on_news or (lambda _news: None)
        self._token: bool | None = None
        """As the client takes it. None: the owner's, if there is one; False: none."""
        self._answered = False
        self._tries = self._waited_s = 0
        """Since something new came."""

    def list_repository(self, hub_id: str, revision: str) -> Repository:
        """Ask what a repository holds at a revision, or on its main branch if that is gone.

        Commits go when the owners squash their history. The checksums that the catalogue knows are
        compared anyway.
        """
        while True:
            try:
                with diagnosed(self.model, hub_id):
                    repository = self._list(hub_id, revision)
            except Refusal as refusal:
                self.bear(refusal)
            else:
                self.rewarded()
                return repository

    def read(
        self, repository: Repository, file: HubFile, begin: int
    ) -> Generator[tuple[int, bytes]]:
        """Yield blocks of a file with their offsets, from `begin`, or from 0 if the hub does so.

        It is asked once; whoever reads bears with what is raised.
        """
        http = client()
        url = http.hf_hub_url(repository.hub_id, file.name, revision=repository.commit)
        headers = http.utils.build_hf_headers(token=self._token) | {"Accept-Encoding": "identity"}
        if begin:
            headers["Range"] = f"bytes={begin}-"
        timeout = http.constants.HF_HUB_DOWNLOAD_TIMEOUT
        with (
            diagnosed(self.model, file.name),
            http.get_session().stream("GET", url, headers=headers, timeout=timeout) as answer,
        ):
            offset = 0
            if answer.status_code != _RANGE_NOT_SATISFIABLE:
                http.utils.hf_raise_for_status(answer)
                if is_page(answer):
                    raise NotTheHub(model=self.model, host=str(answer.url.host))
                offset = _offset(answer.status_code, answer.headers.get("content-range", ""))
                if offset in (0, begin):
                    for block in answer.iter_bytes():
                        yield offset, block
                        offset += len(block)
                    if offset < file.size:
                        raise HubBreaksOff(model=self.model, host=str(answer.url.host))
                    return
        if not begin:
            raise NotTheHub(model=self.model, host=str(answer.url.host))
        yield from self.read(repository, file, 0)  # another part came than was asked for

    def rewarded(self) -> None:
        """Something new came: be as patient as at first."""
        self._answered = True
        self._tries = self._waited_s = 0

    def bear(self, refusal: Refusal) -> None:
        """Wait until the next try; raise the refusal if that is of no use any more."""
        if isinstance(refusal, TokenStale) and self._token is None:
            self._token = False  # what is public is given to everybody
            self.tell(TokenIgnored())
            return
        if self._token is False and isinstance(refusal, ModelGated | ModelUnknown | HubLacks):
            raise TokenStale(model=self.model) from refusal
        if not (isinstance(refusal, HubUnreachable) and refusal.passes):
            raise refusal
        self._answered |= type(refusal) not in _NOT_REACHED
        growing = round(2**self._tries * random.uniform(0.75, 1.25))  # noqa: S311 - no secret
        seconds = max(refusal.asked_s, min(growing, LONGEST_WAIT_S), 1)
        patience = PATIENCE_S if self._answered else self.before_answer_s
        if self._waited_s + seconds > patience:
            raise refusal
        self._tries += 1
        self._waited_s += seconds
        for left in range(seconds, 0, -1):
            self.tell(DownloadWaits(refusal, seconds, left))
            time.sleep(TICK_S)

    def _list(self, hub_id: str, revision: str) -> Repository:
        http = client()
        timeout, errors = http.constants.HF_HUB_DOWNLOAD_TIMEOUT, http.errors
        try:
            info = http.HfApi(token=self._token).model_info(
                hub_id, revision=revision, files_metadata=True, timeout=timeout
            )
            files = [
                HubFile(one.rfilename, one.size or 0, one.lfs.sha256 if one.lfs else one.blob_id)
                for one in info.siblings
            ]
            named = {file.name: file for file in files if _is_checksum(file.checksum)}
            if not (files and named and _is_checksum(info.sha)):
                raise ValueError("no checksums")  # noqa: TRY301 - as if it were no listing at all
        except errors.RevisionNotFoundError:
            if revision == MAIN:
                raise
            return self._list(hub_id, MAIN)
        except (errors.HFValidationError, errors.HTTPError):
            raise
        except (ValueError, KeyError, TypeError, AttributeError) as error:  # no listing of a hub
            host = urlsplit(http.constants.ENDPOINT).hostname or http.constants.ENDPOINT
            raise NotTheHub(model=self.model, host=host) from error
        return Repository(hub_id, revision, info.sha, named)


def _is_checksum(text: object) -> bool:
    """Only what is one may be a file's name in the cache."""
    return isinstance(text, str) and re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", text) is not None


def _offset(status: int, content_range: str) -> int:
    """Say where the content begins in the file; -1 if that is not said."""
    if status != _PARTIAL_CONTENT:
        return 0
    said = re.match(r"bytes (\d+)-", content_range)
    return int(said[1]) if said else -1
