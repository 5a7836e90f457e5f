"""What the bot says: one Fluent file a language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Resource

FALLBACK = "en"
"""The language that has every text, and stands in where another lacks one."""

Say = Callable[..., str]
"""`say("no-face")`, `say("face-too-small", size=40)`: the sentence in one language."""


class Texts:
    """The sentences of every language that has a file in the folder."""

    def __init__(self, folder: Path = Path(__file__).parent) -> None:
        fallback = folder / f"{FALLBACK}.ftl"
        self._languages = {file.stem: _language(file, fallback) for file in folder.glob("*.ftl")}

    @property
    def languages(self) -> Iterable[str]:
        return self._languages

    def language(self, code: str | None) -> str:
        """Give the language for Telegram's `language_code`, an IETF tag such as `ru` or `en-GB`."""
        spoken = (code or FALLBACK).replace("_", "-").split("-")[0].lower()
        return spoken if spoken in self._languages else FALLBACK

    def say(self, language: str) -> Say:
        """Give the texts of a language; FALLBACK's stand in for those that it lacks."""
        own, fallback = self._languages[self.language(language)], self._languages[FALLBACK]

        def say(text_id: str, **fields: str | float | date) -> str:
            bundle = (own if text_id in own.text_ids else fallback).bundle
            pattern = bundle.get_message(text_id).value
            if pattern is None:
                raise KeyError(text_id)
            text, errors = bundle.format_pattern(pattern, fields)
            if errors:
                raise errors[0]
            return str(text)

        return say


@dataclass(frozen=True, slots=True)
class _Language:
    """`text_ids` are those of its own file; the bundle has FALLBACK's too, to which they refer."""

    text_ids: frozenset[str]
    bundle: FluentBundle


@cache
def _language(file: Path, fallback: Path) -> _Language:
    own = _read(file)
    # Isolation marks would put invisible characters around every name and number.
    bundle = FluentBundle([file.stem], use_isolating=False)
    bundle.add_resource(_read(fallback))
    bundle.add_resource(own, allow_overrides=True)
    return _Language(frozenset(entry.id.name for entry in own.body if hasattr(entry, "id")), bundle)


@cache
def _read(file: Path) -> Resource:
    """Read each file once: FALLBACK's is the fallback of others as well, and takes 0.1 s."""
    return FluentResource(file.read_text(encoding="utf-8"))
