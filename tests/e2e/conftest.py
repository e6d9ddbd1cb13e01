"""One desktop for all tests in a real window."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from desktop import Desktop, missing
from window import Start, Window


@pytest.fixture(scope="session")
def display() -> Iterator[Desktop]:
    """Give a desktop with a display, a session bus and accessibility."""
    lacking = missing()
    assert not lacking, f"{lacking} are missing: run `bash packaging/linux/setup.sh dev`"
    with Desktop() as desktop:
        yield desktop


@pytest.fixture
def start(display: Desktop, tmp_path: Path) -> Iterator[Start]:
    """Start the application (again), and end it after the test."""
    start = Start(display, tmp_path)
    yield start
    for application in start.started:
        application.kill()


@pytest.fixture(scope="module")
def studio(display: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Give a window that the tests of a file share, with an engine that has nothing to do."""
    start = Start(display, tmp_path_factory.mktemp("studio"))
    window = start()
    window.until_ready()
    yield window
    window.kill()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Show the windows of a test that fails: what is in them, and what they have logged."""
    report = yield
    if report.failed:
        for application in _windows(getattr(item, "funcargs", {}).values()):
            report.sections.append(("application", application.describe()))
    return report


def _windows(fixtures: Iterable[object]) -> Iterator[Window]:
    for fixture in fixtures:
        if isinstance(fixture, Start):
            yield from fixture.started
        elif isinstance(fixture, Window):
            yield fixture
