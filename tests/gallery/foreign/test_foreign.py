"""The settings of other programs, as they really write them and as nobody would."""

from __future__ import annotations

import json
from typing import Any

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.core.picture import Picture
from ldm_desktop.gallery import metadata
from ldm_desktop.gallery.foreign import foreign, foreign_a1111
from ldm_desktop.gallery.records import Made, Origin

NOW = "2026-11-23T06:30:00+00:00"


def read(**texts: Any) -> Made:
    plain = {
        key.replace("sd_metadata", "sd-metadata"): text
        if isinstance(text, str)
        else json.dumps(text)
        for key, text in texts.items()
    }
    return foreign.made_by_others(plain, NOW)


def settings(made: Made) -> tuple[int | None, str, str, int | None]:
    return made.seed, made.model, made.sampler, made.steps


# AUTOMATIC1111

WEB_UI = """\
girl with an artist's beret, Steps: many, ((eyeshadow)),
second line
Negative prompt: ugly, fat, [blurry]
Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 965400086, Size: 512x512, Model hash: 45dee52b, \
Model: v1-5-pruned, Version: v1.10.1"""
QUOTED = """\
a cat
Steps: 30, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 4.5, Seed: 18446744073709551615, \
Size: 832x1216, Model: "land, sea: air", Lora hashes: "a: 0123, b: 4567, Seed: 1", \
Template: "one\\nSteps: 5, \\"Seed: 2\\"", TI hashes: "x: 1", Hires steps: 7"""


def test_the_web_ui_s_settings_are_read() -> None:
    made = read(parameters=WEB_UI)
    assert made.origin is Origin.A1111
    assert settings(made) == (965400086, "v1-5-pruned", "Euler a", 20)
    assert made.settings == WEB_UI
    assert made.created == NOW


def test_quoted_values_are_taken_whole() -> None:
    assert settings(read(parameters=QUOTED)) == (2**64 - 1, "land, sea: air", "DPM++ 2M", 30)
    line = QUOTED.partition("\n")[2]
    known = foreign_a1111.entries(line)
    assert known["Lora hashes"] == "a: 0123, b: 4567, Seed: 1"
    assert known["Template"] == 'one\nSteps: 5, "Seed: 2"'
    assert known["Hires steps"] == "7"


@pytest.mark.parametrize(
    "text",
    [
        WEB_UI + "\nTemplate: girl\nNegative Template: ugly",
        WEB_UI.replace("\n", " "),
        WEB_UI.replace("\n", "\r\n"),
        "Steps: 1 and Steps: 2\n" + WEB_UI,
        WEB_UI + ', Hashes: {"model": "45dee52b", "Seed": 3}',
        WEB_UI + ', Odd: "never closed, Seed: 9',
    ],
)
def test_settings_are_found_where_they_stand(text: str) -> None:
    assert settings(read(parameters=text)) == (965400086, "v1-5-pruned", "Euler a", 20)


@given(strategies.pictures())
def test_our_own_line_is_known_as_ours(picture: Picture) -> None:
    made = read(parameters=metadata.parameters(picture.record))
    assert made.origin is Origin.OWN
    assert made.steps == picture.record.recipe.steps
    assert made.seed is not None


@pytest.mark.parametrize(
    "text", ["", "a cat", "Steps: 5", "Steps: 5, Seed: 3", "Steps: up, up, up", "Steps: ,,,:,:,"]
)
def test_a_prompt_is_no_settings_but_is_kept(text: str) -> None:
    made = read(parameters=text)
    assert made.origin is Origin.OTHER
    assert settings(made) == (None, "", "", None)
    assert made.settings == text


# InvokeAI


def test_invokeai_s_settings_are_read() -> None:
    model = {"key": "1", "hash": "blake3:2", "name": "Juggernaut XL v9", "base": "sdxl"}
    data = {"positive_prompt": "a cat", "seed": 42, "steps": 30, "scheduler": "dpmpp_2m_k"}
    made = read(invokeai_metadata=data | {"model": model})
    assert made.origin is Origin.INVOKEAI
    assert settings(made) == (42, "Juggernaut XL v9", "dpmpp_2m_k", 30)
    assert "a cat" in made.settings
    older = {"model_name": "stable-diffusion-v1-5", "base_model": "sd-1"}
    assert read(invokeai_metadata=data | {"model": older}).model == "stable-diffusion-v1-5"


