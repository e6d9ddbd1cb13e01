"""The models at hand: opened folders, the variants in memory, and what each needs and shows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.recipe import Decode, ModelRef, Precision
from ldm_desktop.engine import fingerprints, memory
from ldm_desktop.engine.devices import Device, Variant, free_memory
from ldm_desktop.engine.models import Model, fingerprint, load_model
from ldm_desktop.engine.preview import LinearMap

MOST_VARIANTS = 2

Key = tuple[str, Variant]


class Shelf:
    """Loads models when they are needed and keeps the last two variants used."""

    def __init__(self, device: Device, cache: Path, progress: Callable[[str, float], None]) -> None:
        self._device = device
        self._cache = cache
        self._progress = progress
        self._folders: dict[str, Path] = {}
        self._models: OrderedDict[Key, Model] = OrderedDict()
        self._needs: dict[Key, memory.Need] = {}
        self._maps: dict[str, LinearMap] = {}
        self._stamps: dict[str, fingerprints.Stamp] = {}

    def open(self, folder: Path, precision: Precision) -> Model:
        """Load a model from its folder, if it is not at hand; ModelError says why it is refused."""
        model = self._at_hand(folder, precision)
        if model is None:
            model = self._keep(self._load(folder, self._device.variant(precision)), precision)
        self._folders[model.card.ref.fingerprint] = folder
        return model

    def _at_hand(self, folder: Path, precision: Precision) -> Model | None:
        if folder not in self._folders.values():
            return None
        key = fingerprint(folder, self._cache), self._device.variant(precision)
        return self._models.get(key)

    def model(self, ref: ModelRef, precision: Precision) -> Model:
        """Give a model that was opened, in the variant of a precision."""
        key = ref.fingerprint, self._device.variant(precision)
        if key in self._models:
            self._models.move_to_end(key)
            return self._models[key]
        folder = self._folders.get(ref.fingerprint)
        if folder is None:
            raise KnownError(f"The model {ref.name or ref.fingerprint[:8]} is not open.")
        model = self._load(folder, key[1])
        if model.card.ref != ref:
            raise KnownError(
                f"The model in {folder} has changed since it was opened; open it anew."
            )
        return self._keep(model, precision)

    def _load(self, folder: Path, variant: Variant) -> Model:
        while len(self._models) >= MOST_VARIANTS:
            self._models.popitem(last=False)
        return load_model(
            folder,
            device=self._device.place,
            dtype=variant.dtype,
            channels_last=variant.channels_last,
            cache=self._cache,
            room=free_memory(self._device.place),
            progress=lambda share: self._progress(str(folder), share),
        )

    def _keep(self, model: Model, precision: Precision) -> Model:
        self._models[model.card.ref.fingerprint, self._device.variant(precision)] = model
        self._stamps[model.card.ref.fingerprint] = model.stamp
        return model

    def change_on_disk(self, ref: ModelRef) -> str:
        """Say, once a change, if the files of a model in memory are no longer that model."""
        known, folder = self._stamps.get(ref.fingerprint), self._folders.get(ref.fingerprint)
        if known is None or folder is None:
            return ""
        now = fingerprints.present_stamp(folder)
        if now == known:
            return ""
        self._stamps[ref.fingerprint] = now
        # Moved to another disk or touched by a backup, it is still the same.
        if now and self._is(folder, ref):
            return ""
        return (
            f"The files of the model {ref.name} have changed since it was opened. Pictures are "
            "still made by what was opened; `ldm-desktop models verify` says what has changed."
        )

    def _is(self, folder: Path, ref: ModelRef) -> bool:
        try:
            return fingerprint(folder, self._cache) == ref.fingerprint
        except KnownError:
            return False

    def admit(
        self, model: Model, precision: Precision, shape: tuple[int, int, int, int], how: Decode
    ) -> int:
        """Give how many samples of a latent shape fit into memory at a time."""
        key = model.card.ref.fingerprint, self._device.variant(precision)
        if key not in self._needs:
            self._needs[key] = memory.measure(model)
        pixels = shape[2] * shape[3]
        decoded = min(pixels, how.tile**2) if how.tile else pixels
        return memory.admit(self._needs[key], pixels, decoded, free_memory(self._device.place))

    def linear_map(self, model: Model) -> LinearMap:
        """Give the linear preview of a model."""
        fingerprint = model.card.ref.fingerprint
        if fingerprint not in self._maps:
            self._maps[fingerprint] = LinearMap(model, self._cache)
        return self._maps[fingerprint]

    def map_at_hand(self, ref: ModelRef) -> LinearMap | None:
        """Give the linear preview of a model, if the model or its preview is in memory."""
        if ref.fingerprint in self._maps:
            return self._maps[ref.fingerprint]
        opened = (model for (print_, _), model in self._models.items() if print_ == ref.fingerprint)
        model = next(opened, None)
        return self.linear_map(model) if model else None
