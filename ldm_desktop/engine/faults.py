"""What an exception out of the engine's work means: no memory, a lost device, or a bug."""

from __future__ import annotations

import torch


def device_lost(error: Exception) -> bool:
    """Say whether nothing more can be done on a GPU in this process."""
    return isinstance(error, torch.AcceleratorError) and not out_of_memory(error)


def out_of_memory(error: Exception) -> bool:
    """Say whether a smaller piece of work might have succeeded."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    words = ("can't allocate memory", "not enough memory", "out of memory")
    return isinstance(error, RuntimeError) and any(word in str(error) for word in words)


def bug(error: Exception) -> str:
    """Say in a sentence that this should not have happened."""
    return f"This is a bug in LDM Desktop ({type(error).__name__}: {error}); please report it."
