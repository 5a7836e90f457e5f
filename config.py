"""Every setting. `commands/settings.py` reads them from the environment and `.env`."""

import re
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import quote, urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_settings import NoDecode, SettingsConfigDict

from config_serving import ServingSettings
from config_values import bare, expanded_in_url, path
from db import NOT_PEOPLE
from db.sealing import DataKeyUnfitError, Seal
from generation.engine.backends import BACKENDS
from generation.engine.tuning import Tuning
from generation.models.catalogue import LIVE, FewStepsName
from generation.modes import MODES, Mode
from generation.work.budget import Budget
from generation.work.neighbour import Action, Manners, QuietHours

# The numbers of FAST, as the owner's manual looks for them here. The mode itself is defined in
# generation/modes.py, and a test holds both equal.
NUM_INFERENCE_STEPS = 12
GUIDANCE_SCALE = 6.5
IP_ADAPTER_SCALE = 0.50

ADDED = re.compile(r"(/file)?/bot((\d+:[\w-]+|<token>|\{token\})(/.*)?)?/*$", re.IGNORECASE)
"""The end of the Bot API's addresses, as its manuals show them."""

SWITCH: dict[str, bool | None] = {"auto": None, "true": True, "false": False}
_SPELT = {"1": "true", "yes": "true", "on": "true", "0": "false", "no": "false", "off": "false"}


def _switch(value: str) -> str:
    """Take a switch in any of the spellings in use."""
    return _SPELT.get(value.lower(), value.lower())


def _as_spelt(known: Iterable[str]) -> BeforeValidator:
    """Take one of the known values in any case."""
    spelt = {name.casefold(): name for name in known}
    return BeforeValidator(lambda value: spelt.get(str(value).strip().casefold(), value))


Switch = Annotated[Literal["auto", "true", "false"], BeforeValidator(_switch)]
Manner = Annotated[Action, _as_spelt(Action)]


def _one_of(known: Iterable[str]) -> AfterValidator:
    """Refuse what is not known, with the same list of possible values that a Literal gives."""
    *others, last = (f"'{name}'" for name in known)
    expected = f"{', '.join(others)} or {last}"

    def check(value: str) -> str:
        if value not in known:
            raise PydanticCustomError("one_of", "one of {expected}", {"expected": expected})
        return value

    return AfterValidator(check)


def _hours(text: str | None) -> QuietHours | None:
    try:
        return None if text is None else QuietHours.read(text)
    except ValueError as error:
        raise PydanticCustomError("setting-hint-hours", "no hours") from error


def _days(value: object) -> object:
    """Read `forever` as no end."""
    return None if str(value).strip().casefold() == "forever" else value


def _is_server(url: str) -> bool:
    try:
        address = urlsplit(url)
        known = address.scheme in {"http", "https"} and address.hostname and address.port != 0
    except ValueError:  # no port
        return False
    return bool(known) and not re.search(r"[\s?#${}]|%s", url)


