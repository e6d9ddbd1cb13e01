"""A picture explored in the real window: its variations, its trajectory, its morphs, its family."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from atspi import Node
from desktop import Desktop
from explore_page import (
    Way,
    arrived,
    choose_in_menu,
    click,
    go,
    look_at,
    made,
    part,
    record_of,
    studio,
)
from explore_variations import (
    differences,
    halves,
    keep_a_neighbour,
    paint_left,
    pixels_of,
    step_aside,
    until_at,
    vary,
    walk,
)
from PIL import Image
from window import LONG, Start, Window

from ldm_desktop.core.noise import Seed, Turn
from ldm_desktop.core.recipe import Renoise
from ldm_desktop.gallery.animation.options import has_video
from ldm_desktop.gallery.animation.reading import read_path

OLDER, NEWER = 31, 32
STEPS = 8
UNLIKE = 8
"""So many different pixels in a part of the window say that a picture is there."""
FRAMES = 6


@pytest.fixture(scope="module")
def window(display: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Give a window that has made two pictures, the newer of them on stage."""
    window = Start(display, tmp_path_factory.mktemp("explore"))()
    window.until_ready()
    for seed in (OLDER, NEWER):
        window.generate(seed=seed, steps=STEPS)
        window.picture(seed)
    window.wait(lambda: window.shown == f"Seed {NEWER}, finished", "the newer one on stage")
    yield window
    window.kill()


# The ways.


def told(page: Node, way: Way, seed: int) -> bool:
    """Say whether a page shows the picture of a seed, each in its own words."""
    if way is Way.SHEET:
        return part(page, "sheet-from-here").name == f"1,000 seeds from {seed}"
    if way is Way.VARIATIONS:
        return part(page, "variations-centre").description.startswith(f"Seed {seed}")
    if way is Way.TRAJECTORIES:
        return page.find(name=f"Row 1: seed {seed}") is not None
    if way is Way.MORPH:
        strip = part(page, "morph-strip").children
        return any(f"Seed {seed}" in picture.name for picture in strip)
    return (
        part(page, f"{way.value[2].removesuffix('-page').rstrip('s')}-title").name == f"Seed {seed}"
    )


@pytest.mark.parametrize("way", Way)
def test_each_page_is_one_shortcut_from_the_picture_on_stage_and_one_click_from_the_next(
    window: Window, way: Way
) -> None:
    studio(window)
    page = go(window, way)
    window.wait(lambda: told(page, way, NEWER), f"seed {NEWER} on the page")
    before = Way.SEEDS if way is Way.FAMILY else Way.FAMILY
    go(window, before)
    click(window, window.button(way.tab))
    arrived(window, way)
    window.wait(lambda: told(page, way, NEWER), f"seed {NEWER} on the page")


@pytest.mark.parametrize("way", Way)
def test_each_page_is_one_shortcut_and_two_clicks_from_a_picture_of_the_gallery(
    window: Window, way: Way
) -> None:
    look_at(window, record_of(window, OLDER).id)
    page = go(window, way)
    window.wait(lambda: told(page, way, OLDER), f"seed {OLDER} on the page")
    look_at(window, record_of(window, NEWER).id)
    choose_in_menu(window, "Explore", way.action)
    arrived(window, way)
    window.wait(lambda: told(page, way, NEWER), f"seed {NEWER} on the page")


# Variations.


def test_variations_of_variations_are_walked_by_keys_and_kept_with_their_parents(
    window: Window,
) -> None:
    parent = record_of(window, OLDER)
    page = vary(window, parent)
    step_aside(window, page)
    window.key("Return")
    until_at(window, page, f"Seed {OLDER} · 20° from its parent · generation 1")
    window.key("BackSpace")
    until_at(window, page, f"Seed {OLDER}")
    step_aside(window, page)
    window.key("Return")
    until_at(window, page, f"Seed {OLDER} · 20° from its parent · generation 1")
    (child,) = made(window, lambda: window.key("ctrl+alt+k"))
    assert child.parents == (parent.id,)
    assert (walk(child).base, [turn.degrees for turn in walk(child).turns]) == (Seed(OLDER), [20.0])
    until_at(window, page, f"Seed {OLDER} · 20° from its parent · generation 1 kept")
    step_aside(window, page)
    (grandchild,) = made(window, lambda: window.key("k"))
    assert grandchild.parents == (child.id,)
    assert walk(grandchild).turns[:1] == walk(child).turns
    assert [turn.degrees for turn in walk(grandchild).turns] == [20.0, 20.0]


