"""The model hub's libraries stay offline and silent; only `hub.guard` opens connections."""

from __future__ import annotations

import os

WORDS = (
    "HF_HUB_OFFLINE",
    "HF_HUB_DISABLE_TELEMETRY",
    "HF_HUB_DISABLE_XET",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN",
    "HF_HUB_DISABLE_PROGRESS_BARS",
    "DO_NOT_TRACK",
)
"""What the libraries read from the environment when they are imported, once and for all."""


def keep_offline() -> None:
    """Keep diffusers and huggingface_hub, imported after this, from connecting by themselves."""
    os.environ.update(dict.fromkeys(WORDS, "1"))
    # A server may put warnings into its answers, and they would be printed as they are.
    os.environ["HF_HUB_VERBOSITY"] = "error"
