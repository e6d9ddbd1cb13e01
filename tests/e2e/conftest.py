"""One desktop for all tests in a real window; where its programs are missing, they are skipped."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from desktop import Desktop, Start, missing


@pytest.fixture(scope="session")
def display() -> Iterator[Desktop]:
    """Give a desktop with a display, a session bus and accessibility."""
    lacking = missing()
    # Where everything has to hold, nothing is skipped over.
    if lacking and not os.environ.get("CI"):
        pytest.skip(f"a real window needs {', '.join(lacking)}: packaging/linux/setup.sh dev")
    assert not lacking, f"packaging/linux/setup.sh dev did not install {lacking}"
    with Desktop() as desktop:
        yield desktop


@pytest.fixture
def start(display: Desktop, tmp_path: Path) -> Iterator[Start]:
    """Start the application (again), and end it after the test."""
    start = Start(display, tmp_path)
    yield start
    for application in start.started:
        application.kill()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Show the windows of a test that fails: what is in them, and what they have logged."""
    report = yield
    start = getattr(item, "funcargs", {}).get("start")
    if report.failed and isinstance(start, Start):
        for application in start.started:
            report.sections.append(("application", application.describe()))
    return report
