"""What the gallery reads from a picture's file, ours and others'."""

from __future__ import annotations

import dataclasses
import io
import itertools
import json
import os
from pathlib import Path
from uuid import UUID, uuid5

import pytest
import strategies
from hypothesis import HealthCheck, given, settings
from PIL import ExifTags, Image, features
from PIL.PngImagePlugin import PngInfo
from samples import picture_of, recipe_of

from ldm_desktop.core.frame import Frame
from ldm_desktop.core.noise import first_seed
from ldm_desktop.core.picture import Picture
from ldm_desktop.core.recipe import Stop, fork
from ldm_desktop.gallery import decoding, files, inspect, metadata
from ldm_desktop.gallery.records import Origin, State

A1111 = "a cat\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 123, Size: 8x4, Model: land"
in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def placed(folder: Path, data: bytes, name: str = "x.png") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def stripes(mode: str = "RGB") -> Image.Image:
    """Give a picture of 8 × 4 that looks another one however it is turned."""
    colours = [(30 * x, 60 * y, 7 * x * y) for y in range(4) for x in range(8)]
    image = Image.frombytes("RGB", (8, 4), bytes(itertools.chain(*colours)))
    return image if mode == "RGB" else image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def with_texts(*texts: tuple[str, str], image: Image.Image | None = None) -> bytes:
    info = PngInfo()
    for key, text in texts:
        info.add_itxt(key, text)
    return encoded(image or stripes(), "PNG", pnginfo=info)


def own_text(**changes: object) -> tuple[str, str]:
    data = files.encode(picture_of())
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        own = json.loads(image.text["ldm-desktop"])
    return "ldm-desktop", json.dumps(own | changes)


# Ours


def test_our_picture_tells_its_record(tmp_path: Path) -> None:
    child = fork(recipe_of(), 5, Stop())
    picture = picture_of(child)
    record = dataclasses.replace(picture.record, parents=(UUID(int=9), UUID(int=8)))
    file = files.save(Picture(record, picture.frame), tmp_path)

    facts = inspect.facts_of(file)

    assert facts.id == record.id
    assert facts.made.origin is Origin.OWN
    assert facts.made.recipe == child
    assert facts.made.recipe is not None
    assert facts.made.recipe.branch is not None
    assert facts.made.recipe.branch.step == 5
    assert facts.made.environment == record.environment
    assert facts.made.parents == (UUID(int=9), UUID(int=8))
    assert facts.made.created == "2026-11-23T06:30:00+00:00"
    assert (facts.made.seed, facts.made.model, facts.made.steps) == (3, "landscapes", 20)
    assert facts.made.sampler == "ddim"
    assert (facts.width, facts.height) == picture.record.recipe.size
    assert facts.pixels == facts.recorded == picture.frame.sha256
    assert facts.state is State.PRESENT
    assert (facts.size, facts.mtime_ns) == (file.stat().st_size, file.stat().st_mtime_ns)


@in_one_folder
@given(strategies.pictures())
def test_a_saved_picture_is_told_alike_with_and_without_decoding(
    tmp_path: Path, picture: Picture
) -> None:
    file = placed(tmp_path, files.encode(picture))
    facts = inspect.facts_of(file)
    assert facts == inspect.facts_of_saved(picture, file)
    assert facts.made.recipe == picture.record.recipe
    assert facts.made.seed == first_seed(picture.record.recipe.noise).seed


def test_pixels_that_are_not_the_recorded_ones_are_noticed(tmp_path: Path) -> None:
    picture = picture_of()
    other = Frame(16, 8, bytes(16 * 8 * 3))
    file = placed(tmp_path, files.encode(Picture(picture.record, other)))
    facts = inspect.facts_of(file)
    assert facts.state is State.CHANGED
    assert facts.id == picture.record.id


def test_a_picture_of_a_newer_program_is_listed_with_its_seed(tmp_path: Path) -> None:
    own = own_text(format=2)
    facts = inspect.facts_of(placed(tmp_path, with_texts(own)))
    assert facts.made.origin is Origin.OWN
    assert facts.made.recipe is None
    assert facts.made.seed == 3
    assert "format 2" in facts.made.settings
    assert "update LDM Desktop" in facts.made.settings
    assert "Its seed: 3." in facts.made.settings
    assert facts.id == picture_of().record.id


