"""What exploring costs with the starter model on this machine: drafts, sheets, and the window.

    python tests/benchmarks/explore.py [--seeds 60] [--tiles 10000] [--scrolls 24] [--blame]

Drafts through the worker and its engine beside diffusers' own DDIM loop, in turns; a sheet judged
early against finishing all its pictures; then the real window under Xvfb with sheets of 10 and of
10,000 tiles, scrolled while the engine works. It prints and judges nothing; about five minutes.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "e2e")]

import numpy as np  # noqa: E402
import PySide6  # noqa: E402
from desktop import Desktop  # noqa: E402
from explore_engine import Crew  # noqa: E402
from explore_sheets import FEW, OPEN, fill, recipes, rest, source_of  # noqa: E402
from PySide6.QtCore import QCoreApplication  # noqa: E402
from window import line, percentile  # noqa: E402

from ldm_desktop.core import paths  # noqa: E402
from ldm_desktop.core.frame import Frame  # noqa: E402
from ldm_desktop.core.model import ModelCard  # noqa: E402
from ldm_desktop.core.model_folders import STARTER, find_model  # noqa: E402
from ldm_desktop.core.recipe import Precision, Recipe  # noqa: E402
from ldm_desktop.core.settings import Settings  # noqa: E402
from ldm_desktop.gallery.seeds.records import SheetPlan  # noqa: E402
from ldm_desktop.session.explore import sheet_plans  # noqa: E402
from ldm_desktop.session.explore.sheet_errands import request_for  # noqa: E402
from ldm_desktop.ui.explore import sheet_grid  # noqa: E402
from ldm_desktop.ui.explore.sheet_mode import USUAL_DRAFT  # noqa: E402

ROUNDS = 3
SHARE_OF_SURVIVORS = 10
"""One of so many tiles survives."""
WHOLE = 20
"""Pictures that are made without a sheet, from which the cost of all is reckoned."""
EXACT = 2
WARM = 4
MIB = 2**20


def say(name: str, value: str = "", remark: str = "") -> None:
    """Print one line of the table."""
    print(f"{name:<58}{value:>16}  {remark}".rstrip(), flush=True)


def head(title: str) -> None:
    """Begin another part of the table."""
    print(f"\n{title}", flush=True)


def in_turn(seconds: Sequence[float]) -> str:
    """Write the median and what 95 of 100 do not exceed."""
    low, high = (percentile(list(seconds), share) * 1e3 for share in (0.5, 0.95))
    digits = 1 if high < 100 else 0
    return f"{low:.{digits}f} / {high:.{digits}f} ms"


# diffusers


class Stock:
    """diffusers' loop in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.facts: dict[str, Any] = json.loads(self._line())

    def seconds(self, pictures: int, batch: int, steps: int) -> float:
        """Make latents; give the seconds."""
        assert self._process.stdin
        self._process.stdin.write(f"{pictures} {batch} {steps}\n")
        self._process.stdin.flush()
        return float(self._line())

    def _line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


