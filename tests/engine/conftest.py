"""One small model for all tests of the engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from studio import Studio, local_studio, small_model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a small model."""
    return small_model(tmp_path_factory.mktemp("models") / "small")


@pytest.fixture
def studio(model: Path, tmp_path: Path) -> Studio:
    """Open an engine of this process with the small model."""
    return local_studio(model, tmp_path / "cache")