def test_what_a_newer_record_does_not_tell_the_line_for_others_does(tmp_path: Path) -> None:
    line = metadata.parameters(picture_of().record)
    png = with_texts(("ldm-desktop", '{"format": 3}'), ("parameters", line))
    facts = inspect.facts_of(placed(tmp_path, png))
    assert facts.made.origin is Origin.OWN
    assert (facts.made.seed, facts.made.steps) == (3, 20)
    assert (facts.made.model, facts.made.sampler) == ("landscapes", "DDIM")
    assert facts.id == uuid5(inspect.NAMESPACE, facts.bytes)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 1, "record": {"id": 5}}'])
def test_a_picture_of_ours_with_a_damaged_record_is_not_lost(tmp_path: Path, text: str) -> None:
    facts = inspect.facts_of(placed(tmp_path, with_texts(("ldm-desktop", text))))
    assert facts.made.origin is Origin.OWN
    assert facts.made.settings
    assert facts.pixels == Frame(8, 4, stripes().tobytes()).sha256
    assert facts.id == uuid5(inspect.NAMESPACE, facts.bytes)


def test_two_records_are_neither_believed(tmp_path: Path) -> None:
    facts = inspect.facts_of(placed(tmp_path, with_texts(own_text(), own_text())))
    assert facts.made.recipe is None
    assert "two recipes" in facts.made.settings


def test_a_day_that_no_calendar_has_is_when_the_file_was_written(tmp_path: Path) -> None:
    picture = picture_of()
    record = dataclasses.replace(picture.record, created="0001-01-01T00:00:00+14:00")
    file = placed(tmp_path, files.encode(Picture(record, picture.frame)))
    os.utime(file, (86400, 86400))
    assert inspect.facts_of(file).made.created == "1970-01-02T00:00:00+00:00"


# Others'


def test_a_picture_of_another_program_is_known_by_its_file(tmp_path: Path) -> None:
    file = placed(tmp_path, with_texts(("parameters", A1111)))
    os.utime(file, (86400, 86400))
    facts = inspect.facts_of(file)
    assert facts.made.origin is Origin.A1111
    assert (facts.made.seed, facts.made.sampler, facts.made.model) == (123, "Euler a", "land")
    assert facts.made.settings == A1111
    assert facts.made.created == "1970-01-02T00:00:00+00:00"
    assert facts.recorded == ""
    again = inspect.facts_of(placed(tmp_path, file.read_bytes(), "moved.png"))
    assert again.id == facts.id


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF"])
def test_every_format_is_decoded(tmp_path: Path, kind: str) -> None:
    if kind == "AVIF" and not features.check("avif"):
        pytest.skip("this Pillow has no AVIF")
    image = Image.effect_noise((64, 48), 9).convert("RGB")
    facts = inspect.facts_of(placed(tmp_path, encoded(image, kind), "x.bin"))
    assert (facts.width, facts.height) == (64, 48)
    assert facts.made.origin is Origin.OTHER


def test_a_stripped_or_packed_copy_has_the_same_pixels(tmp_path: Path) -> None:
    original = inspect.facts_of(files.save(picture_of(), tmp_path))
    with Image.open(next(tmp_path.glob("*.png"))) as image:
        stripped = encoded(image.convert("RGB"), "PNG")
        packed = encoded(image.convert("RGB"), "WEBP", lossless=True)
    for number, data in enumerate([stripped, packed]):
        copy = inspect.facts_of(placed(tmp_path, data, f"{number}.bin"))
        assert copy.pixels == original.pixels
        assert copy.id != original.id


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_pictures_are_turned_as_exif_asks(tmp_path: Path, kind: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    undone = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    turned = stripes()
    if undone in decoding.TURNS:
        turned = turned.transpose(decoding.TURNS[undone])
    options = {"lossless": True} if kind == "WEBP" else {}
    data = encoded(turned, kind, exif=exif, **options)
    facts = inspect.facts_of(placed(tmp_path, data))
    assert facts.pixels == Frame(8, 4, stripes().tobytes()).sha256


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16"])
def test_pictures_of_any_depth_are_decoded(tmp_path: Path, mode: str) -> None:
    if mode == "I;16":
        grey = stripes("L")
        high = Image.frombytes("I;16", grey.size, b"".join(bytes([77, v]) for v in grey.tobytes()))
        data, shown = encoded(high, "PNG"), grey.convert("RGB")
    else:
        image = stripes(mode)
        data, shown = encoded(image, "PNG"), image.convert("RGB")
    facts = inspect.facts_of(placed(tmp_path, data))
    assert facts.pixels == Frame(8, 4, shown.tobytes()).sha256


def test_a_photograph_is_of_the_day_it_was_taken(tmp_path: Path) -> None:
    exif = Image.Exif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.DateTimeOriginal] = "2024:02:03 04:05:06"
    inner[ExifTags.Base.OffsetTimeOriginal] = "+02:00"
    facts = inspect.facts_of(placed(tmp_path, encoded(stripes(), "JPEG", exif=exif)))
    assert facts.made.created == "2024-02-03T02:05:06+00:00"


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
@pytest.mark.parametrize("order", ["utf-16-be", "utf-16-le"])
def test_settings_are_found_in_a_comment(tmp_path: Path, kind: str, order: str) -> None:
    exif = Image.Exif()
    comment = b"UNICODE\0" + ("ein Mädchen 🎨 " + A1111).encode(order)
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = comment
    facts = inspect.facts_of(placed(tmp_path, encoded(stripes(), kind, exif=exif)))
    assert facts.made.origin is Origin.A1111
    assert facts.made.settings == "ein Mädchen 🎨 " + A1111


