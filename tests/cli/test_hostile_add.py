"""Whatever `models add` is given: no code of it runs, nothing is written but among the models."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile import CASES, MARKER
from models import make_tiny_model

SECONDS = 30
MEGABYTES = 1024

CHILD = """
import contextlib, io, json, os, pathlib, resource, signal, sys, time
from ldm_desktop.cli.main import main
import ldm_desktop.engine.convert

touched, listening = [], [False]
CHANGES = {"os.rename", "os.mkdir", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.truncate",
           "os.chmod", "os.chown", "shutil.rmtree", "shutil.move"}
CODE = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.connect",
        "socket.bind", "ctypes.dlopen", "webbrowser.open"}

def hear(event, values):
    if not listening[0]:
        return
    if event == "open" and values[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        touched.append([event, os.path.abspath(os.fsdecode(values[0]))])
    elif event in CHANGES:
        names = [value for value in values if isinstance(value, str)]
        touched.extend([event, os.path.abspath(name)] for name in names)
    elif event in CODE or event == "import" and values[0] in ("planted", "evil", "pipeline"):
        touched.append([event, ""])

def memory(name):
    status = pathlib.Path("/proc/self/status").read_text().split(name + ":")[1]
    return int(status.split()[0]) / 1024

def add(folder):
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        code = main(["models", "add", folder, "--data-dir", "data", "--no-samples"])
    return code, said.getvalue()

sys.addaudithook(hear)
assert add(sys.argv[3])[0] == 0
listening[0] = True
for folder in sys.argv[4:]:
    signal.alarm(int(sys.argv[1]))
    pathlib.Path("/proc/self/clear_refs").write_text("5")
    touched.clear()
    before, start = memory("VmRSS"), time.monotonic()
    code, said = add(folder)
    seconds, grown = time.monotonic() - start, memory("VmHWM") - before
    print(json.dumps([code, said, seconds, grown, touched]), flush=True)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a good model, and with what code in a model would run."""
    here = tmp_path_factory.mktemp("hostile")
    (here / "planted.py").write_text(f"open({MARKER!r}, 'w').close()")
    make_tiny_model(here / "good")
    return here


@pytest.fixture(scope="module")
def answers(place: Path) -> dict[str, Any]:
    """Give what one process answered to all of them: code, words, seconds, megabytes, touched."""
    if sys.platform != "linux":
        pytest.skip("memory is measured through /proc")
    folders = [place / "good"]
    for name, (spoil, _) in CASES.items():
        folders.append(make_tiny_model(place / name, seed=7))
        spoil(folders[-1])
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(SECONDS), str(MEGABYTES), *map(str, folders)],
        cwd=place,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert child.returncode == 0, child.stdout[-500:] + child.stderr
    return dict(zip(CASES, map(json.loads, child.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_it_does_not_come_in(answers: dict[str, Any], place: Path, name: str) -> None:
    code, said, seconds, megabytes, touched = answers[name]
    assert code == 1, said
    assert said.startswith(f"ldm-desktop: The model {name!r} cannot be used: ")
    assert CASES[name][1] in said
    assert said.endswith(".\n")
    assert said.count("\n") == 1
    assert seconds < SECONDS
    assert megabytes < MEGABYTES
    assert [one for one in touched if not one[1].startswith(f"{place / 'data'}/")] == []


def test_nothing_has_come_of_any_of_them(answers: dict[str, Any], place: Path) -> None:
    assert len(answers) > 70
    assert not (place / MARKER).exists()
    models = place / "data" / "models"
    assert sorted(path.name for path in models.iterdir()) == [".incoming", "good"]
    assert [path.name for path in (models / ".incoming").iterdir()] == ["lock"]
