"""The denoising engine: torch and diffusers, no Qt, no files of the gallery."""

from ldm_desktop.core.offline import keep_offline

keep_offline()
