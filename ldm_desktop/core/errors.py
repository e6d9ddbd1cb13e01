"""Trouble that a person can act on; everything else is a bug and keeps its traceback."""

from __future__ import annotations


class KnownError(Exception):
    """One sentence for an artist: what is wrong, why, and what to do."""


class BadArgumentError(KnownError):
    """What was asked for is impossible as it was asked; nothing has been started."""


class ModelError(KnownError):
    """A model folder that is broken, hostile or of a kind that is not supported."""


class NotEnoughMemoryError(KnownError):
    """The picture does not fit into the memory that is free."""
