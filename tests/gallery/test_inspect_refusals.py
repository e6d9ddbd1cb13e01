"""Files that the gallery refuses or reads in part: links, bombs, broken ones, odd texts."""

from __future__ import annotations

import errno
import io
import os
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, features
from samples import picture_of

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import files, inspect, metadata
from ldm_desktop.gallery.records import Facts, Origin

KINDS = ["PNG", "JPEG", "WEBP"] + ["AVIF"] * features.check("avif")
in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def placed(folder: Path, data: bytes, name: str = "x.png") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def encoded(kind: str, side: int = 8, **options: object) -> bytes:
    stream = io.BytesIO()
    image = Image.effect_noise((side, side), 50).convert("RGB")
    image.save(stream, kind, **options)
    return stream.getvalue()


def refusal(file: Path) -> str:
    with pytest.raises(KnownError) as caught:
        inspect.facts_of(file)
    assert not isinstance(caught.value, files.UnreachableError)
    text = str(caught.value)
    assert text.startswith(f"{file} cannot be opened: ")
    assert text.endswith(".")
    assert not text.endswith("..")
    return text


def test_links_are_not_followed(tmp_path: Path) -> None:
    file = files.save(picture_of(), tmp_path)
    link = tmp_path / "link.png"
    link.symlink_to(file)
    assert "links are not followed" in refusal(link)


def test_what_became_a_link_meanwhile_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = files.save(picture_of(), tmp_path)
    link = tmp_path / "link.png"
    link.symlink_to(file)
    monkeypatch.setattr(Path, "lstat", Path.stat)
    with pytest.raises(files.UnreachableError) as caught:
        inspect.facts_of(link)
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.ELOOP


def test_folders_and_pipes_are_no_pictures(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert "not a file" in refusal(tmp_path / "pipe.png")
    assert "not a file" in refusal(tmp_path)


def test_giants_are_not_read(tmp_path: Path) -> None:
    file = tmp_path / "x.png"
    with file.open("wb") as stream:
        stream.truncate(files.LARGEST_FILE + 1)
    assert "larger" in refusal(file)


@pytest.mark.parametrize("data", [b"", b"\0", b"GIF89a", b"RIFF1234WEB", b"text", b"BM" * 99])
def test_what_is_no_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "no PNG, JPEG, WebP or AVIF" in refusal(placed(tmp_path, data))


def chunk(name: bytes, content: bytes) -> bytes:
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def bomb(side: int, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    end = chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return metadata.SIGNATURE + head + b"".join(more) + end


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [9460, 12_000, 60_000])
def test_bombs_are_refused_before_they_are_decoded(tmp_path: Path, side: int) -> None:
    own = chunk(b"iTXt", b"ldm-desktop\0\0\0\0\0{}")
    assert "too large" in refusal(placed(tmp_path, bomb(side)))
    assert "too large" in refusal(placed(tmp_path, bomb(side, own)))


def test_threads_do_not_let_a_bomb_through(tmp_path: Path) -> None:
    large = [placed(tmp_path, bomb(9460), f"{number}.png") for number in range(8)]
    data = encoded("PNG")
    small = [placed(tmp_path, data, f"{number}.ok.png") for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(inspect.facts_of, small))
        assert all("too large" in text for text in pool.map(refusal, large))
    assert len({facts.pixels for facts in told}) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_broken_pictures_are_refused(tmp_path: Path, kind: str) -> None:
    data = encoded(kind, 64)
    for length in range(20, len(data) - 12, len(data) // 20):
        refusal(placed(tmp_path, data[:length]))


@in_one_folder
@given(st.sampled_from(KINDS), st.lists(st.tuples(st.floats(0, 1), st.binary())))
def test_no_damage_does_more_than_refuse(
    tmp_path: Path, kind: str, changes: list[tuple[float, bytes]]
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "prompt:{}"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"UNICODE\0\0x"
    data = encoded(kind, exif=exif)
    for place, new in changes:
        start = int(place * len(data))
        data = data[:start] + new + data[start + len(new) :]
    try:
        facts = inspect.facts_of(placed(tmp_path, data))
    except files.UnreachableError:
        raise
    except KnownError:
        return
    assert isinstance(facts, Facts)


def test_bombs_in_texts_are_cut_short(tmp_path: Path) -> None:
    packed = zlib.compress(b"a" * (200 << 20), 9)
    texts = [chunk(b"zTXt", b"parameters\0\0" + packed)]
    texts += [chunk(b"zTXt", b"%d\0\0" % number + packed) for number in range(50)]
    png = encoded("PNG")
    file = placed(tmp_path, png[:33] + b"".join(texts) + png[33:])
    assert len(inspect.facts_of(file).made.settings) < 1 << 17


@pytest.mark.parametrize(
    "text",
    [b"", b"parameters", b"parameters\0", b"parameters\0\1", b"parameters\0\1\0x", b"\0\0\0"],
)
@pytest.mark.parametrize("name", [b"tEXt", b"zTXt", b"iTXt", b"eXIf"])
def test_odd_texts_do_not_matter(tmp_path: Path, name: bytes, text: bytes) -> None:
    png = encoded("PNG")
    file = placed(tmp_path, png[:33] + chunk(name, text) + png[33:])
    assert inspect.facts_of(file).made.origin is Origin.OTHER


def test_the_disk_s_trouble_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(files.UnreachableError, match="it is not there"):
        inspect.facts_of(tmp_path / "away.png")
