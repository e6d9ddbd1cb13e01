"""A stand-in for the `models` commands: it prints what a test wrote down for a verb, and ends.

    StandIn(folder).will("download", [event, …], stderr="…", code=1, wait=True)

`wait` lets it go on until it is asked to end, as a download does; `deaf` lets it not listen.
Run as a script it is that command: `python standin.py FOLDER VERB …`.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

STARTER: dict[str, Any] = {
    "name": "landscapes",
    "size": [128, 128],
    "bytes": 26_400_000,
    "licence": "apache-2.0",
    "source": "",
    "commit": "",
    "added": "",
    "fingerprint": "",
    "shipped": True,
    "samples": [],
    "seconds_a_picture": None,
    "state": "unrecorded",
}
FACES: dict[str, Any] = {
    "name": "ldm-celebahq-256",
    "folder": "/nowhere/ldm-celebahq-256",
    "size": [256, 256],
    "bytes": 1_317_600_000,
    "licence": "apache-2.0",
    "source": "CompVis/ldm-celebahq-256",
    "commit": "03978f22272a3c2502da709c3940e227c9714bdd",
    "added": "2026-11-23T09:30:00+00:00",
    "fingerprint": "5f3a9c21" * 8,
    "shipped": False,
    "samples": [],
    "seconds_a_picture": {"seconds": [16.2, 15.8, 15.9, 16.0], "device": "cpu", "dtype": "float32"},
    "state": "recorded",
}
PLAN: dict[str, Any] = {
    "repo": "CompVis/ldm-celebahq-256",
    "commit": "03978f22272a3c2502da709c3940e227c9714bdd",
    "name": "ldm-celebahq-256",
    "licence": "apache-2.0",
    "licence_note": "Apache 2.0: use, change and share it; keep the notice.",
    "bytes": 1_317_600_000,
    "there": 0,
    "needs": 2_700_000_000,
    "free": 45_000_000_000,
    "files": [{"name": "unet/diffusion_pytorch_model.bin", "bytes": 1_096_400_000}],
    "installed": False,
}


def progress(done: int, total: int, stage: str = "downloading", **more: Any) -> dict[str, Any]:
    """Give an event of progress."""
    event = {"event": "progress", "stage": stage, "file": "unet.bin", "done": done, "total": total}
    return {**event, "seconds_left": 74.0, **more}


class StandIn:
    """What the commands will do, kept in a folder; `calls` are the words they were given."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, words: Sequence[str]) -> list[str]:
        """Give the command line for an order, as `models_command` does."""
        return [sys.executable, __file__, str(self._folder), *words]

    def will(self, verb: str, lines: Sequence[Any] = (), **how: Any) -> None:
        """Write down what a verb does from now on."""
        part = self._folder / f"{verb}.part"
        part.write_text(json.dumps({"lines": list(lines), **how}))
        part.replace(self._folder / f"{verb}.json")

    def calls(self, verb: str) -> list[list[str]]:
        """Give the words of each call of a verb, without the verb."""
        log = self._folder / "calls"
        lines = log.read_text().splitlines() if log.exists() else []
        calls = [json.loads(line) for line in lines]
        return [words for first, *words in calls if first == verb]


def _main(folder: Path, words: list[str]) -> int:
    with (folder / "calls").open("a") as log:
        log.write(json.dumps(words) + "\n")
    file = folder / f"{words[0]}.json"
    does = json.loads(file.read_text()) if file.exists() else {"lines": []}
    if does.get("leashed"):
        sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
        from ldm_desktop.cli import leash

        leash.hold()
    if does.get("deaf"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for line in does["lines"]:
        print(line if isinstance(line, str) else json.dumps(line), flush=True)
    if does.get("stderr"):
        print(does["stderr"], file=sys.stderr, flush=True)
    end = time.monotonic() + 60
    while does.get("wait") and time.monotonic() < end:
        time.sleep(0.05)
    return int(does.get("code", 0))


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1]), sys.argv[2:]))
