"""Make the starter model: paint, train the autoencoder, train the denoiser, evaluate, export.

    python packaging/starter/make.py --work DIR [--minutes N] [--out FOLDER]

Every stage keeps its result in the work folder and continues from there when run again.
"""

from __future__ import annotations

import argparse
import logging
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from autoencoder import (
    AutoencoderPlan,
    build_autoencoder,
    prepare_axes,
    to_tensor,
    train_autoencoder,
)
from denoiser import DenoiserPlan, averaged, build_denoiser, train_denoiser
from diffusers import UNet2DModel, VQModel
from evaluate import Figures, evaluate, make_samples, save_sheet
from export import Story, export_model, write_card
from paintings import HELD_OUT_SEED, TRAIN_SEED, load_set, paint_set
from team import Team, run_team
from training import load_checkpoint, newer

log = logging.getLogger("make")
STAGES = ("paint", "autoencoder", "denoiser", "evaluate", "export")


@dataclass(frozen=True)
class Plan:
    """Sizes of the whole making."""

    work: Path
    out: Path
    paintings: int
    held_out: int
    samples: int
    size: int
    hardware: str
    note: str
    processes: int
    autoencoder: AutoencoderPlan
    denoiser: DenoiserPlan
    autoencoder_until: float | None = None
    denoiser_until: float | None = None


def paint_stage(plan: Plan) -> None:
    """Paint the training and the held-out pictures."""
    folder = plan.work / "paintings"
    paint_set(folder / "train", plan.paintings, TRAIN_SEED, plan.size)
    paint_set(folder / "held-out", plan.held_out, HELD_OUT_SEED, plan.size)


def autoencoder_stage(plan: Plan) -> None:
    """Train the autoencoder."""
    run_team(plan.processes, _autoencoder_work, plan)


def _autoencoder_work(plan: Plan, team: Team) -> None:
    pictures = load_set(plan.work / "paintings" / "train")
    train_autoencoder(pictures, plan.work, plan.autoencoder, plan.autoencoder_until, team)


def load_autoencoder(plan: Plan) -> VQModel:
    """The autoencoder as its last checkpoint has it, with averaged weights."""
    model = build_autoencoder(plan.autoencoder)
    state = load_checkpoint(plan.work / "autoencoder.pt")
    if state is not None:
        model.load_state_dict(state["average"])
    return model.eval()


