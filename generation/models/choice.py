"""Which model is drawn with, where its owner may choose between several while the bot runs."""

from dataclasses import dataclass

from generation.models.catalogue import FewStepsName
from generation.models.folder import is_there, shown
from generation.models.inspection import single_files
from generation.models.model import Model
from generation.models.resolve import find_path, resolve
from generation.models.sources import (
    CheckpointsGone,
    CheckpointTwice,
    ModelUnavailable,
    ModelUnknown,
    NoCheckpoint,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """The models of a folder by their names, and why its other files are none."""

    models: dict[str, Model]
    refusals: list[ModelUnavailable]


class ModelChoice:
    """The model that the setting MODEL names, or one of the files in the folder that it names.

    One thread chooses, and others may read `current`.
    """

    def __init__(self, wanted: str, few_steps: FewStepsName = "hyper-4") -> None:
        """Take the first. Raises what `resolve` raises."""
        self._few_steps = few_steps
        self.current = resolve(wanted, few_steps)
        path = find_path(wanted) if self.current.checkpoint else None
        self._folder = path.absolute() if path and path.is_dir() else None

    def offer(self) -> Offer:
        """Look at the folder, into which files may have come meanwhile.

        Where there is no model in it any more, the refusals say why.
        """
        if self._folder is None:
            return Offer({self.current.name: self.current}, [])
        if not is_there(self._folder):
            return Offer({}, [CheckpointsGone(model=self._folder.name)])
        models: dict[str, Model] = {}
        refusals: list[ModelUnavailable] = []
        for file in single_files(self._folder):
            try:
                model = resolve(str(file), self._few_steps)
            except ModelUnavailable as refusal:
                refusals.append(refusal)
                continue
            if model.name in models:
                path = file.relative_to(self._folder).as_posix()
                refusals.append(CheckpointTwice(model=shown(path)))
            else:
                models[model.name] = model
        if not models and not refusals:
            refusals.append(NoCheckpoint(model=self._folder.name))
        return Offer(models, refusals)

    def choose(self, name: str) -> None:
        """Draw with the model of that name from the next album on. Raises ModelUnknown."""
        model = self.offer().models.get(name)
        if model is None:
            raise ModelUnknown(model=name)
        self.current = model
