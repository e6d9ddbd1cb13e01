"""What a person installs is complete, and works from any folder."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import PySide6
import pytest

from ldm_desktop.cli import main as cli

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "resources" / "models"
RUN = "bash packaging/linux/ldm-desktop"


def pip(*arguments: str) -> None:
    """Run pip without the network."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def python(folder: Path, *arguments: str, path: Path | None = None) -> str:
    """Run Python in another folder, perhaps with packages installed under `path`."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    if path:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def examples() -> list[str]:
    """Give README's command lines."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).splitlines()
    return [line for line in lines if line.startswith((RUN, "ldm-desktop"))]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", ".", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder))
    (file,) = folder.glob("*.whl")
    return file


def test_the_wheel_holds_the_package_its_licence_and_nothing_of_ours_besides(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    (information,) = tops - {"ldm_desktop"}
    assert information.endswith(".dist-info")
    assert f"{information}/licenses/LICENSE" in names
    assert "ldm_desktop/cli/main.py" in names
    foreign = re.compile(r"__pycache__|(^|/)(tests?|conftest)[/_.]")
    assert not [name for name in names if foreign.search(name)]


def test_the_wheel_holds_the_models_that_ship(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    ours = {path.relative_to(ROOT).as_posix() for path in MODELS.rglob("*") if path.is_file()}
    assert {f"ldm_desktop/{name}" for name in ours} <= names


def test_the_wheel_holds_what_the_window_shows(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("icons", "translations"):
        paths = (ROOT / "resources" / folder).rglob("*")
        ours = {path.relative_to(ROOT).as_posix() for path in paths if path.is_file()}
        assert ours
        assert {f"ldm_desktop/{name}" for name in ours} <= names


def test_the_installed_wheel_works_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    target, elsewhere = tmp_path / "target", tmp_path / "elsewhere"
    elsewhere.mkdir()
    pip("install", str(wheel), "--no-deps", "--no-index", "--target", str(target))
    version = python(elsewhere, "-m", "ldm_desktop", "--version", path=target)
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    code = "import ldm_desktop; from ldm_desktop.core import paths; print(paths.resources())"
    resources = Path(python(elsewhere, "-c", code, path=target))
    if any(MODELS.rglob("model_index.json")):
        assert resources == target / "ldm_desktop" / "resources"
        assert list(resources.glob("models/*/model_index.json"))


def test_a_front_end_starts_without_torch_and_without_qt(tmp_path: Path) -> None:
    code = (
        "import sys, ldm_desktop.cli.main, ldm_desktop.worker.client, ldm_desktop.gallery.files;"
        "print(sorted({'torch', 'diffusers', 'numpy', 'PySide6'} & set(sys.modules)))"
    )
    assert python(tmp_path, "-c", code) == "[]"


def test_the_window_runs_without_torch_and_paints_without_pillow(tmp_path: Path) -> None:
    code = (
        "import sys, ldm_desktop.app;"
        "print(sorted({'torch', 'diffusers', 'numpy', 'PIL', 'scipy'} & set(sys.modules)))"
    )
    assert python(tmp_path, "-c", code) == "[]"


def test_readme_shows_commands() -> None:
    assert examples()[0] == RUN
    assert len(examples()) > 10


@pytest.mark.parametrize("line", examples()[1:])
def test_the_command_line_understands_readme(line: str) -> None:
    words = shlex.split(line.removeprefix("bash packaging/linux/"), comments=True)
    options = cli._parser(words[1:]).parse_args(words[1:])
    assert callable(options.run)


def test_readme_refers_to_what_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)]+)\)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_constraints_name_a_version_of_everything_we_ask_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    asked = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    own = project["project"]["name"]
    asked += [name for extra in extras for name in extra if not name.startswith(own)]
    text = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8")
    pinned = {normal(key) for key in re.findall(r"^([\w.-]+)==[\w.]+$", text, re.MULTILINE)}
    assert {normal(re.split(r"[^\w.-]", name)[0]) for name in asked} <= pinned


def normal(name: str) -> str:
    """Give a package's name as all spellings of it are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.skipif(sys.platform != "linux", reason="the set-up is for Linux")
@pytest.mark.parametrize("there", [True, False])
def test_set_up_asks_for_what_is_missing_and_nothing_else(there: bool) -> None:
    text = (ROOT / "packaging" / "linux" / "setup.sh").read_text(encoding="utf-8")
    # The part that looks, without the part that acts.
    looking = text[text.index("WINDOW_LIBRARIES=") : text.index("install_system_packages() {")]
    known = "".join(f"{name} (libc6) => /lib/{name}\n" for name in libraries(text) if there)
    script = f"""
        set -euo pipefail; python={shlex.quote(sys.executable)}; extra=dev
        ldconfig() {{ echo {shlex.quote(known)}; }}
        find() {{ echo {"a-font.ttf" if there else ""}; }}
        command() {{ {str(there).lower()}; }}
        {looking}
        find_missing; echo "${{#missing_for_window[@]}} ${{#missing_for_tests[@]}}"
    """
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    assert done.stdout.split() == (["0", "0"] if there else [f"{len(libraries(text)) + 1}", "6"])


def libraries(script: str) -> list[str]:
    """Give the libraries that the set-up looks for."""
    return re.findall(r"\b(lib[\w.-]+\.so\.\d+)=", script)


def test_set_up_looks_for_what_qt_asks_for() -> None:
    if sys.platform != "linux" or shutil.which("objdump") is None:
        pytest.skip("needs objdump")
    script = (ROOT / "packaging" / "linux" / "setup.sh").read_text(encoding="utf-8")
    qt = Path(PySide6.__file__).parent / "Qt"
    files = [qt / "plugins/platforms/libqxcb.so", *qt.glob("lib/libQt6[GWND]*.so.6")]
    command = ["objdump", "-p", *map(str, files)]
    needed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wanted = set(re.findall(r"NEEDED\s+(lib(?:xcb-|xkb|EGL|GL\.|dbus|font)\S+)", needed))
    # These come with libxcb-image and libxcb1's own dependents everywhere.
    assert wanted - set(libraries(script)) <= {"libxcb-render.so.0", "libxcb-util.so.1"}


def test_set_up_refuses_an_extra_that_does_not_exist() -> None:
    if sys.platform != "linux":
        pytest.skip("the set-up is for Linux")
    command = ["bash", str(ROOT / "packaging" / "linux" / "setup.sh"), "nonsense"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no extra 'nonsense'" in done.stderr
