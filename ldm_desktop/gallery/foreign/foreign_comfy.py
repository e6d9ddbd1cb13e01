"""The settings in ComfyUI's graphs: the sampler that a picture came from, and what leads to it.

`prompt` is {"3": {"class_type": "KSampler", "inputs": {"seed": 5, "model": ["4", 0], …}}, …}: an
input is a value, or the [id, output] of another node. `workflow` is the same as drawn on screen.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ldm_desktop.gallery.foreign.foreign_values import (
    Found,
    json_in,
    model_in,
    name_in,
    seed_in,
    steps_in,
)
from ldm_desktop.gallery.records import Origin

NUMBERS = ("value", "int", "number", "INT")
SEEDS = ("seed", "noise_seed", *NUMBERS)
STEPS = ("steps", *NUMBERS)
MODELS = ("ckpt_name", "unet_name", "model_name", "base_ckpt_name")
TEXTS = (
    "text",
    "text_g",
    "t5xxl",
    "prompt",
    "populated_text",
    "string",
    "value",
    "text_l",
    "clip_l",
)
METHODS = ("sampler_name",)
"""The inputs that hold a value, on whichever node."""
TO_MODEL = ("model", "guider", "model1", "unet", "basic_pipe")
TO_TEXT = ("guider", "conditioning", "conditioning_1", "conditioning_to", *TEXTS)
"""The inputs that lead there."""
OUTPUTS = ("Save", "Preview")
DRAWN = {
    "KSampler": ("seed", "", "steps", "cfg", "sampler_name", "scheduler", "denoise"),
    "KSamplerAdvanced": ("add_noise", "noise_seed", "", "steps", "cfg", "sampler_name"),
    "SamplerCustom": ("add_noise", "noise_seed"),
    "RandomNoise": ("noise_seed",),
    "KSamplerSelect": ("sampler_name",),
    "BasicScheduler": ("scheduler", "steps", "denoise"),
    "CheckpointLoaderSimple": ("ckpt_name",),
    "UNETLoader": ("unet_name",),
    "CLIPTextEncode": ("text",),
}
"""What the widgets of ComfyUI's own nodes are, in the order in which a drawing has their values."""


@dataclass(frozen=True)
class Node:
    """One step of a graph."""

    kind: str
    inputs: dict[str, Any]


def read(prompt: str, workflow: str) -> Found | None:
    """Read the settings of a graph; None if neither text is one."""
    graph = _graph(json_in(prompt)) or _drawn(json_in(workflow))
    if not graph:
        return None
    return Settings(graph).found(prompt or workflow)


@dataclass(frozen=True)
class Settings:
    """A graph that is asked for the settings of the picture that came out of it."""

    graph: dict[str, Node]

    def found(self, text: str) -> Found:
        """Give what was understood; its text is short and readable, or else the graph itself."""
        sampler = self._sampler()
        if sampler is None:
            return Found(Origin.COMFYUI, text)
        seed = self._value([sampler], SEEDS, (*SEEDS, "noise"))
        model = model_in(self._value([sampler], MODELS, TO_MODEL))
        method = name_in(self._value([sampler], METHODS, (*METHODS, "sampler")))
        steps = self._value([sampler], STEPS, (*STEPS, "sigmas"))
        method = method or self._sampler_kind(sampler)
        settings = {"Steps": steps, "Sampler": method, "Seed": seed, "Model": model}
        known = {name: value for name, value in settings.items() if value not in (None, "")}
        told = ", ".join(f"{name}: {value}" for name, value in known.items())
        lines = [*self._prompts(sampler), told]
        return Found(
            Origin.COMFYUI,
            "\n".join(line for line in lines if line),
            seed=seed_in(seed),
            model=model,
            sampler=method,
            steps=steps_in(steps),
        )

    def _prompts(self, sampler: Node) -> tuple[str, str]:
        positive = self._value([sampler], TEXTS, ("positive", *TO_TEXT))
        negative = self._value([sampler], TEXTS, ("negative", *TO_TEXT))
        # Some samplers have one prompt only, and both ways lead to it.
        unwanted = f"Negative prompt: {negative}" if negative not in (None, "", positive) else ""
        return str(positive or ""), unwanted

    def _sampler(self) -> Node | None:
        """Give the nearest sampler before the picture that began from noise, or the nearest."""
        ends = [node for node in self.graph.values() if node.kind.startswith(OUTPUTS)]
        found = [node for node in self._back(ends or self.graph.values()) if _is_sampler(node)]
        return next(filter(_begins, found), found[0] if found else None)

    def _sampler_kind(self, sampler: Node) -> str:
        """Name a sampler that has a node of its own kind by that."""
        link = self._linked(sampler.inputs.get("sampler"))
        return name_in(link.kind) if link else ""

    def _value(self, start: list[Node], names: tuple[str, ...], through: tuple[str, ...]) -> Any:
        """Follow the inputs `through` backwards to the first node that has a value in `names`."""
        for node in self._back(start, through):
            for name in names:
                value = node.inputs.get(name)
                if isinstance(value, str | int | float) and value != "":
                    return value
        return None

    def _back(self, start: Iterable[Node], through: tuple[str, ...] = ()) -> Iterator[Node]:
        """Walk from nodes to those their inputs come from (all, or some), the nearest first."""
        waiting = deque(start)
        seen = set(map(id, waiting))
        while waiting:
            node = waiting.popleft()
            yield node
            for name in through or node.inputs:
                linked = self._linked(node.inputs.get(name))
                if linked is not None and id(linked) not in seen:
                    seen.add(id(linked))
                    waiting.append(linked)

    def _linked(self, value: Any) -> Node | None:
        if isinstance(value, list) and value and isinstance(value[0], str | int):
            return self.graph.get(str(value[0]))
        return None


def _is_sampler(node: Node) -> bool:
    names = node.inputs.keys()
    seeded = "seed" in names or "noise_seed" in names
    return (seeded and bool({"sampler_name", "sampler"} & names)) or {"noise", "sampler"} <= names


def _begins(node: Node) -> bool:
    """Say whether a sampler begins from noise, rather than going on with another one's picture."""
    denoise = node.inputs.get("denoise")
    partly = isinstance(denoise, int | float) and denoise < 1
    return node.inputs.get("add_noise") != "disable" and not partly


def _graph(data: dict[str, Any]) -> dict[str, Node]:
    return {
        key: Node(node["class_type"], node["inputs"])
        for key, node in data.items()
        if isinstance(node, dict)
        and isinstance(node.get("class_type"), str)
        and isinstance(node.get("inputs"), dict)
    }


def _drawn(data: dict[str, Any]) -> dict[str, Node]:
    """Read a drawing as a graph, as far as its nodes are ComfyUI's own."""
    sources = {
        link[0]: link[1:3]
        for link in _list(data.get("links"))
        if isinstance(link, list) and len(link) > 2 and isinstance(link[0], int)
    }
    return {
        str(node.get("id")): Node(node["type"], _drawn_inputs(node, sources))
        for node in _list(data.get("nodes"))
        if isinstance(node, dict) and isinstance(node.get("type"), str)
    }


def _drawn_inputs(node: dict[str, Any], sources: dict[int, list[Any]]) -> dict[str, Any]:
    names = DRAWN.get(node["type"], ())
    inputs = dict(zip(names, _list(node.get("widgets_values")), strict=False))
    for each in _list(node.get("inputs")):
        link = each.get("link") if isinstance(each, dict) else None
        if isinstance(link, int) and link in sources:
            inputs[str(each.get("name"))] = sources[link]
    return inputs


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
