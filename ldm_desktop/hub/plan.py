"""What a download would bring: the pinned commit, its files, bytes, licence, and whether they fit.

Of a repository only the files of an unconditional latent diffusion model are taken, each by its
exact name; a listing that says anything odd about them is refused as a whole.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, HFValidationError
from huggingface_hub.utils import get_session, set_client_factory, validate_repo_id

import ldm_desktop
from ldm_desktop.core import paths
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.hub import care, guard, licences, patience, record
from ldm_desktop.hub.patience import PassingError, Patience

INDEX = "model_index.json"
SCHEDULER = "scheduler/scheduler_config.json"
AUTOENCODERS = ("vqvae", "vae")
SAFE, PICKLED = (f"diffusion_pytorch_model.{ending}" for ending in ("safetensors", "bin"))
MOST_TEXT, MOST_WEIGHTS = 1 << 20, 1 << 35
_REMARKS = re.compile(r"(?:README|LICEN[SC]E|NOTICE|USE_POLICY)[\w-]{0,40}(?:\.(?:md|txt))?")
_COMMIT, _SHA256 = re.compile(r"[0-9a-f]{40}"), re.compile(r"[0-9a-f]{64}")
_STRANGE = (TypeError, ValueError, LookupError, AttributeError, RecursionError, OverflowError)
"""What the library raises over answers that are no listing."""


@dataclass(frozen=True)
class PlannedFile:
    """A file to fetch, and what it must be then: its SHA-256, or git's hash of a small one."""

    name: str
    bytes: int
    sha256: str
    blob: str

    @property
    def is_weights(self) -> bool:
        """Say whether it is one of the large ones."""
        return self.name.endswith((SAFE, PICKLED))


@dataclass(frozen=True)
class Plan:
    """A download before its first byte; `there` has come in an earlier try, `free` is the disk's.

    `copy` are the bytes the finished copy takes while what was fetched is still there.
    """

    repo: str
    commit: str
    name: str
    licence: str
    licence_note: str
    bytes: int
    there: int
    copy: int
    free: int
    files: tuple[PlannedFile, ...]
    installed: bool

    @property
    def needs(self) -> int:
        """How many more bytes of the disk it takes."""
        return self.bytes - self.there + self.copy


def connect(seconds: float) -> None:
    """Let the library of the hub go through the guard, and nowhere else."""
    set_client_factory(lambda: guard.client(seconds))


def make(
    repo: str, revision: str | None, models: Path, patience_: Patience, *, half: bool = False
) -> Plan:
    """Ask the hub what a repository holds, and see what of it is here."""
    repo = checked(repo, revision)
    info = _ask(repo, revision, patience_)
    try:
        commit, files = str(info.sha), _chosen(repo, info.siblings or ())
        licence = licences.named(info)
    except _STRANGE as error:
        raise KnownError(_no_listing(repo)) from error
    if not _COMMIT.fullmatch(commit):
        raise KnownError(_no_listing(repo))
    name = care.plain_name(repo.rpartition("/")[2])
    installed = _installed(repo, commit, models, name + care.HALF, half=half)
    staging = staging_of(models, repo, commit)
    return Plan(
        repo=repo,
        commit=commit,
        name=installed or name,
        licence=licence,
        licence_note=licences.note(licence, f"{guard.endpoint()}/{repo}"),
        bytes=sum(file.bytes for file in files),
        there=sum(min(file.bytes, _size(staging / file.name)) for file in files),
        copy=_copied(files, half=half),
        free=_free(models),
        files=files,
        installed=bool(installed),
    )


def _copied(files: Sequence[PlannedFile], *, half: bool) -> int:
    """Give the bytes of a converted copy; safetensors are taken over as they are."""
    weights = [file for file in files if file.is_weights]
    pickled = any(file.name.endswith(PICKLED) for file in weights)
    return sum(file.bytes for file in weights) if half or pickled else 0


def check_room(plan: Plan, models: Path) -> None:
    """Refuse a download that the disk cannot take."""
    short = plan.needs + care.SPARE_BYTES - plan.free
    if short > 0:
        raise KnownError(
            f"{plan.repo} needs {_size_text(plan.free + short)} of free space in {models}, and "
            f"{_size_text(plan.free)} are free: free {_size_text(short)} more, or choose another "
            "folder for models."
        )


def checked(repo: str, revision: str | None) -> str:
    """Give a repository's name, also from its address; what cannot be one is refused."""
    name = repo.strip().removeprefix(f"{guard.endpoint()}/").removesuffix("/")
    try:
        validate_repo_id(name)
    except HFValidationError as error:
        raise BadArgumentError(
            f"{repo[:80]!r} is no repository of the hub: name one like CompVis/ldm-celebahq-256."
        ) from error
    if revision is not None and not re.fullmatch(r"[\w./-]{1,100}", revision):
        raise BadArgumentError(f"{revision[:80]!r} is no revision: name a branch, tag or commit.")
    return name