def test_one_goes_further_and_sideways(window: Window) -> None:
    parent = record_of(window, NEWER)
    page = vary(window, parent, 10)
    step_aside(window, page)
    window.key("Return")
    until_at(window, page, f"Seed {NEWER} · 10° from its parent")
    (near,) = made(window, lambda: window.key("k"))
    window.key("ctrl+alt+Down")
    until_at(window, page, f"Seed {NEWER} · 20° from its parent")
    (far,) = made(window, lambda: window.key("k"))
    (nearer,), (farther,) = walk(near).turns, walk(far).turns
    assert farther == Turn(nearer.toward, 20.0)
    window.key("ctrl+alt+Right")
    window.wait(lambda: "Sideways" in part(page, "variations-hint").name, "siblings")
    step_aside(window, page)
    (sibling,) = made(window, lambda: window.key("k"))
    (turn,) = walk(sibling).turns
    assert (sibling.parents, turn.degrees) == ((parent.id,), 20.0)
    assert turn.toward != farther.toward


def test_a_painted_region_stays_and_the_rest_varies_or_the_reverse(window: Window) -> None:
    parent = record_of(window, OLDER)
    page = vary(window, parent, 60)
    paint_left(window, page)
    kept = keep_a_neighbour(window, page)
    (turn,) = walk(kept).turns
    assert turn.lock
    left, right = halves(turn.lock)
    assert (left > 200, right) == (True, 0)
    window.press("mask-vary")
    other = keep_a_neighbour(window, page)
    (turn,) = walk(other).turns
    assert turn.lock
    assert halves(turn.lock) == (255 - left, 255)
    before, size = window.picture(OLDER).frame.pixels, parent.recipe.size
    stays, varies = (differences(before, pixels_of(window, each), size) for each in (kept, other))
    # Far away all changes, but what is locked does so less.
    assert stays[0] / stays[1] < varies[0] / varies[1]
    window.key("b")
    window.wait(lambda: "showing" not in part(page, "mask-bar").states, "the brush put away")


# Trajectories.


def test_a_trajectory_is_seen_step_by_step_and_forked(window: Window) -> None:
    parent = record_of(window, NEWER)
    look_at(window, parent.id)
    page = go(window, Way.TRAJECTORIES)
    axis, row = part(page, "strip-axis"), part(page, name=f"Row 1: seed {NEWER}")
    window.wait(lambda: all(map(is_picture, strip(window, row))), "frames of the whole way", LONG)
    assert axis.description == f"Step {STEPS} of {STEPS}"
    window.key("alt+Left", "alt+Left", "alt+Left", "alt+Left", "alt+Right")
    window.wait(lambda: axis.description == f"Step 5 of {STEPS}", axis.description)
    part(page, "fork-strength").set_value(45)
    (fork,) = made(window, lambda: window.key("ctrl+f"))
    branch = fork.recipe.branch
    assert branch
    assert (branch.step, branch.parent.noise, fork.parents) == (5, Seed(NEWER), (parent.id,))
    assert isinstance(branch.change, Renoise)
    assert branch.change.degrees == 45
    below = part(page, name=f"Row 2: fork of seed {NEWER} at step 5 by 45°")
    window.wait(lambda: "of" in below.description and "Forming" not in below.description, "it")


def strip(window: Window, row: Node) -> list[Image.Image]:
    """Give six parts of a row of frames, without its name and its button."""
    x, y, width, height = row.extents
    image = window.image((x + 160, y, width - 204, height))
    each = image.width // 6
    return [image.crop((each * at, 8, each * (at + 1), image.height - 8)) for at in range(6)]


def is_picture(image: Image.Image) -> bool:
    """Say whether there is more than an empty place."""
    colours = image.getcolors(1 << 16)
    return colours is not None and len(colours) > 4 * UNLIKE


def test_trajectories_of_the_gallery_stand_side_by_side_at_the_same_step(window: Window) -> None:
    look_at(window, *(record_of(window, seed).id for seed in (OLDER, NEWER)))
    page = go(window, Way.TRAJECTORIES)
    rows = window.wait(lambda: rows_of(page, OLDER, NEWER), "both rows")
    window.key("Home")
    window.wait(lambda: part(page, "strip-axis").value == 1, "the first step")
    window.key("Right", "Right")
    window.wait(lambda: [row.description for row in rows] == [f"Step 3 of {STEPS}"] * 2, "step 3")
    looks = [part(page, name=f"Seed {seed}") for seed in (OLDER, NEWER)]
    wanted = {f"Step 3 of {STEPS}"}
    window.wait(lambda: {look.description for look in looks} == wanted, "both sharp", LONG)


def rows_of(page: Node, *seeds: int) -> list[Node]:
    """Give the rows of the pictures of some seeds, if all are there."""
    rows = [node for node in page.walk() if node.name.startswith("Row ")]
    ends = tuple(f": seed {seed}" for seed in seeds)
    found = [row for row in rows if row.name.endswith(ends)]
    return found if len(found) == len(seeds) else []


# Morphs.


