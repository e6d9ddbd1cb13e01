"""What all tests share: they speak English, and `samples` and `strategies` can be imported."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

sys.path.insert(0, str(Path(__file__).parent))
# Small models gain nothing from more threads, and lose much on a machine that is busy otherwise.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# Widgets are tested without a screen; `tests/e2e` opens real windows on a display of its own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let somebody with time kill more processes than every run does."""
    parser.addoption("--kills", default="200", help="how many processes test_crash kills")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Let each test begin in English, whatever this computer or another test speaks."""
    QLocale.setDefault(QLocale("en"))
    yield
    application = QCoreApplication.instance()
    for translator in application.findChildren(QTranslator) if application else []:
        QCoreApplication.removeTranslator(translator)
        translator.deleteLater()