def staging_of(models: Path, repo: str, commit: str) -> Path:
    """Give the folder in which a commit's files are gathered."""
    return models / care.INCOMING / f"{repo.replace('/', '--')}@{commit}"


def _ask(repo: str, revision: str | None, patience_: Patience) -> Any:
    api = HfApi(
        endpoint=str(guard.endpoint()),
        token=guard.token() or False,
        library_name=paths.ID,
        library_version=ldm_desktop.__version__,
    )
    while True:
        try:
            info = _answer(api, repo, revision, patience_)
        except PassingError as trouble:
            patience_.pause(trouble)
        else:
            patience_.reached()
            return info


def _answer(api: HfApi, repo: str, revision: str | None, patience_: Patience) -> Any:
    timeout: Any = get_session().timeout
    with patience.explained():
        try:
            return api.model_info(repo, revision=revision, files_metadata=True, timeout=timeout)
        except HfHubHTTPError as error:
            patience_.reached()
            patience.check(error.response, repo, f"revision {revision or 'main'}")
            raise KnownError(_no_listing(repo)) from error
        except _STRANGE as error:
            raise KnownError(_no_listing(repo)) from error


def _no_listing(repo: str) -> str:
    return f"The hub's answer about {repo} is no listing of a model; try again later."


def _chosen(repo: str, siblings: Iterable[Any]) -> tuple[PlannedFile, ...]:
    """Take the files that make the model, refusing a listing that cannot be true."""
    found: dict[str, Any] = {}
    for sibling in siblings:
        name = sibling.rfilename
        if name.startswith(("/", "\\")) or ".." in PurePosixPath(name).parts:
            raise KnownError(
                f"{repo} lists a file that leads out of its folder ({name[:60]!a}); nothing "
                "of it was fetched."
            )
        if name in found:
            raise KnownError(f"{repo} lists the file {name[:60]!a} twice; it was not fetched.")
        found[name] = sibling
    names = [*_needed(repo, found), *_remarks(found)]
    return tuple(_planned(repo, found[name]) for name in names)


def _needed(repo: str, found: dict[str, Any]) -> list[str]:
    autoencoder = next((name for name in AUTOENCODERS if f"{name}/config.json" in found), "vqvae")
    small = [INDEX, SCHEDULER, "unet/config.json", f"{autoencoder}/config.json"]
    large = [_weights(part, found) for part in ("unet", autoencoder)]
    for name in (*small, *large):
        if name not in found:
            raise KnownError(
                f"{repo} has no {name}, so it is no unconditional latent diffusion model "
                "(LDMPipeline of diffusers), the kind that is supported."
            )
    return [*small, *large]


def _weights(part: str, found: dict[str, Any]) -> str:
    """Name a part's weights: safetensors, and pickled ones only where there are no others."""
    safe, pickled = f"{part}/{SAFE}", f"{part}/{PICKLED}"
    return pickled if pickled in found and safe not in found else safe


def _remarks(found: dict[str, Any]) -> Sequence[str]:
    names = sorted(name for name in found if _REMARKS.fullmatch(name))
    return [name for name in names if (found[name].size or 0) <= MOST_TEXT][:10]


def _planned(repo: str, sibling: Any) -> PlannedFile:
    size, lfs = sibling.size, sibling.lfs
    sha256 = lfs.sha256 if lfs else ""
    file = PlannedFile(sibling.rfilename, size, sha256, "" if sha256 else sibling.blob_id or "")
    if type(size) is not int or size < 0 or (lfs and lfs.size != size):
        raise KnownError(f"The hub does not say how large {file.name} of {repo} is; try later.")
    most = MOST_WEIGHTS if file.is_weights else MOST_TEXT
    if size > most:
        raise KnownError(
            f"{file.name} of {repo} has {size:,} bytes, more than the {most:,} such a file can "
            "have; it was not fetched."
        )
    if not (_SHA256.fullmatch(file.sha256) or _COMMIT.fullmatch(file.blob)):
        raise KnownError(
            f"The hub gives no hash of {file.name} of {repo}, so that it could not be checked; it "
            "was not fetched."
        )
    return file


def _installed(repo: str, commit: str, models: Path, half_name: str, *, half: bool) -> str:
    """Give the name under which this very commit is at hand, whole or as a half-size copy."""
    for file in sorted(models.glob(f"*/{record.RECORD}")):
        try:
            known = record.read(file.parent)
        except KnownError:
            # A damaged record is told by `models verify`; it does not keep a good copy away.
            continue
        name = file.parent.name
        is_same = known is not None and (known.source, known.commit) == (repo, commit)
        if is_same and name.startswith(half_name) == half:
            return name
    return ""


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() and not file.is_symlink() else 0


def _free(folder: Path) -> int:
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    return shutil.disk_usage(there).free


def _size_text(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:.0f} MB"
