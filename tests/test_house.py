"""The house is in order: short files, documented packages, nothing of one machine or one host."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST_FILE = 400
# Put together from parts, so that this file does not find itself.
FOREIGN = re.compile(
    "|".join(
        [
            r"(?<![\w./-])/(?:" + r"work|opt/(?:pypi|wheels)|home/\w|root/|Users/\w" + r")",
            r"(?:pypi|pythonhosted|anaconda)" + r"\.org",
            r"(?:download|data)\.pytorch" + r"\.org",
            r"registry\.npmjs" + r"\.org",
        ]
    )
)


def tracked() -> list[Path]:
    """Give the files under version control, and those that will be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout")
    return [path for name in done.stdout.split("\0") if (path := ROOT / name).is_file()]


def texts() -> dict[str, str]:
    """Give the text files by their names."""
    found = {}
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:8192]:
            found[path.relative_to(ROOT).as_posix()] = data.decode("utf-8")
    return found


def test_no_file_is_so_long_that_a_second_subject_hides_in_it() -> None:
    lines = {
        name: text.count("\n")
        for name, text in texts().items()
        if name.startswith("ldm_desktop/") and name.endswith(".py")
    }
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_no_file_names_a_place_on_one_machine_or_the_host_of_a_registry() -> None:
    found = {name: match[0] for name, text in texts().items() if (match := FOREIGN.search(text))}
    assert found == {}


def test_every_package_says_what_it_is() -> None:
    packages = [path for path in tracked() if path.name == "__init__.py"]
    assert ROOT / "ldm_desktop" / "__init__.py" in packages
    assert [path for path in packages if not ast.get_docstring(ast.parse(path.read_bytes()))] == []
