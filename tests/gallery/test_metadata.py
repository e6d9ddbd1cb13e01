"""What is written into a PNG, what others read in it, and what is refused."""

from __future__ import annotations

import io
import json
import os
import random
import re
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import strategies
from hypothesis import given
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from samples import picture_of, recipe_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.picture import Picture
from ldm_desktop.gallery import files, metadata


def test_other_programs_find_their_texts(tmp_path: Path) -> None:
    with Image.open(files.save(picture_of(), tmp_path)) as image:
        image.load()
        texts = dict(image.text)
        assert image.mode == "RGB"
    assert json.loads(texts["ldm-desktop"])["format"] == 1
    assert texts["parameters"] == (
        "Steps: 20, Sampler: DDIM, Seed: 3, Size: 16x8, Model hash: 5f3a9c215f, "
        "Model: landscapes, Eta: 0, Version: LDM Desktop 0.1.0"
    )
    assert "trainedAlgorithmicMedia" in texts["XML:com.adobe.xmp"]


A1111_ENTRY = re.compile(r'\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)')


@given(strategies.pictures())
def test_the_web_ui_reads_back_the_parameters(picture: Picture) -> None:
    made = picture.record.recipe
    line = metadata.parameters(picture.record)
    found = dict(A1111_ENTRY.findall(line))
    assert "\n" not in line
    assert len(found) == 8
    assert found["Steps"] == str(made.steps)
    assert found["Size"] == f"{made.size[0]}x{made.size[1]}"
    model = found["Model"]
    if '"' in model:
        assert json.loads(model)


@given(strategies.pictures())
def test_the_xmp_is_well_formed_whatever_it_says(picture: Picture) -> None:
    tree = ET.fromstring(metadata.xmp(picture.record))
    (entry,) = tree.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    assert entry.attrib["{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"] == (
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    )
    assert entry.attrib["{http://ns.adobe.com/xap/1.0/}CreateDate"] == picture.record.created


# Hostile files


def png(*texts: tuple[str, str], size: tuple[int, int] = (16, 8), packed: bool = False) -> bytes:
    info, stream = PngInfo(), io.BytesIO()
    for key, text in texts:
        info.add_itxt(key, text, zip=packed)
    Image.new("RGB", size).save(stream, "PNG", pnginfo=info)
    return stream.getvalue()


def own_text(seed: int = 3) -> dict:
    data = files.encode(picture_of(seed=seed))
    texts = [content for name, content, _ in metadata.chunks(data) if name == b"iTXt"]
    (own,) = [text for text in texts if text.startswith(metadata.KEYWORD)]
    return json.loads(metadata._text(own))


def ours(**changes: object) -> bytes:
    return png(("ldm-desktop", json.dumps(own_text() | changes)))


def hostile_files() -> Iterator[tuple[str, bytes, str]]:
    whole = files.encode(picture_of())
    record = own_text()["record"]
    newer = record | {"recipe": record["recipe"] | {"version": 2}}
    text = json.dumps(own_text())
    jpeg = io.BytesIO()
    Image.new("RGB", (8, 8)).save(jpeg, "JPEG")
    yield "empty", b"", "not a PNG"
    yield "words", b"hello", "not a PNG"
    yield "jpeg", jpeg.getvalue(), "not a PNG"
    yield "signature only", whole[:8], "its end is missing"
    yield "cut", whole[:-30], "missing|damaged"
    yield "foreign", png(), "no recipe in it"
    yield "a1111", png(("parameters", "a cat\nSteps: 20, Seed: 3")), "no recipe in it"
    yield "twice", png(("ldm-desktop", text), ("ldm-desktop", text)), "two recipes"
    yield "no json", png(("ldm-desktop", "{")), "not valid JSON"
    yield "a list", png(("ldm-desktop", "[1]")), "format"
    yield "format 2", ours(format=2), "format 2.*Its seed: 3"
    yield "no record", png(("ldm-desktop", '{"format": 1}')), "format"
    yield "version 2", ours(record=newer), "version 2.*Its seed: 3"
    yield "no recipe", ours(record={}), "should be an object"
    yield "no date", ours(record=record | {"created": "then"}), "then"
    yield "deep", png(("ldm-desktop", "[" * 100_000)), "JSON"
    yield "bomb in text", png(("ldm-desktop", " " * (17 << 20)), packed=True), "longer than any"
    yield "long text", png(("ldm-desktop", " " * (17 << 20))), "longer than any"
    yield "no text", _with_text(whole, b"ldm-desktop\0"), "damaged"
    yield "bad deflate", _with_text(whole, b"ldm-desktop\0\1\0\0\0abc"), "damaged"
    yield "half utf-8", _with_text(whole, b"ldm-desktop\0\0\0\0\0\xff\xff"), "JSON"
    yield "no pixels", _rebuilt(whole, without=b"IDAT"), "pixels are damaged"
    yield "no header", _rebuilt(whole, without=b"IHDR"), "pixels are damaged"
    yield "huge", _resized(whole, 40_000, 40_000), "too large"
    yield "large", _resized(whole, 10_000, 10_000), "too large"
    yield "grown", _resized(whole, 17, 9), "pixels are damaged"
    yield "no size", _resized(whole, 0, 0), "pixels are damaged"


