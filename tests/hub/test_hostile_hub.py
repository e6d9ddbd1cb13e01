"""Broken and hostile hubs: one sentence each, soon, in little memory, and nothing outside."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hostile_hub
import pytest
from hostile_hub import REPO, UNET
from hub_server import Hub, Repo, on

Run = Callable[..., Any]
MOST_SECONDS = 30
MOST_MEMORY = 300 << 20
NAME = "tiny-landscapes"


def around(folder: Path) -> dict[str, int]:
    """Give what lies beside the models, with its size."""
    return {
        str(path): path.lstat().st_size
        for path in folder.rglob("*")
        if not path.relative_to(folder).parts[0].startswith("run-")
        and ".incoming" not in path.parts
        and path.name not in ("data", "models")
    }


@pytest.mark.parametrize("name", hostile_hub.CASES)
def test_a_hub_that_misbehaves_is_refused_in_a_sentence(
    name: str, hub: Hub, download: Run, tmp_path: Path
) -> None:
    spoil, says = hostile_hub.CASES[name]
    spoil(hub)
    (tmp_path / "evil.json").write_text("as it was")
    before = around(tmp_path)
    ended = download()
    assert says in ended.refusal
    assert around(tmp_path) == before
    assert ended.seconds < MOST_SECONDS
    assert ended.peak < MOST_MEMORY
    assert ended.err.count("ldm-desktop: ") == 1
    assert ended.connections == {hub.address.removeprefix("http://")}


def test_patience_ends_within_half_a_minute_of_its_own(hub: Hub, run: Run) -> None:
    hub.rules.append(on("/api/", lambda answering: answering.answer(503)))
    ended = run("plan", REPO)
    assert "trouble of its own (503)" in ended.refusal
    assert 10 < ended.seconds < MOST_SECONDS


def test_without_a_network_the_sentence_comes_at_once(run: Run) -> None:
    nowhere = {"HF_ENDPOINT": "http://127.0.0.1:9"}
    ended = run("plan", REPO, environment=nowhere)
    assert "cannot be reached" in ended.refusal
    assert "check the connection" in ended.refusal
    assert ended.seconds < 10


@pytest.mark.parametrize(
    "endpoint", ["http://evil.example", "file:///etc", "nonsense", "http://127.0.0.1.evil.example"]
)
def test_an_endpoint_that_is_not_encrypted_is_no_endpoint(run: Run, endpoint: str) -> None:
    ended = run("plan", REPO, environment={"HF_ENDPOINT": endpoint})
    assert ended.code == 2
    assert "HF_ENDPOINT" in ended.err


@pytest.mark.parametrize(
    "words",
    [
        ("../../etc",),
        ("a/b/c",),
        ("",),
        ("x y",),
        (REPO, "--revision", "a b"),
        (REPO, "--patience", "0"),
    ],
)
def test_what_can_be_no_repository_is_not_asked_for(run: Run, hub: Hub, words: Any) -> None:
    ended = run("plan", *words)
    assert ended.code == 2
    assert ended.err.count("\n") == 1
    assert hub.asked == []


def test_a_revision_that_is_not_there_is_named(run: Run) -> None:
    refusal = run("plan", REPO, "--revision", "nowhere").refusal
    assert "no revision nowhere" in refusal


def test_a_kind_that_is_not_supported_costs_no_weights(
    hub: Hub, download: Run, staging: Path
) -> None:
    hostile_hub.another_pipeline(hub)
    assert "StableDiffusionPipeline" in download().refusal
    assert hub.ranges() == []
    assert not staging.exists()


def test_a_published_pickle_with_code_is_refused_and_not_run(
    hub: Hub, download: Run, published: Path, tmp_path: Path, models: Path
) -> None:
    import hostile

    spoilt = shutil.copytree(published, tmp_path / "spoilt")
    evil = hostile.saved({**hostile.zeros(), "x": hostile.Evil()})
    (spoilt / UNET).write_bytes(evil)
    hub.repos[REPO] = Repo.of(spoilt)
    assert "would run code" in download().refusal
    assert not (models / NAME).exists()
    assert not list(tmp_path.rglob(hostile.MARKER))
    assert not Path(hostile.MARKER).exists()


@pytest.mark.parametrize("plant", [os.symlink, os.link])
def test_a_link_planted_where_a_file_comes_is_removed_and_not_followed(
    hub: Hub, download: Run, staging: Path, tmp_path: Path, plant: Callable[[Path, Path], None]
) -> None:
    letter = tmp_path / "letter"
    letter.write_text("precious")
    (staging / "unet").mkdir(parents=True)
    plant(letter, staging / UNET)
    plant(letter, staging / "model_index.json")
    hub.rules.append(on("/vqvae/diffusion", lambda answering: answering.answer(418)))
    assert "answered 418" in download().refusal
    assert letter.read_text() == "precious"
    assert (staging / UNET).read_bytes() == hub.repos[REPO].files[UNET]


def test_a_folder_planted_as_a_link_is_removed_and_not_followed(
    hub: Hub, download: Run, staging: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    staging.mkdir(parents=True)
    (staging / "unet").symlink_to(outside)
    hub.rules.append(on("/vqvae/diffusion", lambda answering: answering.answer(418)))
    assert "answered 418" in download().refusal
    assert list(outside.iterdir()) == []


def test_a_staging_folder_that_is_a_link_is_refused(
    download: Run, staging: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    staging.parent.mkdir(parents=True)
    staging.symlink_to(outside)
    assert "is a link to another folder" in download().refusal
    assert list(outside.iterdir()) == []


def test_weights_planted_beside_the_download_do_not_become_the_model(
    hub: Hub, download: Run, staging: Path, models: Path
) -> None:
    planted = staging / "unet/diffusion_pytorch_model.safetensors"
    planted.parent.mkdir(parents=True)
    planted.write_bytes(b"evil")
    (staging / "more").mkdir()
    (staging / "more" / "x").write_bytes(b"evil")
    hub.rules.append(on("/vqvae/diffusion", lambda answering: answering.answer(418)))
    assert "answered 418" in download().refusal
    assert not planted.exists()
    assert not (staging / "more").exists()


def test_a_disk_that_takes_no_more_is_told_and_what_has_come_is_kept(
    hub: Hub, download: Run, staging: Path
) -> None:
    # A limit on the size of a file, the nearest there is to a disk that fills up meanwhile.
    limited = ("prlimit", "--fsize=100000")
    refusal = download(before=limited).refusal
    assert "is full" in refusal
    assert "goes on from there" in refusal
    assert (staging / UNET).stat().st_size == 100000
    hub.asked.clear()
    hub.rules.append(on("/vqvae/diffusion", lambda answering: answering.answer(418)))
    assert "answered 418" in download().refusal
    assert hub.ranges() == ["bytes=100000-"]


def test_a_disk_without_room_is_told_before_the_first_byte(
    hub: Hub, download: Run, tmp_path: Path
) -> None:
    mount = 'mkdir -p "$0" && mount -t tmpfs -o size=2m none "$0" && exec "$@"'
    small = ("unshare", "-rm", "sh", "-c", mount, str(tmp_path / "data"))
    if subprocess.run([*small, "true"], capture_output=True, check=False).returncode:
        pytest.skip("a disk of its own needs the right to make name spaces (unshare)")
    refusal = download(before=small).refusal
    assert "of free space" in refusal
    assert "68 MB" in refusal
    assert len(hub.asked) == 1