class Settings(ServingSettings):
    """What the owner may set. An empty variable counts as absent."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore")

    telegram_bot_token: SecretStr | None = None
    """BotFather's token; without it the bot opens in the local chat."""

    telegram_api_url: str = "https://api.telegram.org"
    """A Bot API server; the bot adds `/bot<token>` and `/file/bot<token>`."""

    owner_id: int | None = Field(default=None, gt=0, lt=2**52)
    """The owner's Telegram id; without it a one-time link is printed at the start."""

    data_dir: Annotated[Path, BeforeValidator(path)] = Path("data")
    database_url: Annotated[str, AfterValidator(expanded_in_url)] | None = None
    """An SQLAlchemy URL; SQLite in DATA_DIR when absent."""
    data_key: SecretStr | None = None
    """What faces and pictures are sealed with; older keys behind it, with commas between."""
    keep_days: Annotated[int | None, Field(ge=1, le=36500), BeforeValidator(_days)] = 30
    """Days after which the words and pictures of an album go; none: they stay."""

    model: Annotated[str, AfterValidator(path)] | None = None
    """`pocket`, a name of the catalogue, a file or a folder of files, or a directory or hub id."""

    loras: Annotated[Path, BeforeValidator(path)] | None = None
    """A folder of LoRAs in safetensors."""

    device: Annotated[str, _as_spelt(("auto", *BACKENDS)), _one_of(("auto", *BACKENDS))] = "auto"
    enable_channels_last: Switch = "auto"
    enable_attention_slicing: Switch = "auto"
    """`auto`: on machines with 8 GB or less."""
    low_memory: Switch = "auto"
    """Let the text encoder go between albums; `auto` as above."""
    compile: Switch = "auto"
    """Have torch compile the networks in the background, on CUDA only; `auto`: where there is
    memory for it."""
    image_size: int | None = Field(default=None, ge=64, le=1024, multiple_of=8)
    """Pixels, the height and the width; the model's own when absent."""
    guidance_until: float = Field(default=1.0, gt=0, le=1)
    """The share of the steps that are guided; those without guidance cost half."""

    preset: Annotated[str, _as_spelt(MODES), _one_of(MODES)] = "FAST"
    """The mode of a person who has chosen none."""
    turbo: Annotated[FewStepsName, _as_spelt(get_args(FewStepsName))] = "hyper-4"
    """The few-step weights of TURBO."""
    turbo_vae: Annotated[Literal["tiny", "full"], _as_spelt(("tiny", "full"))] = "tiny"
    """What decodes TURBO's pictures."""

    extra_work: float = Field(default=0.5, ge=0, le=1)
    """How much more an album may cost than its pictures, so that those which are not like their
    person are drawn again: a share of its own work."""
    mend_faces: bool = True
    """Draw small faces once more, larger, within EXTRA_WORK."""
    style_pictures: bool = True
    """Draw a picture of each style for /style, once, while nobody waits for an album."""

    on_battery: Manner = Action.DRAW
    """What is done with albums while the machine runs on battery."""
    under_memory_pressure: Manner = Action.DRAW
    quiet_hours: Annotated[QuietHours | None, NoDecode, BeforeValidator(_hours)] = None
    """Hours of the day, by the machine's clock, such as `23-8`."""
    in_quiet_hours: Manner = Action.WAIT

    workers: int = Field(default=1, ge=0, le=16)
    """How many albums are drawn here at once, each by a pipeline of its own; 0: others draw."""
    machine: str | None = Field(default=None, max_length=64, pattern=r"^\w[\w .-]*$")
    """The name of a computer that only draws; the host's when absent."""

    waiting_per_person: int = Field(default=3, ge=1, le=1000)
    waiting_in_all: int = Field(default=100, ge=1, le=100_000)
    albums_a_day: int | None = Field(default=None, ge=1)
    """A person's in 24 hours; none: as many as they like. The owner always may."""
    plain_words: bool = True
    """In a private chat draw what is said without a command, too."""
    check_pictures: bool = True
    """Look at each picture before it is sent; what may be indecent is blurred, or left out."""
    adult_words_in_groups: bool = False
    """Draw sexual words in groups, too. With minors they are never drawn, anywhere."""
    visible_mark: bool = False
    """Write on what is sent that a machine has drawn it."""
    album_size: int = Field(default=6, ge=1, le=10)

    num_inference_steps: int = Field(default=NUM_INFERENCE_STEPS, ge=1, le=100)
    guidance_scale: float = Field(default=GUIDANCE_SCALE, ge=0, le=30)
    ip_adapter_scale: float = Field(default=IP_ADAPTER_SCALE, ge=0, le=1)

    @model_validator(mode="before")
    @classmethod
    def _are_bare(cls, values: dict[str, object]) -> dict[str, object]:
        """Read each value without what is around it; where nothing else is, there is no value."""
        without = {name: bare(value) for name, value in values.items()}
        return {name: value for name, value in without.items() if value != ""}

    @field_validator("telegram_bot_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        """BotFather's tokens are `<digits>:<letters>`; a slip of the clipboard is told at once."""
        if token is None:
            return None
        if not re.fullmatch(r"\d+:[\w-]+", token.get_secret_value(), re.ASCII):
            raise ValueError("not a token")
        return token

    @field_validator("data_key")
    @classmethod
    def _is_a_key(cls, key: SecretStr | None) -> SecretStr | None:
        try:
            Seal.read(key.get_secret_value() if key else "")
        except DataKeyUnfitError:
            raise PydanticCustomError("setting-hint-data-key", "no key") from None
        return key

    @field_validator("owner_id")
    @classmethod
    def _is_one_person(cls, owner_id: int | None) -> int | None:
        """Everybody who writes as a group or a channel would own the bot."""
        if owner_id in NOT_PEOPLE:
            raise PydanticCustomError("setting-hint-owner", "not a person")
        return owner_id

    @field_validator("workers")
    @classmethod
    def _has_a_device_each(cls, workers: int, info: ValidationInfo) -> int:
        """Two pipelines on one Metal device would only wait for each other, in twice the memory."""
        if workers > 1 and sys.platform == "darwin" and info.data.get("device") != "cpu":
            raise PydanticCustomError("setting-hint-one-mac", "one Mac")
        return workers

    @field_validator("telegram_api_url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        """Take the server's address, also with the `/bot<token>` that the bot adds itself."""
        url = ADDED.sub("", url.strip()).rstrip("/")
        if not _is_server(url):
            raise PydanticCustomError("setting-hint-address", "no address")
        return url

    @property
    def local_chat(self) -> bool:
        return self.telegram_bot_token is None

    @property
    def model_name(self) -> str:
        return self.model or ("pocket" if self.local_chat else LIVE)

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{quote(str(self.data_dir / 'bot.db'))}"

    @property
    def seal(self) -> Seal:
        return Seal.read(self.data_key.get_secret_value() if self.data_key else "")

    @property
    def tuning(self) -> Tuning:
        return Tuning(
            album=self.album_size,
            channels_last=SWITCH[self.enable_channels_last],
            attention_slicing=SWITCH[self.enable_attention_slicing],
            low_memory=SWITCH[self.low_memory],
            compiled=SWITCH[self.compile],
            compiled_in=self.data_dir / "compiled",
            tiny_vae=self.turbo_vae == "tiny",
            size=self.image_size,
        )

    @property
    def budget(self) -> Budget:
        return Budget(self.extra_work, self.mend_faces)

    @property
    def manners(self) -> Manners:
        return Manners(
            self.on_battery, self.under_memory_pressure, self.quiet_hours, self.in_quiet_hours
        )

    def modes(self, turbo_steps: int | None) -> dict[str, Mode]:
        """Give the modes; TURBO among them where the model has weights for so few steps."""
        modes = {
            name: replace(mode, guidance_until=self.guidance_until) for name, mode in MODES.items()
        }
        turbo = modes.pop("TURBO")
        modes["FAST"] = replace(
            modes["FAST"],
            steps=self.num_inference_steps,
            guidance_scale=self.guidance_scale,
            ip_adapter_scale=self.ip_adapter_scale,
        )
        return {"TURBO": replace(turbo, steps=turbo_steps)} | modes if turbo_steps else modes