def test_comfyui_s_texts_are_found_in_webp(tmp_path: Path) -> None:
    exif = Image.Exif()
    graph = {"3": {"class_type": "KSampler", "inputs": {"seed": 5, "sampler_name": "euler"}}}
    exif[ExifTags.Base.Model] = f"prompt:{json.dumps(graph)}"
    exif[ExifTags.Base.Make] = "workflow:{}"
    facts = inspect.facts_of(placed(tmp_path, encoded(stripes(), "WEBP", exif=exif)))
    assert facts.made.origin is Origin.COMFYUI
    assert (facts.made.seed, facts.made.sampler) == (5, "euler")


def exported(properties: str) -> bytes:
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
        '"http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        f'xmlns:ldm="https://ldm-desktop.invalid/ns/1.0/">{properties}'
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    return encoded(stripes(), "JPEG", xmp=packet.encode())


def test_our_own_export_brings_its_recipe_back(tmp_path: Path) -> None:
    whole = own_text()[1].replace("&", "&amp;").replace("<", "&lt;")
    data = exported(f"<ldm:record>{whole}</ldm:record>")
    facts = inspect.facts_of(placed(tmp_path, data, "x.jpg"))
    assert facts.made.recipe == recipe_of()
    assert facts.id != picture_of().record.id, "the PNG has that one"
    assert facts.state is State.PRESENT


def test_the_texts_of_others_come_back_from_our_export(tmp_path: Path) -> None:
    data = exported(f"<ldm:texts>{json.dumps({'parameters': A1111, 'x': 5})}</ldm:texts>")
    facts = inspect.facts_of(placed(tmp_path, data, "x.jpg"))
    assert (facts.made.origin, facts.made.seed) == (Origin.A1111, 123)


@pytest.mark.parametrize("properties", ["<ldm:record>{}</ldm:record>", "<ldm:texts>[</ldm:texts>"])
def test_a_damaged_export_is_a_picture_still(tmp_path: Path, properties: str) -> None:
    facts = inspect.facts_of(placed(tmp_path, exported(properties), "x.jpg"))
    assert facts.made.recipe is None


# The look


def noise(seed: int) -> Image.Image:
    rows = [bytes((seed * 37 + x * (y + seed) * 11) % 256 for x in range(64)) for y in range(64)]
    return Image.frombytes("L", (64, 64), b"".join(rows)).convert("RGB")


def differing(one: Image.Image, other: Image.Image) -> int:
    bits = inspect.difference_hash(one) ^ inspect.difference_hash(other)
    return (bits & (2**64 - 1)).bit_count()


def test_alike_pictures_have_alike_looks() -> None:
    with Image.open(io.BytesIO(encoded(noise(1), "JPEG", quality=60))) as copy:
        assert differing(noise(1), copy.convert("RGB")) <= 8
    assert differing(noise(1), noise(1).resize((128, 128))) <= 8
    assert differing(noise(1), noise(2)) > 12


def test_a_look_is_a_number_that_databases_hold() -> None:
    rising = Image.linear_gradient("L").rotate(90).convert("RGB")
    falling = Image.linear_gradient("L").rotate(270).convert("RGB")
    assert {inspect.difference_hash(rising), inspect.difference_hash(falling)} == {0, -1}
