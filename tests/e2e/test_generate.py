"""From Generate to a picture in the library, seen from outside."""

from __future__ import annotations

from window import Start, Window, frame_of, libraries

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import Seed
from ldm_desktop.core.recipe import Precision
from ldm_desktop.core.samplers import SamplerName
from ldm_desktop.gallery import files

TORCH = "libtorch"
UNLIKE = 8
"""So many different pixels in a square say that it is a picture, and not an empty place."""


def test_a_picture_forms_before_ones_eyes_and_is_kept_with_its_recipe(studio: Window) -> None:
    studio.press("preset-reference")
    studio.generate(seed=4711)
    studio.until_step(1)
    middle, seen = studio.middle, set[bytes]()

    def three() -> bool:
        pixels = studio.image(middle)
        colours = pixels.getcolors(1 << 16)
        # Seen while it forms: what is finished is no preview.
        if studio.step > 0 and colours and len(colours) > UNLIKE:
            seen.add(pixels.tobytes())
        return len(seen) >= 3

    studio.wait(three, "three different previews")
    assert "step" in studio.shown
    assert studio.seed == 4711
    picture = studio.picture(4711)
    studio.wait(lambda: studio.shown == "Seed 4711, finished", "the end")
    recipe = picture.record.recipe
    assert (recipe.noise, recipe.steps, recipe.precision) == (Seed(4711), 200, Precision.EXACT)
    assert recipe.sampler.name is SamplerName.DDIM
    assert recipe.model.name == "landscapes"
    assert files.is_intact(picture)
    assert studio.seed == 4711


def test_what_is_on_screen_is_the_file_to_the_pixel(studio: Window) -> None:
    studio.press("preset-draft")
    studio.generate(seed=12)
    picture = studio.picture(12)
    studio.wait(lambda: studio.shown == "Seed 12, finished")
    # The seed is painted on a picture that is pointed at.
    studio.desktop.run("xdotool", "mousemove", "0", "0")
    studio.press("zoom-actual")
    studio.wait(lambda: picture.frame in centred(studio, picture.record.recipe.size), "its pixels")
    studio.press("zoom-fit")


def centred(window: Window, size: tuple[int, int]) -> list[Frame]:
    """Give what is in the middle of the canvas, however its centre is rounded."""
    x, y, width, height = window.part("canvas").extents
    left, top = (width - size[0]) // 2, (height - size[1]) // 2
    whole = window.image((x, y, width, height))
    return [
        frame_of(whole.crop((at, below, at + size[0], below + size[1])))
        for at in (left, left + 1)
        for below in (top, top + 1)
    ]


def test_a_run_that_is_cancelled_leaves_no_file_and_the_next_one_works(studio: Window) -> None:
    before = studio.library
    studio.press("preset-reference")
    studio.generate(seed=99, steps=1000)
    studio.until_step(3)
    studio.key("ctrl+shift+x")
    studio.wait(lambda: studio.shown == "Seed 99, cancelled", "the end of the run")
    assert "Seed 99, Cancelled" in studio.jobs
    studio.until_ready()
    assert studio.library == before
    assert not [file for kind in ("part", "trajectory") for file in studio.data.rglob(f"*.{kind}*")]
    studio.press("preset-draft")
    studio.generate(seed=100)
    studio.picture(100)
    studio.wait(lambda: studio.shown == "Seed 100, finished", "the end of the next")
    assert len(studio.library) == len(before) + 1


def test_the_window_has_made_pictures_without_torch(studio: Window) -> None:
    assert TORCH in libraries(studio.engine_pid)
    assert TORCH not in libraries(studio.process.pid)


def test_the_window_imports_neither_torch_nor_diffusers(start: Start) -> None:
    # Python tells of each import on standard error; the engine's goes into a log of its own.
    window = start(env={"PYTHONPROFILEIMPORTTIME": "1"})
    window.generate(seed=3, steps=5)
    window.picture(3)
    assert window.close() == 0
    told = (line for line in window.output.splitlines() if line.startswith("import time:"))
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in told}
    assert {"PySide6", "apsw", "PIL"} <= imported
    assert not {"torch", "diffusers", "safetensors", "huggingface_hub"} & imported


def test_an_engine_in_the_same_process_makes_pictures_too(start: Start) -> None:
    window = start("--engine", "in-process")
    window.generate(seed=8, steps=5)
    assert window.picture(8).record.recipe.steps == 5
    assert window.children() == []
    assert TORCH in libraries(window.process.pid)
    assert window.close() == 0
