"""A toy run of the whole making yields a folder that diffusers loads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import diffusers

STARTER = Path(__file__).resolve().parents[3] / "packaging" / "starter"


def make(work: Path, out: Path, *more: str) -> None:
    """Run the command with toy sizes."""
    command = [
        sys.executable,
        str(STARTER / "make.py"),
        "--work",
        str(work),
        "--out",
        str(out),
        "--toy",
        "--minutes",
        "0.02",
        "--paintings",
        "24",
        "--held-out",
        "24",
        "--samples",
        "8",
        "--size",
        "32",
        "--processes",
        "1",
        *more,
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    assert done.returncode == 0, done.stderr


def test_toy_run_makes_a_loadable_model_and_resumes(tmp_path: Path) -> None:
    import torch

    work, out = tmp_path / "work", tmp_path / "out"
    make(work, out)
    assert (out / "sheet.webp").stat().st_size > 0
    assert "Fréchet" in (out / "README.md").read_text(encoding="utf-8")
    pipeline = diffusers.LDMPipeline.from_pretrained(out)
    pipeline.set_progress_bar_config(disable=True)
    generator = torch.Generator().manual_seed(0)
    image = pipeline(num_inference_steps=2, generator=generator).images[0]
    assert image.size == (32, 32)
    assert pipeline.vqvae.config.scaling_factor == 1.0
    before = (work / "denoiser.pt").stat().st_mtime_ns
    make(work, out, "--stages", "export")
    assert (work / "denoiser.pt").stat().st_mtime_ns == before
