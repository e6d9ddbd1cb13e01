"""What each sampler can do, for whoever chooses one; the engine holds the mathematics."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ldm_desktop.core.errors import BadArgumentError


class SamplerName(StrEnum):
    """A solver of the diffusion ODE (with eta > 0: SDE)."""

    DDIM = "ddim"
    DPMPP_2M = "dpmpp-2m"
    UNIPC = "unipc"
    EULER = "euler"
    HEUN = "heun"
    PNDM = "pndm"


class Convention(StrEnum):
    """Whose reading of the DDIM time grid.

    `compvis` adds one to every time step and ends at ᾱ₀ where `diffusers` ends at 1.
    """

    DIFFUSERS = "diffusers"
    COMPVIS = "compvis"


@dataclass(frozen=True)
class SamplerFacts:
    """The limits of one sampler; `spare` is how many steps short of the training's it must stay."""

    title: str
    paper: str
    takes_eta: bool = False
    minimum: int = 1
    spare: int = 0
    predicts_sample: bool = True
    conventions: tuple[Convention, ...] = (Convention.DIFFUSERS,)
    spacing: str = "linspace"


# The multistep solvers divide by the gap between two steps, which is 0 once all are taken; with
# one step, the time grid of DDIM, Euler and Heun holds only the end, where nothing is denoised.
FACTS = {
    SamplerName.DDIM: SamplerFacts(
        "DDIM",
        "arXiv 2010.02502",
        takes_eta=True,
        minimum=2,
        conventions=tuple(Convention),
        spacing="",
    ),
    SamplerName.DPMPP_2M: SamplerFacts("DPM-Solver++ (2M)", "arXiv 2211.01095", spare=1),
    SamplerName.UNIPC: SamplerFacts("UniPC", "arXiv 2302.04867", spare=1),
    SamplerName.EULER: SamplerFacts("Euler", "arXiv 2206.00364, Algorithm 2, no churn", minimum=2),
    SamplerName.HEUN: SamplerFacts(
        "Heun", "arXiv 2206.00364, Algorithm 1", minimum=2, predicts_sample=False
    ),
    SamplerName.PNDM: SamplerFacts(
        "PNDM", "arXiv 2202.09778", minimum=4, predicts_sample=False, spacing=""
    ),
}


def evaluations(name: SamplerName, steps: int) -> int:
    """How many UNet evaluations a picture costs: Heun looks twice, PNDM starts by Runge-Kutta."""
    if name is SamplerName.HEUN:
        return 2 * steps - 1
    return steps + 9 if name is SamplerName.PNDM else steps


def restart_points(name: SamplerName, steps: int) -> range:
    """Evaluation counts at which new noise can enter, because no half-made step is pending."""
    if name is SamplerName.PNDM:
        return range(1)
    return range(0, evaluations(name, steps), 2 if name is SamplerName.HEUN else 1)


@dataclass(frozen=True)
class Grid:
    """The time steps a model was trained on, and how a solver picks among them."""

    trained: int
    spacing: str
    offset: int

    def holds(self, steps: int) -> bool:
        """Whether the last of so many steps is still inside; only `leading` adds the offset."""
        last = (steps - 1) * (self.trained // steps) + self.offset
        return self.spacing != "leading" or last < self.trained


def check(name: SamplerName, convention: Convention, steps: int, eta: float, grid: Grid) -> None:
    """Refuse in one sentence what the sampler cannot do."""
    facts = FACTS[name]
    if convention not in facts.conventions:
        raise BadArgumentError(
            f"The convention {convention} exists only for ddim; leave it out for {name}."
        )
    most = grid.trained - max(facts.spare, convention is Convention.COMPVIS)
    if not facts.minimum <= steps <= most:
        raise BadArgumentError(
            f"{facts.title} takes {facts.minimum} to {most} steps with this model, not {steps}."
        )
    if not grid.holds(steps):
        raise BadArgumentError(
            f"{steps} steps go past the {grid.trained} this model was trained on, because its "
            f"schedule shifts them by {grid.offset}: choose another number of steps."
        )
    if not 0 <= eta <= 1:
        raise BadArgumentError(f"Eta lies between 0 and 1; {eta:g} is outside.")
    if eta and not facts.takes_eta:
        raise BadArgumentError(
            f"{facts.title} adds no noise while it samples: use --sampler ddim, or eta 0."
        )
