"""What a person sets once: kept as JSON in the data folder, `{"version": 1, …}`.

Entries that equal their default are left out, so that a default can be bettered later. An entry
whose value is impossible is put back to its default and named; a file that is damaged, newer, or
has unknown entries is set aside whole.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from ldm_desktop.core import codec, statefile
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.paths import Folders
from ldm_desktop.core.previews import PreviewKind

VERSION = 1
LANGUAGES = ("", "en", "de")
DEVICE = re.compile(r"auto|cpu|mps|cuda(:[0-9]{1,3})?")
MOST_THREADS = 1024
MOST_AT_A_TIME = 64
MOST_PREVIEW_SHARE = 0.5


class Theme(StrEnum):
    """The colours of the window."""

    DARK = "dark"
    LIGHT = "light"
    SYSTEM = "system"


@dataclass(frozen=True)
class Settings:
    """All settings; BadArgumentError says which value is impossible.

    A folder or language of "" is the system's; 0 threads leave the choice to torch; `at_a_time`
    pictures of a batch advance together; 0 `keyframe_bytes` keep none.
    """

    library: str = ""
    models: str = ""
    device: str = "auto"
    threads: int = 0
    preview: PreviewKind = PreviewKind.LINEAR
    preview_share: float = 0.03
    theme: Theme = Theme.DARK
    language: str = ""
    at_a_time: int = 4
    pause_on_battery: bool = False
    keep_awake: bool = True
    keyframe_bytes: int = 2 << 30

    def __post_init__(self) -> None:
        for name in ("library", "models"):
            _check_folder(name, getattr(self, name))
        if not DEVICE.fullmatch(self.device):
            raise BadArgumentError(
                f"A device is auto, cpu, mps, cuda or cuda:1, not {self.device}."
            )
        if self.language not in LANGUAGES:
            raise BadArgumentError(f"There is no translation into {self.language!r}.")
        _check_range("threads", self.threads, 0, MOST_THREADS)
        _check_range("preview share", self.preview_share, 0, MOST_PREVIEW_SHARE)
        _check_range("pictures at a time", self.at_a_time, 1, MOST_AT_A_TIME)
        _check_range("bytes for keyframes", self.keyframe_bytes, 0, codec.LARGEST)


def _check_folder(name: str, folder: str) -> None:
    if folder and ("\0" in folder or not Path(folder).is_absolute()):
        raise BadArgumentError(f"The folder for {name} has to be a whole path, from the root on.")


def _check_range(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise BadArgumentError(f"The number of {name} lies between {least} and {most}.")


def load(file: Path) -> tuple[Settings, str]:
    """Give the settings in a file, and "" or what there is to say about them."""
    found, notice = statefile.load(file, VERSION, _read)
    return found or (Settings(), notice)


def _read(entries: dict[str, Any]) -> tuple[Settings, str]:
    known = {field.name for field in dataclasses.fields(Settings)}
    if unknown := sorted(set(entries) - known):
        raise codec.CodecError(f"It has the unknown entry {unknown[0][:40]!r}.")
    settings, notices = Settings(), []
    for name, value in entries.items():
        try:
            one = codec.from_json(Settings, {name: value})
        except KnownError as error:
            usual = getattr(settings, name)
            notices.append(f"The setting {name} is {str(usual) or 'the usual one'} again: {error}")
        else:
            settings = dataclasses.replace(settings, **{name: getattr(one, name)})
    return settings, " ".join(notices)


def save(file: Path, settings: Settings) -> None:
    """Keep settings durably; KnownError if the disk does not take them."""
    statefile.save(file, VERSION, settings)


def with_settings(folders: Folders, settings: Settings) -> Folders:
    """Put the folders that a person has set in the place of the system's."""
    return dataclasses.replace(
        folders,
        library=Path(settings.library) if settings.library else folders.library,
        models=Path(settings.models) if settings.models else folders.models,
    )
