"""Where pictures go, and what is kept beside them until they are finished."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.gallery import files
from ldm_desktop.gallery.keeper import LibraryKeeper

UNFINISHED = ".unfinished"
OTHER_FORMATS = {".jpg", ".jpeg", ".webp", ".avif", ".gif", ".bmp", ".tif", ".tiff"}


@dataclass(frozen=True)
class Target:
    """Where pictures go: one named file, a folder, or the library with its gallery."""

    out: Path | None
    keeper: LibraryKeeper

    @property
    def file(self) -> Path | None:
        """The one file, if one is named."""
        return self.out if self.out and self.out.suffix.lower() == ".png" else None

    @property
    def folder(self) -> Path:
        """Where finished pictures are looked for and unfinished ones kept."""
        if self.file:
            return self.file.parent
        return self.out or self.keeper.library

    def check(self, pictures: int, *, resume: bool) -> None:
        """Refuse before hours of work what could not be saved after them."""
        if self.out and self.out.suffix.lower() in OTHER_FORMATS and not self.out.is_dir():
            files.check_name(self.out)
        if self.file:
            if pictures > 1:
                raise BadArgumentError(
                    f"{pictures} pictures do not fit into one file: name a folder with --out."
                )
            if not (resume and self.file.exists()):
                files.check_name(self.file)
        files.prepare(self.folder)
        files.sweep(self.folder)

    def save(self, picture: Picture) -> Path:
        """Make a picture durable."""
        if self.file:
            return files.save_as(picture, self.file)
        if self.out:
            return files.save(picture, self.out)
        return self.keeper.save(picture)

    def checkpoint(self, recipe: Recipe, *, resume: bool) -> tuple[UUID, Path]:
        """Give the id of a picture and where it is kept until it is finished.

        Both go on from an earlier run if that is wished and it has left something.
        """
        folder = self.folder / UNFINISHED
        start = recipe.id[:32]
        for path in sorted(folder.glob(f"{start}.*.trajectory")) if resume else ():
            with contextlib.suppress(ValueError):
                return UUID(path.name.split(".")[1]), path
        picture = uuid4()
        return picture, folder / f"{start}.{picture}.trajectory"

    def forget(self, recipe: Recipe) -> None:
        """Remove what is left of all attempts, also killed ones, at a picture that is durable."""
        start = recipe.id[:32]
        for pattern in (f"{start}.*", f".{start}.*.part"):
            for path in (self.folder / UNFINISHED).glob(pattern):
                path.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove the folder of unfinished pictures if there are none; the last thing to be done."""
        self.keeper.close()
        # Another run may just be putting one in.
        with contextlib.suppress(OSError):
            (self.folder / UNFINISHED).rmdir()
