"""LDM Desktop: explore the seeds of latent diffusion models, offline."""

__version__ = "0.1.0"