def chunk(name: bytes, content: bytes) -> bytes:
    whole = name + content
    return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))


def _rebuilt(data: bytes, without: bytes) -> bytes:
    kept = [whole for name, _, whole in metadata.chunks(data) if name != without]
    return metadata.SIGNATURE + b"".join(kept)


def _with_text(data: bytes, content: bytes) -> bytes:
    bare = _rebuilt(data, without=b"iTXt")
    return bare[:33] + chunk(b"iTXt", content) + bare[33:]


def _resized(data: bytes, width: int, height: int) -> bytes:
    header = chunk(b"IHDR", struct.pack(">II", width, height) + data[24:29])
    return data[:8] + header + data[33:]


HOSTILE = list(hostile_files())


@pytest.mark.parametrize(
    ("data", "words"), [each[1:] for each in HOSTILE], ids=[each[0] for each in HOSTILE]
)
def test_a_broken_or_hostile_file_is_refused_in_one_sentence(
    tmp_path: Path, data: bytes, words: str
) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(data)
    began = time.monotonic()
    with pytest.raises(KnownError, match=words) as caught:
        files.read(file)
    assert time.monotonic() - began < 5
    assert str(caught.value).startswith(f"{file} cannot be opened: ")
    assert not files.holds(file, recipe_of())


def test_texts_that_another_program_has_compressed_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(png(("ldm-desktop", json.dumps(own_text())), packed=True))
    assert files.read_record(file) == picture_of().record
    assert not files.is_intact(files.read(file))


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    for name, words in (("pipe.png", "not a file"), (".", "not a file"), ("no.png", "not there")):
        with pytest.raises(KnownError, match=words):
            files.read(tmp_path / name)
    with pytest.raises(KnownError):
        files.read(tmp_path / "a\0b.png")


def test_a_file_larger_than_any_picture_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.png").open("wb") as stream:
        stream.truncate(files.LARGEST_FILE + 1)
    with pytest.raises(KnownError, match="larger"):
        files.read(tmp_path / "a.png")


@pytest.mark.parametrize("sealed", [False, True], ids=["as they fall", "checksums mended"])
def test_a_mutated_file_is_read_or_refused(tmp_path: Path, sealed: bool) -> None:
    chance, file = random.Random(sealed), tmp_path / "a.png"
    whole = files.encode(picture_of())
    refused = 0
    for _ in range(300):
        file.write_bytes(_mutated(whole, chance, sealed))
        try:
            files.read(file)
        except KnownError:
            refused += 1
    assert refused > 100


def _mutated(data: bytes, chance: random.Random, sealed: bool) -> bytes:
    if not sealed:
        return _scratched(data, chance)
    parts = [(name, content) for name, content, _ in metadata.chunks(data)]
    place = chance.randrange(len(parts))
    name, content = parts[place]
    action = chance.choice(["scratch", "scratch", "scratch", "drop", "double", "swap", "rename"])
    if action == "scratch":
        parts[place] = (name, _scratched(content, chance))
    elif action == "drop" and name != b"IEND":
        del parts[place]
    elif action == "double":
        parts.insert(place, parts[place])
    elif action == "swap":
        parts[0], parts[place] = parts[place], parts[0]
    elif action == "rename":
        parts[place] = (chance.choice([b"PLTE", b"IDAT", b"IHDR", b"tRNS", b"acTL"]), content)
    return metadata.SIGNATURE + b"".join(chunk(*part) for part in parts)


def _scratched(data: bytes, chance: random.Random) -> bytes:
    scratched = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 8])):
        if scratched:
            scratched[chance.randrange(len(scratched))] = chance.randrange(256)
    return bytes(scratched[: chance.choice([len(scratched), chance.randrange(len(data) + 1)])])
