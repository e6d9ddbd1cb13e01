"""Commands that end with the program that runs them, and the places that it names."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ldm_desktop.cli import leash, place

HELD = """
import argparse, sys, time
from ldm_desktop.cli import leash
parser = argparse.ArgumentParser()
leash.add_argument(parser)
parser.parse_args(sys.argv[1:])
print("ready", flush=True)
time.sleep(60)
"""


def held(*words: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", HELD, *words]
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_a_leashed_command_ends_as_by_sigterm_when_its_input_ends() -> None:
    with held(leash.OPTION) as process:
        assert process.stdin
        process.stdin.write("what comes in is nothing to it\n")
        process.stdin.close()
        assert process.wait(30) == -signal.SIGTERM


def test_another_one_does_not_care_for_its_input() -> None:
    with held() as process:
        assert process.stdin
        process.stdin.close()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)
        process.kill()


def test_the_folder_of_models_can_be_another(tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    place.add_arguments(parser)
    data = ["--data-dir", str(tmp_path)]
    usual = place.folders_of(parser.parse_args(data))
    assert usual.models == tmp_path / "models"
    other = place.folders_of(parser.parse_args([*data, "--models", str(tmp_path / "other")]))
    assert (other.models, other.cache) == (tmp_path / "other", usual.cache)
