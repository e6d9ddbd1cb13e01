"""A model comes in from a hub: whole, checked, recorded, and going on where it was interrupted."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hub_server import COMMIT, PIECE, Answering, Hub, on, sha256

from ldm_desktop.hub import record

Run = Callable[..., Any]
REPO = "someone/tiny-landscapes"
NAME = "tiny-landscapes"
UNET = "unet/diffusion_pytorch_model.bin"


def is_whole(models: Path, hub: Hub, ended: Any) -> bool:
    """Say whether the model is at hand as it was published, but for its weights' format."""
    files = hub.repos[REPO].files
    kept = [name for name in files if name.endswith((".json", ".md"))]
    assert ended.code == 0, ended.err
    known = record.read(models / NAME)
    assert known
    assert (known.source, known.commit, known.licence) == (REPO, COMMIT, "apache-2.0")
    recorded = {file.name: file.sha256 for file in known.files}
    return all(recorded[name] == sha256(files[name]) for name in kept)


def half(answering: Answering) -> bytes:
    """Send the first half of a file, announcing all of it; give the rest."""
    hub = answering.server.hub
    data = hub.blob(answering.path.removeprefix("/cdn/"))
    answering.begin(200, Content_Length=str(len(data)))
    answering.wfile.write(data[: len(data) // 2])
    answering.wfile.flush()
    return data[len(data) // 2 :]


def send_half(answering: Answering) -> None:
    """Cut the connection in the middle of a file."""
    half(answering)
    answering.cut()


@pytest.fixture
def stuck(hub: Hub) -> threading.Event:
    """Let the first large file stop in its middle until the event; later ones are whole."""
    go_on = threading.Event()

    def send(answering: Answering) -> None:
        rest = half(answering)
        go_on.wait(30)
        answering.wfile.write(rest)

    hub.rules.append(on("/cdn/", send, times=1))
    return go_on


def test_a_published_model_comes_in_converted_and_recorded(
    download: Run, hub: Hub, models: Path, staging: Path, run: Run
) -> None:
    hub.repos[REPO].files |= {"unet/extra.ckpt": b"not wanted", "LICENSE.md": b"As you like."}
    ended = download()
    assert is_whole(models, hub, ended)
    assert not staging.exists()
    assert not list(models.rglob("*.bin"))
    assert not [asked for asked in hub.asked if "extra" in asked.path]
    plan, done = ended.events("plan")[0], ended.events("done")[0]["model"]
    assert plan["commit"] == COMMIT
    assert (done["name"], done["source"], done["state"]) == (NAME, REPO, "recorded")
    assert "apache-2.0" in ended.err.splitlines()[0]
    stages = [event["stage"] for event in ended.events("progress")]
    assert stages[0] == "downloading"
    loading = [event for event in ended.events("progress") if event["stage"] == "downloading"]
    assert loading[-1]["done"] == loading[-1]["total"] == plan["bytes"]
    assert run("list").lines[-1] == done
    before = len(hub.asked)
    again = download()
    assert again.events("done")[0]["model"] == done
    assert "nothing was fetched" in again.err
    assert len(hub.asked) == before + 1
    assert again.events("plan")[0]["installed"] is True


def test_a_cut_download_goes_on_by_itself_where_it_was_cut(
    download: Run, hub: Hub, models: Path
) -> None:
    hub.rules.append(on("/cdn/", send_half, times=1))
    ended = download()
    assert is_whole(models, hub, ended)
    size = len(hub.repos[REPO].files[UNET])
    assert hub.ranges() == ["", f"bytes={size // 2}-", ""]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_download_that_was_ended_goes_on_at_its_next_start(
    start: Run,
    download: Run,
    hub: Hub,
    models: Path,
    staging: Path,
    run: Run,
    stuck: threading.Event,
    number: signal.Signals,
) -> None:
    size = len(hub.repos[REPO].files[UNET])
    command = start("download", REPO, "--no-samples")
    command.until(lambda: (staging / UNET).exists() and (staging / UNET).stat().st_size > PIECE)
    ended = command.end_by(number)
    assert ended.code in (-number, 128 + number)
    assert ended.err.count("\n") <= 1
    have = (staging / UNET).stat().st_size
    assert 0 < have <= size // 2
    assert not (models / NAME).exists()
    stuck.set()
    planned = run("plan", REPO).lines[0]
    assert planned["there"] >= have
    assert is_whole(models, hub, download())
    assert hub.ranges() == ["", f"bytes={have}-", ""]


def test_ctrl_c_ends_a_silent_download_within_a_second(
    start: Run, staging: Path, stuck: threading.Event
) -> None:
    command = start("download", REPO, "--no-samples")
    command.until(lambda: (staging / UNET).exists() and (staging / UNET).stat().st_size)
    before = os.times().elapsed
    command.end_by(signal.SIGINT)
    assert os.times().elapsed - before < 1


def test_of_two_downloads_of_a_model_the_second_is_refused(
    start: Run, download: Run, hub: Hub, models: Path, staging: Path, stuck: threading.Event
) -> None:
    first = start("download", REPO, "--no-samples")
    first.until(lambda: (staging / UNET).exists() and (staging / UNET).stat().st_size)
    assert "just being downloaded by another" in download().refusal
    stuck.set()
    assert is_whole(models, hub, first.wait())


def test_what_a_power_cut_has_spoilt_is_fetched_again(
    download: Run, hub: Hub, models: Path, staging: Path
) -> None:
    (staging / UNET).parent.mkdir(parents=True)
    (staging / UNET).write_bytes(bytes(1000))
    assert is_whole(models, hub, download())
    assert hub.ranges() == ["bytes=1000-", "", ""]


def test_a_server_that_knows_no_ranges_sends_all_of_it_again(
    download: Run, hub: Hub, models: Path, staging: Path
) -> None:
    (staging / UNET).parent.mkdir(parents=True)
    (staging / UNET).write_bytes(hub.repos[REPO].files[UNET][:1000])

    def whole(answering: Answering) -> None:
        answering.answer(200, hub.repos[REPO].files[UNET])

    hub.rules.append(on("/cdn/", whole, times=1))
    assert is_whole(models, hub, download())


@pytest.mark.parametrize("status", [429, 500, 503])
@pytest.mark.parametrize("where", ["/api/", "/resolve/", "/cdn/"])
def test_a_hub_that_is_busy_once_is_asked_again(
    download: Run, hub: Hub, staging: Path, status: int, where: str
) -> None:
    busy = on(where, lambda answering: answering.answer(status, Retry_After="1"), times=1)
    # What comes after it is another test's.
    broken = on("/vqvae/diffusion", lambda answering: answering.answer(418))
    hub.rules += [busy, broken]
    ended = download()
    assert "answered 418" in ended.refusal
    assert "trying again" in ended.err
    assert (staging / UNET).read_bytes() == hub.repos[REPO].files[UNET]


def test_a_slow_hub_is_waited_for(download: Run, hub: Hub, models: Path) -> None:
    def drip(answering: Answering) -> None:
        data = hub.blob(answering.path.removeprefix("/cdn/"))
        answering.begin(200, Content_Length=str(len(data)))
        step = len(data) // 5 + 1
        for first in range(0, len(data), step):
            threading.Event().wait(0.9)
            answering.wfile.write(data[first : first + step])
            answering.wfile.flush()

    hub.rules.append(on("/cdn/", drip, times=1))
    ended = download()
    assert is_whole(models, hub, ended)
    left = [event["seconds_left"] for event in ended.events("progress")]
    assert any(left)


def test_safetensors_are_taken_where_they_are_published(
    run: Run, hub: Hub, published: Path
) -> None:
    files = hub.repos[REPO].files
    for part in ("unet", "vqvae"):
        files[f"{part}/diffusion_pytorch_model.safetensors"] = b"weights"
        files[f"{part}/diffusion_pytorch_model.fp16.safetensors"] = b"weights"
    files["LICENSE.md"] = b"Do as you like."
    planned = run("plan", REPO).lines[0]
    assert {file["name"] for file in planned["files"]} == {
        "model_index.json",
        "scheduler/scheduler_config.json",
        "unet/config.json",
        "unet/diffusion_pytorch_model.safetensors",
        "vqvae/config.json",
        "vqvae/diffusion_pytorch_model.safetensors",
        "README.md",
        "LICENSE.md",
    }
    # Nothing is converted, so no copy needs room.
    assert planned["needs"] == planned["bytes"]


def test_a_commit_is_pinned_and_another_revision_is_another_plan(run: Run, hub: Hub) -> None:
    planned = run("plan", REPO, "--revision", "v1").lines[0]
    assert planned["commit"] == COMMIT
    assert hub.asked[-1].path.endswith("/revision/v1")
    assert run("plan", f"{hub.address}/{REPO}").lines[0]["repo"] == REPO


def test_the_licence_is_told_as_what_it_means(run: Run, hub: Hub) -> None:
    notes = {}
    for licence in ("cc-by-nc-4.0", "made-up", ""):
        hub.repos[REPO].licence = licence
        notes[licence] = run("plan", REPO).lines[0]["licence_note"]
    assert "forbids commercial use" in notes["cc-by-nc-4.0"]
    assert "read at" in notes["made-up"]
    assert "name no licence" in notes[""]
    assert all(f"{hub.address}/{REPO}" in note for note in notes.values())


def test_a_token_is_sent_only_if_it_was_set_and_only_to_the_hub(
    run: Run, hub: Hub, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text("hf_from_a_file")
    run("plan", REPO, environment={"HF_TOKEN_PATH": str(tmp_path / "token")})
    assert "authorization" not in {name.lower() for name in hub.asked[-1].headers}
    run("plan", REPO, environment={"HF_TOKEN": "hf_secret"})
    sent = {name.lower(): value for name, value in hub.asked[-1].headers.items()}
    assert sent["authorization"] == "Bearer hf_secret"
    assert sent["user-agent"].startswith("ldm-desktop/")
    assert "torch" not in sent["user-agent"]


def test_the_events_are_what_the_window_reads(run: Run) -> None:
    from ldm_desktop.session.model_news import read_plan

    planned = read_plan(json.loads(run("plan", REPO).out))
    assert (planned.repo, planned.commit, planned.installed) == (REPO, COMMIT, False)
    assert planned.free > planned.bytes > 0