@contextmanager
def stock(model: Path) -> Iterator[Stock]:
    """Start diffusers' loop, and end it."""
    command = [sys.executable, str(HERE / "explore_diffusers.py"), str(model)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        yield Stock(process)
        assert process.stdin
        process.stdin.close()


# Drafts a minute


@dataclass
class Paces:
    """Seconds a picture in each round, by what makes them."""

    ours: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    batch: list[float] = field(default_factory=list)

    def tell(self, name: str, size: int) -> None:
        """Print pictures a minute, and how often ours beats theirs in a round."""
        slow, fast = 60 / max(self.ours), 60 / min(self.ours)
        say(name, f"{60 / statistics.median(self.ours):.0f} / min", f"{slow:.0f} to {fast:.0f}")
        for title, others in (("one at a time", self.alone), (f"{size} at a time", self.batch)):
            ratio = statistics.median(b / a for a, b in zip(self.ours, others, strict=True))
            pace = f"{60 / statistics.median(others):.0f} / min"
            say(f"  diffusers' DDIM loop, {title}", pace, f"ours is {ratio:.2f} times as fast")


def measure_drafts(crew: Crew, other: Stock, card: ModelCard, count: int) -> list[Frame]:
    """Print drafts a minute; give the frames of those that stopped early."""
    size, source = other.facts["batch"], source_of(card)
    drafts = sheet_plans.in_order(source, 0, count, draft=USUAL_DRAFT)
    early = sheet_plans.in_order(source, 0, count)
    warm_up(crew, other, sheet_plans.in_order(source, 900_000, WARM))
    frames: list[Frame] = []
    found = {"drafts": Paces(), "early": Paces()}
    for number in range(ROUNDS):
        share = slice(number * count // ROUNDS, (number + 1) * count // ROUNDS)
        for name, plan, until in (("drafts", drafts, USUAL_DRAFT), ("early", early, rest(early))):
            a_round(crew, other, found[name], recipes(plan)[share], until)
        frames += crew.frames.values()
    head(f"Drafts, {count} of each kind, medians of {ROUNDS} rounds in turns with diffusers")
    steps, until = early.recipe.steps, rest(early)
    found["drafts"].tell(f"drafts of {USUAL_DRAFT} steps, each shown as x̂₀", size)
    found["early"].tell(f"stopped after {until} of {steps} steps, each shown as x̂₀", size)
    return frames


def warm_up(crew: Crew, other: Stock, plan: SheetPlan) -> None:
    """Let both choose their kernels; the first picture fits the linear preview."""
    crew.draft(recipes(plan), 2)
    crew.make(request_for(plan.recipe, plan.model_folder, [plan.seed(0)], Settings()))
    other.seconds(other.facts["batch"], other.facts["batch"], 2)
    other.seconds(1, 1, 2)


def a_round(crew: Crew, other: Stock, paces: Paces, made: Sequence[Recipe], until: int) -> None:
    """Measure each once; theirs makes whole batches, and some one by one."""
    size = other.facts["batch"]
    paces.ours.append(crew.draft(made, until) / len(made))
    paces.alone.append(other.seconds(size, 1, until) / size)
    paces.batch.append(other.seconds(2 * size, size, until) / (2 * size))


# A sheet judged early


@dataclass(frozen=True)
class Cost:
    """What something has taken; evaluations are counted."""

    evaluations: int
    seconds: float


def measure_verdicts(crew: Crew, card: ModelCard, count: int, folder: Path) -> None:
    """Print what a sheet with its survivors costs, and finishing all; and whether they agree."""
    plan = sheet_plans.in_order(source_of(card), 10_000, count)
    survivors = [plan.seed(place) for place in range(0, count, SHARE_OF_SURVIVORS)]
    formed = counted(crew, lambda: crew.draft(recipes(plan), rest(plan)))
    finished = counted(crew, lambda: make(crew, plan, survivors))
    pictures = crew.saved.copy()
    others = [seed for seed in map(plan.seed, range(count)) if seed not in survivors]
    plain = Crew(folder, Path(card.folder))
    try:
        plain.open()
        make(plain, plan, [910_000])
        sample = [*survivors, *others][: max(WHOLE, len(survivors))]
        whole = counted(plain, lambda: make(plain, plan, sample))
        tell_costs(plan, formed, finished, len(survivors), whole, len(sample))
        tell_alike("balanced", pictures, plain.saved)
        exact = sheet_plans.in_order(source_of(card, Precision.EXACT), 20_000, EXACT)
        crew.draft(recipes(exact), rest(exact))
        seeds = [exact.seed(place) for place in range(EXACT)]
        for each in (crew, plain):
            make(each, exact, seeds)
        tell_alike("exact", crew.saved, plain.saved)
    finally:
        plain.close()


def make(crew: Crew, plan: SheetPlan, seeds: Sequence[int]) -> float:
    """Order pictures as a sheet does; give the seconds until all are saved."""
    return crew.make(request_for(plan.recipe, plan.model_folder, seeds, Settings()))


def counted(crew: Crew, work: Any) -> Cost:
    """Do something; give what it took."""
    before = crew.evaluations
    seconds = work()
    return Cost(crew.evaluations - before, seconds)


def tell_costs(
    plan: SheetPlan, formed: Cost, finished: Cost, survivors: int, whole: Cost, sample: int
) -> None:
    """Print evaluations and seconds of both ways."""
    head(f"A sheet of {plan.count}, judged at {plan.share:.0%}, {survivors} survivors finished")
    spent = formed.evaluations + finished.evaluations
    took = formed.seconds + finished.seconds
    say("tiles until the verdict: UNet evaluations", f"{formed.evaluations}", "counted")
    say("survivors from there to the end", f"{finished.evaluations}", "counted")
    say("  both", f"{spent} in {took:.1f} s", "counted, measured")
    say(f"{sample} of the same pictures without a sheet",
        f"{whole.evaluations} in {whole.seconds:.1f} s", "counted, measured")  # fmt: skip
    evaluations, seconds = (
        value * plan.count / sample for value in (whole.evaluations, whole.seconds)
    )
    say(f"  all {plan.count} at that pace", f"{evaluations:.0f} in {seconds:.1f} s", "reckoned")
    say("saved by early verdicts: UNet evaluations", f"{1 - spent / evaluations:.1%}")
    say("  seconds", f"{1 - took / seconds:.1%}")


def tell_alike(name: str, ours: dict[Recipe, Frame], plain: dict[Recipe, Frame]) -> None:
    """Print whether survivors are the pictures that their recipes make without a sheet."""
    pairs = [(frame, plain[recipe]) for recipe, frame in ours.items() if recipe in plain]
    same = sum(one == other for one, other in pairs)
    least = min(psnr(one, other) for one, other in pairs)
    words = "" if math.isinf(least) else f"PSNR at least {least:.1f} dB"
    say(f"survivors equal to those without a sheet, {name}", f"{same} of {len(pairs)}", words)


def psnr(one: Frame, other: Frame) -> float:
    """Give the peak signal-to-noise ratio of two frames, in dB; infinite if they are equal."""
    first, second = (np.frombuffer(each.pixels, np.uint8).astype(float) for each in (one, other))
    error = float(((first - second) ** 2).mean())
    return 10 * math.log10(255**2 / error) if error else math.inf


# The window


def measure_window(desktop: Desktop, folder: Path, scrolls: int, *, blame: bool) -> dict[str, Any]:
    """Run the window and take what its script prints."""
    words = [str(HERE / "explore_window.py"), str(folder), str(scrolls)]
    done = subprocess.run(
        [sys.executable, *words, *["--blame"] * blame],
        env=desktop.environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def tell_scrolls(found: dict[str, Any], tiles: int) -> None:
    """Print how soon what scrolls into view has an image."""
    kept = f"kept in the database but for one of {OPEN}"
    for name, title in (("fresh", "all still to form"), ("kept", kept)):
        jumps = found[f"{name} scrolls"]
        whole = [jump for jump in jumps if "all" in jump]
        head(f"Scrolled to {len(jumps)} places of {tiles:,} tiles, {title}, p50 / p95")
        say("the first newly visible tile has its image painted",
            in_turn([jump["first"] for jump in jumps]))  # fmt: skip
        seen = statistics.median(jump["tiles"] for jump in whole)
        say(f"all {seen:.0f} that are seen have, of {len(whole)} scrolls",
            in_turn([jump["all"] for jump in whole]))  # fmt: skip
        if name == "fresh":
            pace = found["fresh evaluations"] / found["fresh seconds"]
            say("meanwhile the sheet was told of UNet evaluations", f"{pace:.0f} / s")


def tell_smoothness(found: dict[str, Any], tiles: int) -> None:
    """Print frames and stalls."""
    head("Scrolled at 60 frames a second while the engine works; a frame is p50 / p95 / at most")
    sides = {
        "few": f"{FEW} tiles of {sheet_grid.LARGEST} px",
        "many": f"{tiles:,} tiles of {sheet_grid.LARGEST} px",
        "many small": f"{tiles:,} tiles of {sheet_grid.SIDE} px",
    }
    for name, title in sides.items():
        works = "" if found[f"{name} worked"] else ", the engine idle at times"
        print(f"{title}, {found[f'{name} visible']} on screen{works}")
        for way, words in (("wheel", "by the wheel"), ("drag", "over everything in 4 s")):
            frames = found[f"{name} {way}"]
            most = f"/ {max(frames) * 1e3:.1f} ms"
            say(f"  frame, {words}", in_turn(frames), most)
        tell_stalls(found[f"{name} beats"])
    print("scrolls to where tiles are still to form, as above")
    tell_stalls(found["fresh beats"])


def tell_stalls(beats: list[float]) -> None:
    """Print how late the heartbeat came."""
    p99, most = percentile(beats, 0.99), max(beats)
    line(f"  stall of the event loop, p99 of {len(beats)} beats",
         f"{p99 * 1e3:.1f} ms", "≤ 16 ms", p99 <= 0.016)  # fmt: skip
    line("    at most", f"{most * 1e3:.1f} ms", "≤ 50 ms", most <= 0.05)


def tell_memory(found: dict[str, Any], tiles: int) -> None:
    """Print what the processes hold."""
    head("Memory, resident")
    few, kept = found["few memory"], found["kept memory"]
    say(f"window with {FEW} tiles, scrolled", f"{few / MIB:.0f} MiB")
    say(f"window with {tiles:,} tiles, just opened", f"{found['kept at once'] / MIB:.0f} MiB")
    say(f"window with {tiles:,} tiles, all of them seen", f"{kept / MIB:.0f} MiB",
        f"{(kept - few) / MIB:+.0f} MiB; seen within {found['walk']:.0f} s")  # fmt: skip
    say(f"window with {tiles:,} tiles forming", f"{found['fresh memory'] / MIB:.0f} MiB")
    say("engine", f"{found['engine memory'] / MIB:.0f} MiB")


# All together


def facts(model: Path, other: Stock) -> None:
    """Print what is measured, and on what."""
    cpu = next(
        (
            each.partition(":")[2].strip()
            for each in Path("/proc/cpuinfo").read_text().splitlines()
            if each.startswith("model name")
        ),
        platform.machine(),
    )
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"$ {shlex.join(['python', *sys.argv])}")
    print(f"{cpu}, {os.cpu_count()} cores, {size:.0f} GiB, {platform.system()}; load {load()}")
    print(
        f"Python {platform.python_version()}, torch {other.facts['torch']} "
        f"({other.facts['threads']} threads), diffusers {other.facts['diffusers']}, "
        f"PySide {PySide6.__version__}; {model.name}, balanced (diffusers: 32 bits)",
        flush=True,
    )


def load() -> str:
    """Give how busy the machine is, us included: the last minute's, and that of fifteen."""
    minute, _, quarter = os.getloadavg()
    return f"{minute:.1f} (15 min: {quarter:.1f})"


def measure_engine(folder: Path, model: Path, count: int) -> tuple[ModelCard, list[Frame]]:
    """Measure what needs no window."""
    application = QCoreApplication([])
    crew = Crew(folder / "sheet", model)
    try:
        card = crew.open()
        with stock(model) as other:
            facts(model, other)
            frames = measure_drafts(crew, other, card, count)
        measure_verdicts(crew, card, count, folder / "plain")
    finally:
        crew.close()
        application.shutdown()
    return card, frames


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, default=60)
    parser.add_argument("--tiles", type=int, default=10_000)
    parser.add_argument("--scrolls", type=int, default=24)
    parser.add_argument("--blame", action="store_true")
    options = parser.parse_args()
    begun = time.monotonic()
    # As many threads as a person's engine would take.
    os.environ.pop("OMP_NUM_THREADS", None)
    with tempfile.TemporaryDirectory() as name, Desktop() as desktop:
        del desktop.environment["OMP_NUM_THREADS"]
        folder = Path(name)
        model = find_model(STARTER, paths.folders(folder))
        card, frames = measure_engine(folder, model, options.seeds)
        fill(folder / "window", card, options.tiles, frames)
        found = measure_window(desktop, folder / "window", options.scrolls, blame=options.blame)
    tell_scrolls(found, options.tiles)
    tell_smoothness(found, options.tiles)
    tell_memory(found, options.tiles)
    say("\nthis run", f"{time.monotonic() - begun:.0f} s",
        f"load {load()}")  # fmt: skip


if __name__ == "__main__":
    main()
