"""How long a person waits for the window, and whether it waits for the engine.

    python tests/benchmarks/window.py [--starts 9] [--steps 12] [--model FOLDER]

Starts the real process under Xvfb, beside an empty PySide6 window, their starts taking turns; then
loads a model of the reference's size (274 M + 55 M parameters, random weights, made in a temporary
folder unless `--model` names one) and samples with it while a 5 ms heartbeat in the window's event
loop notes how late it comes; then makes the same picture with previews and without, in turns.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "e2e")]

from desktop import Application, Desktop  # noqa: E402

from ldm_desktop.core import statefile  # noqa: E402
from ldm_desktop.session import choices_file  # noqa: E402
from ldm_desktop.session.choices import AfterRun, Choices  # noqa: E402

FIRST_PAINT_SECONDS, EMPTY_RATIO = 1.0, 1.5
STALL_P99, STALL_MOST = 0.016, 0.050
LOADING_SECONDS = 600.0


def marks(trace: Path) -> dict[str, float]:
    """Give the times that a trace notes so far, by name."""
    lines = trace.read_text().splitlines() if trace.exists() else []
    pairs = (line.split() for line in lines if not line.startswith("beat"))
    return {name: float(at) for name, at in (pair for pair in pairs if len(pair) == 2)}


def stalls(trace: Path) -> list[float]:
    """Give how late each heartbeat came, in seconds."""
    lines = trace.read_text().splitlines()
    return [float(line.split()[1]) for line in lines if line.startswith("beat ") and len(line) > 12]


def percentile(values: list[float], share: float) -> float:
    """Give the value that so many do not exceed."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def first_paint_of_empty(desktop: Desktop, folder: Path) -> float:
    """Seconds from exec to the first paint of an empty window."""
    trace = folder / "empty.trace"
    begun = time.monotonic()
    command = [sys.executable, str(HERE / "empty_window.py"), str(trace)]
    subprocess.run(command, env=desktop.environment, check=True, capture_output=True)
    return marks(trace)["first-paint"] - begun


def first_paint_of_ours(desktop: Desktop, folder: Path) -> float:
    """Seconds from exec to the first paint of our window, the library and queue being empty."""
    trace = folder / "ours.trace"
    trace.unlink(missing_ok=True)
    begun = time.monotonic()
    application = Application(desktop, folder / "data", env={"LDM_DESKTOP_TRACE": str(trace)})
    try:
        application.wait(lambda: "usable" in marks(trace), "a usable window")
        return marks(trace)["first-paint"] - begun
    finally:
        application.close()


def starts(desktop: Desktop, folder: Path, count: int) -> tuple[list[float], list[float]]:
    """Start both in turns; the first of each only warms the disk cache."""
    ours, empty = [], []
    for number in range(count + 1):
        pair = first_paint_of_ours(desktop, folder), first_paint_of_empty(desktop, folder)
        if number:
            ours.append(pair[0])
            empty.append(pair[1])
    return ours, empty


class Run:
    """The application with a large model, making one picture after another."""

    def __init__(self, desktop: Desktop, folder: Path, model: Path, steps: int) -> None:
        self.trace = folder / "run.trace"
        self.data = folder / "run"
        self.data.mkdir()
        choices = Choices(model=str(model), steps=steps, after=AfterRun.NEXT)
        statefile.save(self.data / "choices.json", choices_file.VERSION, choices_file.Kept(choices))
        self.application = Application(
            desktop, self.data, env={"LDM_DESKTOP_TRACE": str(self.trace)}
        )

    def until_ready(self) -> None:
        """Wait until the model has loaded."""
        state = self.application.find("engine-state")
        ready = lambda: "ready" in f"{state.name} {state.text}".lower()  # noqa: E731
        self.application.wait(ready, "a loaded model", LOADING_SECONDS)

    def picture(self) -> float:
        """Make one and give its seconds, as its record says them."""
        before = set(self.data.rglob("*.png"))
        self.application.find("generate").do()

        def new() -> set[Path]:
            return {file for file in self.data.rglob("*.png") if file.parent.name[0] != "."}

        self.application.wait(lambda: new() - before, "a picture", LOADING_SECONDS)
        (file,) = new() - before
        command = [sys.executable, "-m", "ldm_desktop", "show", "--json", str(file)]
        shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return float(json.loads(shown)["seconds"])

    def set_previews(self, on: bool) -> None:
        """Change the setting, as a person who has closed the window would find it."""
        settings = {"version": 1} if on else {"version": 1, "preview": "off"}
        (self.data / "settings.json").write_text(json.dumps(settings))


def line(name: str, value: str, limit: str, holds: bool) -> None:
    """Print one line of the table."""
    print(f"{name:<58}{value:>12}{limit:>12}  {'' if holds else 'NOT MET'}")


def print_starts(desktop: Desktop, folder: Path, count: int) -> None:
    """Measure and print the first paint."""
    ours, empty = starts(desktop, folder, count)
    middle, least = statistics.median(ours), statistics.median(empty)
    ratio = statistics.median(a / b for a, b in zip(ours, empty, strict=True))
    line("exec to first paint, median", f"{middle:.2f} s", "≤ 1.00 s", middle <= 1.0)
    line("  of an empty PySide6 window", f"{least:.2f} s", "", True)
    limit = f"≤ {EMPTY_RATIO}"
    line("  ratio, median of pairs", f"{ratio:.2f}", limit, ratio <= EMPTY_RATIO)


def print_stalls(trace: Path) -> None:
    """Print how late the heartbeat came."""
    found = stalls(trace)
    p99, most = percentile(found, 0.99), max(found)
    line(f"stall of the event loop, p99 of {len(found)} beats",
         f"{p99 * 1000:.1f} ms", "≤ 16 ms", p99 <= STALL_P99)  # fmt: skip
    line("  at most", f"{most * 1000:.1f} ms", "≤ 50 ms", most <= STALL_MOST)


def print_run(desktop: Desktop, folder: Path, model: Path, steps: int, repeats: int) -> None:
    """Measure and print stalls, and the share of a run that previews cost."""
    seconds: dict[bool, list[float]] = {True: [], False: []}
    run = Run(desktop, folder, model, steps)
    try:
        run.until_ready()
        # The first picture of a model measures its memory and fits its preview, once for ever.
        run.picture()
        run.picture()
    finally:
        run.application.close()
    print_stalls(run.trace)
    for _ in range(repeats):
        for previews in seconds:
            run.set_previews(previews)
            run.application = Application(desktop, run.data)
            try:
                run.until_ready()
                # The first one of a process warms it up.
                run.picture()
                seconds[previews].append(run.picture())
            finally:
                run.application.close()
    with_previews, without = (statistics.median(seconds[on]) for on in (True, False))
    share = 1 - without / with_previews
    line(f"share of a picture of {steps} steps that previews cost", f"{share:.1%}", "≤ 3 %",
         share <= 0.03)  # fmt: skip


def made(folder: Path) -> Path:
    """Make a model of the reference's size, in a process of its own that then is gone."""
    code = (
        f"import sys; sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent)!r}]\n"
        "from pathlib import Path; from engine import REFERENCE; from models import make_model\n"
        f"make_model(Path({str(folder)!r}), **REFERENCE)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    return folder


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--starts", type=int, default=9)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Desktop() as desktop:
        folder = Path(name)
        # As many threads as a person's engine would take.
        del desktop.environment["OMP_NUM_THREADS"]
        print_starts(desktop, folder, options.starts)
        model = options.model or made(folder / "reference")
        print_run(desktop, folder, model, options.steps, options.repeats)


if __name__ == "__main__":
    main()
