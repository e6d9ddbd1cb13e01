"""The denoising engine: torch and diffusers, no Qt, no files of the gallery."""

import os

from ldm_desktop.core.offline import keep_offline

keep_offline()
# Read when torch is loaded. By default its threads spin for milliseconds where they wait for one
# another: on a machine with other work they take the time from the one they wait for, and a step
# takes up to ten times as long. So they spin for microseconds, and then sleep.
os.environ.setdefault("GOMP_SPINCOUNT", "10000")
