"""Devices: what is not there is explained, and the environment says what decides bits."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from studio import small_model

from ldm_desktop.core.errors import BadArgumentError
from ldm_desktop.core.recipe import Precision
from ldm_desktop.engine.devices import Device, Variant, open_device


@pytest.mark.parametrize("name", ["cuda:99", "tpu", "mps", "cuda"])
def test_a_device_that_is_not_here_is_explained(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    with pytest.raises(BadArgumentError, match="use --device cpu or --device auto"):
        open_device(name, None)


def test_auto_prefers_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert open_device("auto", None).place.type == "cpu"
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert open_device("auto", None).place.type == "mps"
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _: "A GPU")
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: False)
    device = open_device("auto", None)
    assert (device.place.type, device.title, device.half) == ("cuda", "A GPU", torch.float16)


def test_exact_never_uses_tf32_or_another_layout() -> None:
    device = open_device("cpu", None)
    assert not torch.backends.cuda.matmul.allow_tf32
    assert not torch.backends.cudnn.allow_tf32
    assert device.variant(Precision.EXACT) == Variant(torch.float32, channels_last=False)
    assert device.variant(Precision.BALANCED) == Variant(torch.float32, channels_last=True)
    half = Device(torch.device("cpu"), "CPU", torch.float16)
    assert half.variant(Precision.FAST) == Variant(torch.float16, channels_last=True)


def test_threads_are_set_and_recorded(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from ldm_desktop.engine.devices import open_device\n"
        "print(open_device('cpu', 3).environment('exact').threads)"
    )
    tests = Path(__file__).parent.parent
    command = [sys.executable, "-c", code, os.fspath(tests)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "3\n"


def test_half_precision_of_any_kind_holds_on_this_cpu(tmp_path: Path) -> None:
    from ldm_desktop.engine.models import load_model

    folder = small_model(tmp_path / "model")
    for half in (torch.bfloat16, torch.float16):
        model = load_model(
            folder,
            device=torch.device("cpu"),
            dtype=half,
            channels_last=True,
            cache=tmp_path,
            progress=lambda _: None,
        )
        output = model.unet(torch.zeros(1, 3, 16, 16, dtype=half), 10).sample
        assert output.dtype is half
        assert output.isfinite().all()


def test_threads_that_wait_for_one_another_leave_the_processor_to_other_programs() -> None:
    command = "import ldm_desktop.engine, os; print(os.environ['GOMP_SPINCOUNT'])"
    for given, expected in ((None, "10000"), ("7", "7")):
        environment = {name: text for name, text in os.environ.items() if name != "GOMP_SPINCOUNT"}
        environment |= {"GOMP_SPINCOUNT": given} if given else {}
        run = [sys.executable, "-c", command]
        told = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
        assert told.stdout.split() == [expected]
