"""What tests of the views share: no screen is needed, and a warning of Qt's is a failure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ldm_desktop.core.settings import Theme
from ldm_desktop.ui import theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HERE = Path(__file__).parent
LIMITS_OF_OFFSCREEN = "This plugin does not support"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let no warning of Qt's pass in this folder, but for what the platform cannot do."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))
            item.add_marker(pytest.mark.qt_log_ignore(LIMITS_OF_OFFSCREEN, extend=True))


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """Give the application in its dark clothes."""
    theme.apply(qapp, Theme.DARK)
    return qapp
