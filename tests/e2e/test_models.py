"""Models from elsewhere in the real window, by the real commands, from a hub on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from desktop import wait_until_gone
from hub_server import Answering, Hub, Repo, on
from models import make_tiny_model
from window import LONG, Start, Window

REPO = "someone/tiny"
NAME = "tiny"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """Give a hub that has one model, as old ones were published."""
    folder = make_tiny_model(tmp_path / "published", format="bin", old_names=True)
    with Hub({REPO: Repo.of(folder)}) as hub:
        yield hub


def open_models(start: Start, hub: Hub) -> Window:
    """Give a window with the models open."""
    window = start(env={"HF_ENDPOINT": hub.address})
    window.until_ready()
    window.key("ctrl+shift+m")
    window.find("models-dialog")
    return window


def fetch(window: Window) -> None:
    """Look the model up, and begin to download it."""
    window.press("models-from-hub")
    window.find("hub-repository").write(REPO)
    window.press("hub-look-up")
    confirm(window)


def confirm(window: Window) -> None:
    """Download what was looked up."""
    button = window.button("hub-download")
    window.wait(lambda: {"showing", "enabled"} <= button.states, "an answer of the hub", LONG)
    window.press("hub-download")


def is_there(window: Window) -> bool:
    """Say whether the model has come, and the dialog has told so."""
    title = window.look("model-title")
    return title is not None and title.name == NAME and "showing" in title.states


def remove(window: Window, folder: Path) -> None:
    """Remove the model that is shown; for good where there is no trash."""

    def asks_again() -> bool:
        return "for good" in window.find("model-question").name

    window.press("model-remove")
    window.press("model-remove-really")
    window.wait(lambda: not folder.exists() or asks_again(), "an end of the removal", LONG)
    if folder.exists():
        window.press("model-remove-really")
    window.wait(lambda: not folder.exists(), "that it is removed", LONG)


def test_a_model_is_fetched_used_removed_and_offered_again_by_its_picture(
    start: Start, hub: Hub
) -> None:
    window = open_models(start, hub)
    fetch(window)
    folder = window.data / "models" / NAME
    window.wait(lambda: is_there(window), "the model", LONG)
    assert (folder / "ldm-desktop.json").is_file()
    assert not list(folder.rglob("*.bin"))
    window.press("model-use")
    window.until_ready()
    window.press("preset-draft")
    window.generate(seed=7)
    picture = window.picture(7)
    assert picture.record.recipe.model.name == NAME
    [file] = window.library
    remove(window, folder)
    window.kill()

    again = start(str(file), env={"HF_ENDPOINT": hub.address})
    again.wait(lambda: REPO in again.notices, "the offer", LONG)
    again.wait(lambda: again.look(name="Get it…"), "its button").do()
    confirm(again)
    again.wait(lambda: folder.exists(), "the model", LONG)
    again.wait(lambda: again.find("model").name == NAME or NAME in again.part("model").text)
    again.generate()
    again.wait(lambda: len(again.seeds) == 2, "the same picture again", LONG)
    assert again.seeds == [7, 7]
    assert again.close() == 0


def test_a_window_that_is_killed_takes_its_download_with_it_and_what_has_come_is_kept(
    start: Start, hub: Hub
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def stall(answering: Answering) -> None:
        asked.set()
        go_on.wait(LONG)

    hub.rules.append(on("/cdn/", stall, times=1))
    window = open_models(start, hub)
    fetch(window)
    try:
        window.wait(asked.is_set, "a download that has begun", LONG)
        children = window.children()
        assert len(children) > 1
        window.kill()
        assert wait_until_gone(children, LONG) == []
    finally:
        go_on.set()
    again = open_models(start, hub)
    fetch(again)
    again.wait(lambda: is_there(again), "the model", LONG)
    assert again.close() == 0