def test_a_morph_plays_live_and_is_exported_with_its_path(window: Window, tmp_path: Path) -> None:
    page = morph(window, seconds=2.0, fps=4)
    view = part(page, "morph-view")
    window.wait(lambda: view.description == "", f"all drafts: {view.description}", LONG)
    seen = set[bytes]()
    window.key("ctrl+alt+space")
    x, y, width, height = view.extents
    middle = (x + width // 2 - 60, y + height // 2 - 60, 120, 120)

    def three() -> bool:
        seen.add(window.image(middle).tobytes())
        return len(seen) >= 3

    window.wait(three, "three different moments")
    window.key("ctrl+alt+space")
    target = tmp_path / "way.webp"
    export(window, target, "webp")
    words = part(page, "morph-export-0-words")
    window.wait(lambda: words.name == "way.webp is saved", f"the end: {words.name}", LONG)
    path = read_path(target)
    assert [waypoint.noise for waypoint in path.waypoints] == [Seed(OLDER), Seed(NEWER)]
    assert frames_of(target) > FRAMES
    with Image.open(target) as image:
        assert image.size == window.picture(OLDER).record.recipe.size


def test_an_export_is_cancelled_and_goes_on(window: Window, tmp_path: Path) -> None:
    page = morph(window, seconds=2.5, fps=10)
    kind = "mp4" if has_video() else "gif"
    target = tmp_path / f"way.{kind}"
    export(window, target, kind)
    amount, words = (part(page, f"morph-export-0-{each}") for each in ("amount", "words"))
    window.wait(lambda: amount.name[:1] in {*"123456789"}, f"a frame: {amount.name}", LONG)
    part(page, "morph-export-0-cancel").do()
    window.wait(lambda: words.name == f"{target.name} is not finished", words.name)
    assert not target.exists()
    part(page, "morph-export-0-go-on").do()
    window.wait(lambda: words.name == f"{target.name} is saved", f"the end: {words.name}", LONG)
    assert [each.noise for each in read_path(target).waypoints] == [Seed(OLDER), Seed(NEWER)]
    assert frames_of(target) > FRAMES


def frames_of(file: Path) -> int:
    """Count the frames of a film."""
    if file.suffix == ".mp4":
        import av

        with av.open(str(file)) as container:
            return container.streams.video[0].frames
    with Image.open(file) as image:
        return int(getattr(image, "n_frames", 1))


def morph(window: Window, seconds: float, fps: int) -> Node:
    """Travel from the older to the newer picture, and so long."""
    page = go(window, Way.MORPH)
    strip = part(page, "morph-strip")
    while count := len(strip.children):
        strip.focus()
        window.key("Delete")
        window.wait(lambda count=count: len(strip.children) < count, "one picture less")
    for number, seed in enumerate((OLDER, NEWER), 1):
        studio(window)
        look_at(window, record_of(window, seed).id)
        window.key("ctrl+shift+a")
        said = f"Pictures on the path of the morph: {number}"
        window.wait(lambda said=said: said in window.notices, said)
    # From here, as what is looked at is taken along: it is on the path.
    go(window, Way.MORPH)
    for name, value in (("morph-seconds", seconds), ("morph-fps", fps)):
        part(page, name).set_value(value)
    summary = part(page, "morph-summary")
    window.wait(lambda: "° of way" in summary.name, "the way")
    return page


def export(window: Window, target: Path, kind: str) -> None:
    """Export the morph by the dialog."""
    window.key("ctrl+alt+e")
    dialog = window.find("morph-export-dialog")
    part(dialog, f"morph-export-{kind}").do()
    part(dialog, "morph-export-target").write(str(target))
    part(dialog, "morph-export-start").do()
    window.wait(lambda: window.look("morph-export-dialog") is None, "the dialog closed")


# The family.


def test_one_walks_from_child_to_parent_and_back(window: Window) -> None:
    parent = record_of(window, OLDER)
    page = vary(window, parent)
    step_aside(window, page)
    (child,) = made(window, lambda: window.key("k"))
    page = go(window, Way.FAMILY)
    relation = part(page, "family-relation")
    turned = "Turned 20° from its parent"
    window.wait(lambda: relation.name.startswith(turned), f"the child: {relation.name}", LONG)
    window.key("Up")
    own = "It begins with a seed of its own."
    window.wait(lambda: relation.name == own, f"the parent: {relation.name}")
    window.key("Down")
    window.wait(lambda: relation.name != own, f"a child: {relation.name}")
    look_at(window, child.id)
    window.key("Return")
    studio(window)
    window.wait(lambda: window.shown == f"Variation of seed {OLDER}, finished", window.shown)
    window.key("alt+Up")
    window.wait(lambda: window.shown == f"Seed {OLDER}, finished", f"the parent: {window.shown}")
