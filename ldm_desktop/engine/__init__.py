"""The denoising engine: torch and diffusers, no Qt, no files of the gallery."""
