"""The engine gives way to whatever else the person does on this machine."""

from __future__ import annotations

import os
import sys

NICENESS = 10
BELOW_NORMAL_PRIORITY_CLASS = 0x4000


def lower_priority() -> None:
    """Give this process a lower priority; its threads must be started afterwards."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.SetPriorityClass.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(NICENESS)
