"""ComfyUI's graphs, as they really are and as nobody would draw them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.gallery.foreign import foreign
from ldm_desktop.gallery.records import Made, Origin

NOW = "2026-11-23T06:30:00+00:00"


def read(**texts: Any) -> Made:
    plain = {
        key: text if isinstance(text, str) else json.dumps(text) for key, text in texts.items()
    }
    return foreign.made_by_others(plain, NOW)


def settings(made: Made) -> tuple[int | None, str, str, int | None]:
    return made.seed, made.model, made.sampler, made.steps


def node(kind: str, **inputs: Any) -> dict[str, Any]:
    return {"class_type": kind, "inputs": inputs}


PLAIN = {
    "3": node(
        "KSampler",
        seed=156680208700286,
        steps=20,
        cfg=8,
        sampler_name="euler",
        scheduler="normal",
        denoise=1,
        model=["10", 0],
        positive=["6", 0],
        negative=["7", 0],
        latent_image=["5", 0],
    ),
    "4": node("CheckpointLoaderSimple", ckpt_name="SD1.5\\v1-5-pruned-emaonly.safetensors"),
    "5": node("EmptyLatentImage", width=512, height=512, batch_size=1),
    "6": node("CLIPTextEncode", text="purple galaxy bottle", clip=["4", 1]),
    "7": node("CLIPTextEncode", text="watermark", clip=["4", 1]),
    "8": node("VAEDecode", samples=["3", 0], vae=["4", 2]),
    "9": node("SaveImage", filename_prefix="ComfyUI", images=["8", 0]),
    "10": node("LoraLoader", lora_name="l.safetensors", model=["4", 0], clip=["4", 1]),
}
CUSTOM = {
    "8": node("VAEDecode", samples=["13", 0], vae=["10", 0]),
    "9": node("SaveImage", images=["8", 0]),
    "12": node("UNETLoader", unet_name="flux1-dev.safetensors"),
    "13": node(
        "SamplerCustomAdvanced",
        noise=["25", 0],
        guider=["22", 0],
        sampler=["16", 0],
        sigmas=["17", 0],
        latent_image=["27", 0],
    ),
    "16": node("KSamplerSelect", sampler_name="dpmpp_2m"),
    "17": node("BasicScheduler", scheduler="simple", steps=["40", 0], denoise=1, model=["12", 0]),
    "22": node("BasicGuider", model=["12", 0], conditioning=["26", 0]),
    "25": node("RandomNoise", noise_seed=["41", 0]),
    "26": node("FluxGuidance", guidance=3.5, conditioning=["6", 0]),
    "6": node("CLIPTextEncode", text=["42", 0], clip=["11", 0]),
    "27": node("EmptySD3LatentImage", width=64, height=64),
    "40": node("PrimitiveInt", value=25),
    "41": node("Seed (rgthree)", seed=2**64 - 1),
    "42": node("PrimitiveStringMultiline", value="a fox"),
}


def test_comfyui_s_graph_is_followed() -> None:
    made = read(prompt=PLAIN, workflow={})
    assert made.origin is Origin.COMFYUI
    assert settings(made) == (156680208700286, "v1-5-pruned-emaonly", "euler", 20)
    assert made.settings == (
        "purple galaxy bottle\nNegative prompt: watermark\n"
        "Steps: 20, Sampler: euler, Seed: 156680208700286, Model: v1-5-pruned-emaonly"
    )


def test_custom_samplers_are_followed_to_their_parts() -> None:
    made = read(prompt=CUSTOM)
    assert settings(made) == (2**64 - 1, "flux1-dev", "dpmpp_2m", 25)
    assert made.settings.splitlines()[0] == "a fox"
    assert "Negative" not in made.settings


def test_a_sampler_with_a_node_of_its_own_is_named_by_it() -> None:
    graph = CUSTOM | {"16": node("SamplerEulerAncestral", eta=1.0)}
    assert read(prompt=graph).sampler == "SamplerEulerAncestral"


def test_the_seed_is_that_of_the_noise_which_it_began_from() -> None:
    again = dict(PLAIN["3"]["inputs"], seed=5, denoise=0.5, latent_image=["20", 0])
    refined = dict(PLAIN["3"]["inputs"], noise_seed=0, add_noise="disable", latent_image=["3", 0])
    del refined["seed"]
    unused = node("KSampler", seed=77, sampler_name="heun")
    for second in (again, refined):
        graph = (
            {"1": unused}
            | PLAIN
            | {
                "8": node("VAEDecode", samples=["21", 0]),
                "20": node("LatentUpscale", samples=["3", 0]),
                "21": {"class_type": "KSampler", "inputs": second},
            }
        )
        assert read(prompt=graph).seed == 156680208700286


def test_a_picture_made_of_another_has_the_seed_of_its_only_sampler() -> None:
    inputs = dict(PLAIN["3"]["inputs"], denoise=0.4)
    assert read(prompt=PLAIN | {"3": {"class_type": "KSampler", "inputs": inputs}}).seed


def test_a_drawing_alone_is_followed_too() -> None:
    drawing = {
        "nodes": [
            {
                "id": 3,
                "type": "KSampler",
                "inputs": [
                    {"name": "model", "link": 1},
                    {"name": "positive", "link": 4},
                    {"name": "negative", "link": None},
                ],
                "widgets_values": [5, "randomize", 20, 8, "euler", "normal", 1],
            },
            {"id": 4, "type": "CheckpointLoaderSimple", "widgets_values": ["sea.ckpt"]},
            {"id": 6, "type": "CLIPTextEncode", "widgets_values": ["a cat"]},
            {"id": 9, "type": "SaveImage", "inputs": [{"name": "images", "link": 2}]},
        ],
        "links": [[1, 4, 0, 3, 0, "MODEL"], [2, 3, 0, 9, 0, "IMAGE"], [4, 6, 0, 3, 1, "X"], 7, [8]],
    }
    made = read(workflow=drawing)
    assert made.origin is Origin.COMFYUI
    assert settings(made) == (5, "sea", "euler", 20)
    assert made.settings.startswith("a cat\n")


def test_a_seed_of_nought_is_one() -> None:
    made = read(prompt={"1": node("KSampler", seed=0, sampler_name="euler")})
    assert made.seed == 0
    assert made.settings == "Sampler: euler, Seed: 0"


def test_what_no_number_is_does_not_keep_the_rest_from_being_read() -> None:
    text = json.dumps(PLAIN).replace('"steps": 20', '"steps": NaN, "is_changed": [Infinity]')
    assert settings(read(prompt=text))[:3] == (156680208700286, "v1-5-pruned-emaonly", "euler")
    assert read(prompt=text).steps is None


def test_graphs_that_go_round_in_circles_end() -> None:
    graph = {
        "1": node("SaveImage", images=["2", 0]),
        "2": node("KSampler", seed=["2", 0], model=["3", 0], sampler_name=["1", 0]),
        "3": node("Reroute", model=["2", 0]),
    }
    assert settings(read(prompt=graph)) == (None, "", "", None)


def test_a_graph_that_is_not_understood_is_kept() -> None:
    graph = {"1": node("Mystery", x=1)}
    made = read(prompt=graph)
    assert made.origin is Origin.COMFYUI
    assert made.settings == json.dumps(graph)


LINE = "a cat\nSteps: 20, Sampler: Euler a, Seed: 7"


def test_comfyui_with_the_web_ui_s_line_is_comfyui() -> None:
    made = read(prompt=PLAIN, parameters=LINE)
    assert made.origin is Origin.COMFYUI
    assert made.seed == 7
    assert made.settings == LINE


def test_texts_that_share_one_comment_are_told_apart() -> None:
    made = read(parameters={"prompt": PLAIN, "workflow": json.dumps({})})
    assert made.origin is Origin.COMFYUI
    assert made.seed == 156680208700286
    assert read(parameters={"invokeai_metadata": {"seed": 4}}).origin is Origin.INVOKEAI


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["3", "KSampler", "SaveImage"])
)
KEYS = """
seed noise_seed steps sampler_name model positive text class_type inputs image images nodes links
id type link name widgets_values 3 4 model_weights sampler noise sigmas guider prompt workflow
sui_image_params"""
keys = st.sampled_from(KEYS.split())
nodes = st.fixed_dictionaries(
    {
        "class_type": st.sampled_from(["SaveImage", "KSampler", "SamplerCustomAdvanced", "x"]),
        "inputs": st.dictionaries(
            keys, scalars | st.tuples(st.integers(1, 5), st.just(0)), max_size=6
        ),
    }
)


@given(st.dictionaries(st.sampled_from("12345"), nodes, max_size=5))
def test_no_graph_is_raised_over(graph: dict[str, Any]) -> None:
    made = read(prompt=graph)
    assert made.origin is (Origin.COMFYUI if graph else Origin.OTHER)