def test_the_older_invokeai_s_settings_are_read() -> None:
    image = {"prompt": [{"prompt": "a cat"}], "seed": 7, "steps": 50, "sampler": "k_lms"}
    data = {"model": "stable diffusion", "model_weights": "sd-1.4", "image": image}
    made = read(sd_metadata=data, Dream='"a cat" -s50 -S7')
    assert made.origin is Origin.INVOKEAI
    assert settings(made) == (7, "sd-1.4", "k_lms", 50)


@pytest.mark.parametrize("space", ["", " "])
def test_the_oldest_invokeai_s_command_is_read(space: str) -> None:
    text = '"a -S9 \\"cat\\"" -s50 -S42 -W512 -H512 -C7.5 -Ak_euler_a'.replace(" -s", f" -s{space}")
    made = read(Dream=text)
    assert made.origin is Origin.INVOKEAI
    assert settings(made) == (42, "", "k_euler_a", 50)
    assert made.settings == text


# The rest


def test_settings_in_json_are_read_whoever_wrote_them() -> None:
    swarm = {"sui_image_params": {"prompt": "x", "model": "a/b.safetensors", "seed": 9, "steps": 4}}
    assert settings(read(parameters=swarm)) == (9, "b", "", 4)
    fooocus = {"base_model": "juggernaut", "sampler": "dpmpp", "seed": "12", "steps": 30}
    made = read(parameters=fooocus)
    assert made.origin is Origin.OTHER
    assert settings(made) == (12, "juggernaut", "dpmpp", 30)
    novel = {"prompt": "x", "seed": 3, "steps": 28, "sampler": "k_euler"}
    made = read(
        Comment=novel, Source="NovelAI Diffusion V3", Description="a fox", Software="NovelAI"
    )
    assert settings(made) == (3, "NovelAI Diffusion V3", "k_euler", 28)
    assert made.settings.startswith("a fox\n")


def test_a_picture_that_says_nothing_is_another_s() -> None:
    assert read() == Made(Origin.OTHER, NOW)


@pytest.mark.parametrize(
    "seed", [2**64, -1, 1.5, True, None, [], "x", "1" * 30, float("nan"), float("inf"), "１２"]
)
def test_seeds_that_are_none_are_left_in_the_text(seed: Any) -> None:
    made = read(invokeai_metadata=json.dumps({"seed": seed, "steps": 5}))
    assert made.seed is None
    assert made.steps == 5
    assert json.dumps(seed) in made.settings


def test_a_seed_beyond_64_bits_stays_in_the_text() -> None:
    text = WEB_UI.replace("965400086", str(2**70))
    made = read(parameters=text)
    assert made.seed is None
    assert str(2**70) in made.settings
    graph = {"1": {"class_type": "KSampler", "inputs": {"seed": 2**70, "sampler_name": "x"}}}
    assert f"Seed: {2**70}" in read(prompt=graph).settings


def test_texts_are_kept_in_a_form_that_databases_hold() -> None:
    made = read(parameters="a\0b\ud800c\x1b[31m\r\nd" + "x" * (1 << 20))
    assert made.settings.startswith("abc[31m\nd")
    assert len(made.settings) <= foreign.LONGEST_SETTINGS


@pytest.mark.parametrize(
    "text",
    [
        "Steps: 1, " + "a" * 4_000_000,
        "Steps: 1, " + "a, " * 1_000_000,
        "Steps: 1, " + 'a: "' * 1_000_000,
        "Steps: 1, " + 'a: "\\x", ' * 500_000,
        "Steps: 1, " + " " * 4_000_000,
        "Steps: 1\n" * 500_000,
        "{" * 4_000_000,
        '{"a":' * 800_000,
        '"' * 4_000_000,
        '" -S' + " " * 4_000_000,
    ],
    ids=range(10),
)
def test_hostile_texts_are_read_to_their_end(text: str) -> None:
    # If the time grew with the square of their length, this would take days.
    for name in (*foreign.NAMES, "parameters", "Comment"):
        made = foreign.made_by_others({name: text}, NOW)
        assert made.seed is None
        assert len(made.settings) <= foreign.LONGEST_SETTINGS


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
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=30,
)
ALL_NAMES = [*foreign.NAMES, *foreign.TOLD, "parameters", "Source", "Software"]
odd_texts = values.map(json.dumps) | st.text() | st.just(WEB_UI)


@given(st.dictionaries(st.sampled_from(ALL_NAMES), odd_texts))
def test_nothing_odd_is_raised_over(texts: dict[str, str]) -> None:
    made = foreign.made_by_others(texts, NOW)
    assert made.seed is None or 0 <= made.seed < 2**64
    assert made.steps is None or 0 <= made.steps <= 1_000_000
    for text in (made.model, made.sampler, made.settings):
        text.encode()
        assert "\0" not in text