def load_denoiser(plan: Plan) -> UNet2DModel:
    """The denoiser as its last checkpoint has it, averaged; untrained where there is none."""
    state = load_checkpoint(plan.work / "denoiser.pt")
    if state is None:
        return build_denoiser(plan.denoiser, plan.size // 4).eval()
    return averaged(plan.denoiser, state["average"], plan.size // 4)


def load_latents(plan: Plan) -> torch.Tensor:
    """Latents (N, 3, H, W) float16 of the training pictures, computed once."""
    path = plan.work / "latents.npy"
    if not path.exists():
        pictures = load_set(plan.work / "paintings" / "train")
        axes = prepare_axes(pictures, plan.work)
        parts = [
            axes.latents(to_tensor(pictures[i : i + 512])).half().numpy()
            for i in range(0, len(pictures), 512)
        ]
        np.save(path, np.concatenate(parts))
    return torch.from_numpy(np.load(path))


def denoiser_stage(plan: Plan) -> None:
    """Train the denoiser, saving sheets of samples on the way."""
    load_latents(plan)
    run_team(plan.processes, _denoiser_work, plan)


def _denoiser_work(plan: Plan, team: Team) -> None:
    latents = load_latents(plan)
    autoencoder = load_autoencoder(plan)

    def show(model: UNet2DModel) -> None:
        samples = make_samples(model, autoencoder, list(range(16)), 16)
        save_sheet(samples, plan.work / "now.png", 4)

    train_denoiser(latents, plan.work, plan.denoiser, plan.denoiser_until, show, team)


def _sample_work(plan: Plan, team: Team) -> None:
    autoencoder, denoiser = load_autoencoder(plan), load_denoiser(plan)
    folder = plan.work / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    starts = range(0, plan.samples, 64)
    for start in starts[team.place :: team.size]:
        path = folder / f"{start:06d}.npy"
        if not newer(path, plan.work / "autoencoder.pt", plan.work / "denoiser.pt"):
            seeds = list(range(start, min(start + 64, plan.samples)))
            pictures = make_samples(denoiser, autoencoder, seeds)
            partial = folder / f"{start:06d}.partial.npy"
            np.save(partial, pictures)
            partial.replace(path)


def evaluate_stage(plan: Plan) -> None:
    """Sample, measure, and write figures and the sheet of seeds 0 to 63."""
    run_team(plan.processes, _sample_work, plan)
    samples = load_set(plan.work / "samples")[: plan.samples]
    plan.out.mkdir(parents=True, exist_ok=True)
    save_sheet(samples[:64], plan.out / "sheet.webp", 8)
    held_out = load_set(plan.work / "paintings" / "held-out")
    figures = evaluate(load_autoencoder(plan), held_out, samples, plan.work)
    figures.save(plan.work / "figures.json")
    log.info("%s", figures)


def export_stage(plan: Plan) -> None:
    """Write the diffusers folder and its model card."""
    autoencoder, denoiser = load_autoencoder(plan), load_denoiser(plan)
    first = load_checkpoint(plan.work / "autoencoder.pt") or {"elapsed": 0.0}
    second = load_checkpoint(plan.work / "denoiser.pt") or {"elapsed": 0.0, "step": 0, "views": 0}
    story = Story(
        plan.paintings,
        first["elapsed"] / 60,
        second["elapsed"] / 60,
        second["step"],
        second["views"],
        plan.hardware,
        plan.note,
    )
    card = write_card(autoencoder, denoiser, story, Figures.load(plan.work / "figures.json"))
    size = export_model(autoencoder, denoiser, plan.out, card)
    log.info("exported %.1f MB to %s", size / 1e6, plan.out)


def read_plan(arguments: list[str] | None = None) -> tuple[Plan, list[str]]:
    """The plan and the stages that a command line asks for."""
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True, help="folder for data and checkpoints")
    parser.add_argument("--out", type=Path, default=root / "resources" / "models" / "landscapes")
    parser.add_argument("--minutes", type=float, default=106, help="both trainings together")
    parser.add_argument("--paintings", type=int, default=20_480)
    parser.add_argument("--held-out", type=int, default=4_608)
    parser.add_argument("--samples", type=int, default=2_000)
    parser.add_argument("--size", type=int, default=128, help="pixels a side")
    parser.add_argument("--processes", type=int, default=2, help="training processes")
    parser.add_argument("--hardware", default="two CPU cores", help="for the model card")
    parser.add_argument("--note", default="", help="a remark on the training for the model card")
    parser.add_argument("--toy", action="store_true", help="tiny networks, to try the command")
    parser.add_argument("--stages", default=",".join(STAGES), help="stages to run")
    given = parser.parse_args(arguments)
    first = AutoencoderPlan(seconds=given.minutes * 60 * 0.31)
    second = DenoiserPlan(seconds=given.minutes * 60 * 0.69)
    if given.toy:
        first = replace(first, channels=(16, 16, 16), codes=64, crop=32, batch=4)
        second = replace(second, channels=(32, 32), attention=(False, True), batch=4)
    plan = Plan(
        given.work,
        given.out,
        given.paintings,
        given.held_out,
        given.samples,
        given.size,
        given.hardware,
        given.note,
        given.processes,
        first,
        second,
    )
    stages = given.stages.split(",")
    if unknown := set(stages) - set(STAGES):
        parser.error(f"unknown stages: {', '.join(sorted(unknown))}")
    return plan, stages


def main(arguments: list[str] | None = None) -> None:
    """Run the stages asked for, in order."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    plan, stages = read_plan(arguments)
    plan.work.mkdir(parents=True, exist_ok=True)
    work = {
        "paint": paint_stage,
        "autoencoder": autoencoder_stage,
        "denoiser": denoiser_stage,
        "evaluate": evaluate_stage,
        "export": export_stage,
    }
    for stage in STAGES:
        if stage in stages:
            log.info("stage: %s", stage)
            work[stage](plan)


if __name__ == "__main__":
    main()
