"""Exports: what goes along, what must not, and that nothing is kept that is not as it should be."""

from __future__ import annotations

import dataclasses
import html
import io
import re
from pathlib import Path
from typing import Any

import pytest
import strategies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from samples import picture_of

from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.picture import Picture
from ldm_desktop.gallery import embedded, files, metadata
from ldm_desktop.gallery.export import export_check, export_names, export_source, export_texts
from ldm_desktop.gallery.export.export import ExportOptions, Format, export
from ldm_desktop.gallery.export.export_names import Words
from ldm_desktop.gallery.export.export_texts import Keep

ALL = [(form, False) for form in Format] + [(Format.WEBP, True)]
SECRETS = (b"landscapes", b"parameters", b"recipe", b"LDM Desktop", b"ICC", b"http", b"Exif")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Save a picture of ours."""
    return files.save(picture_of(), tmp_path)


def words(file: Path) -> Words:
    return export_names.words_of_file(file, picture_of().record.id)


def out(file: Path, **options: Any) -> Path:
    """Export into a folder beside the file."""
    folder = file.parent / "out"
    folder.mkdir(exist_ok=True)
    return export(file, ExportOptions(folder, **options), words(file))


def pixels(file: Path) -> bytes:
    with Image.open(file) as image:
        return image.convert("RGB").tobytes()


def texts(file: Path) -> dict[str, str]:
    with Image.open(file) as image:
        image.load()
        return dict(image.text)


def comment_in(exif: bytes) -> str:
    return embedded.texts_of(embedded.read_exif(exif)).get("parameters", "")


def record_in(xmp: bytes) -> Any:
    """Read the record as another program would: an attribute of XMP."""
    found = re.search(r'ldm:record="([^"]*)"', xmp.decode())
    assert found
    return metadata.read_record(html.unescape(found[1]).encode())


# What goes along


def test_a_png_with_its_recipe_is_the_file_itself(own: Path) -> None:
    made = out(own)
    assert made.name == own.name
    assert made.read_bytes() == own.read_bytes()


@pytest.mark.parametrize(("form", "lossless"), ALL[1:])
def test_other_formats_carry_the_whole_recipe(own: Path, form: Format, lossless: bool) -> None:
    made = out(own, format=form, lossless=lossless)
    assert made.suffix == form.ending
    record = files.read_record(own)
    with Image.open(made) as image:
        assert image.format == form.upper()
        assert image.size == (16, 8)
        assert record_in(image.info["xmp"]) == record
        assert metadata.TRAINED in image.info["xmp"].decode()
        comment = comment_in(image.info["exif"])
    assert comment == metadata.parameters(record)
    assert (pixels(made) == pixels(own)) is lossless


@given(strategies.pictures())
def test_every_recipe_survives_webp(picture: Picture) -> None:
    source = export_source.take_apart(files.encode(picture))
    kept = export_texts.payload(source, Keep.RECIPE, png=False)
    assert record_in(kept.xmp) == picture.record
    assert comment_in(kept.exif) == metadata.parameters(picture.record).strip()


def test_the_comment_is_written_as_the_web_ui_reads_it(own: Path) -> None:
    with Image.open(out(own, format=Format.JPEG)) as image:
        exif = image.info["exif"]
        raw = image.getexif().get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment]
    assert exif.startswith(b"Exif\0\0MM")
    assert raw[:8] == b"UNICODE\0"
    assert raw[8:].decode("utf-16-be").startswith("Steps: 20")


# What must not


@pytest.mark.parametrize(("form", "lossless"), ALL)
def test_scrubbed_clean_leaves_nothing_but_pixels(own: Path, form: Format, lossless: bool) -> None:
    made = out(own, format=form, lossless=lossless, metadata=Keep.NONE)
    data = made.read_bytes()
    assert set(export_check.parts(data)) <= export_check.BARE[form.upper()]
    assert [secret for secret in SECRETS if secret in data] == []
    if lossless or form is Format.PNG:
        assert pixels(made) == pixels(own)


@pytest.mark.parametrize(("form", "lossless"), ALL)
def test_the_mark_alone_says_that_a_model_made_it(own: Path, form: Format, lossless: bool) -> None:
    made = out(own, format=form, lossless=lossless, metadata=Keep.MARK)
    data = made.read_bytes()
    assert metadata.TRAINED.encode() in data
    assert [secret for secret in SECRETS[:4] if secret in data] == []
    assert list(export_check.parts(data)).count("APP1") == (form is Format.JPEG)
    assert "EXIF" not in set(export_check.parts(data))


# Other programs' pictures


def foreign(folder: Path, name: str = "foreign.png", **extra: Any) -> Path:
    image = Image.linear_gradient("L").resize((40, 20)).convert("RGB")
    image.save(folder / name, **extra)
    return folder / name


def with_texts(folder: Path) -> Path:
    info = PngInfo()
    info.add_text("parameters", "a meadow\nSteps: 20, Seed: 7")
    info.add_itxt("workflow", '{"nodes": "日本"}')
    return foreign(folder, pnginfo=info)


def test_foreign_texts_stay_in_a_png(tmp_path: Path) -> None:
    file = with_texts(tmp_path)
    assert out(file).read_bytes() == file.read_bytes()


def test_foreign_texts_go_into_other_formats_and_back(tmp_path: Path) -> None:
    made = out(with_texts(tmp_path), format=Format.JPEG)
    with Image.open(made) as image:
        told = html.unescape(image.info["xmp"].decode())
        assert '"workflow": "{\\"nodes\\": \\"\\u65e5\\u672c\\"}"' in told
        assert comment_in(image.info["exif"]) == "a meadow\nSteps: 20, Seed: 7"
    again = out(made)
    assert texts(again)["parameters"] == "a meadow\nSteps: 20, Seed: 7"
    assert "workflow" in texts(again)["XML:com.adobe.xmp"]


def test_a_foreign_picture_that_says_nothing_has_nothing_to_keep(tmp_path: Path) -> None:
    made = out(foreign(tmp_path), format=Format.WEBP, lossless=True)
    assert set(export_check.parts(made.read_bytes())) == {"VP8L"}


@pytest.mark.parametrize("keep", list(Keep))
def test_a_turned_photograph_stays_upright_and_does_not_say_where_it_was_taken(
    tmp_path: Path, keep: Keep
) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Software] = "camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[1] = "N"
    file = foreign(tmp_path, "photo.jpg", exif=exif, comment=b"my secret")
    made = out(file, metadata=keep)
    with Image.open(made) as image:
        assert image.size == (20, 40)
        found = image.getexif()
        assert ExifTags.Base.Orientation not in found
        assert not found.get_ifd(ExifTags.IFD.GPSInfo)
        assert (found.get(ExifTags.Base.Software) == "camera") is (keep is Keep.RECIPE)
    assert b"my secret" not in made.read_bytes()


def test_transparency_is_laid_on_white_and_hides_nothing(tmp_path: Path) -> None:
    image = Image.new("RGBA", (8, 8), (200, 0, 0, 0))
    image.putpixel((0, 0), (10, 20, 30, 255))
    image.save(tmp_path / "glass.png")
    with Image.open(out(tmp_path / "glass.png", metadata=Keep.NONE)) as made:
        assert made.mode == "RGB"
        assert made.getpixel((0, 0)) == (10, 20, 30)
        assert made.getpixel((5, 5)) == (255, 255, 255)


def test_words_hidden_in_the_lowest_bits_of_alpha_are_gone(tmp_path: Path) -> None:
    image = Image.new("RGBA", (8, 8), (200, 10, 0, 255))
    image.putpixel((3, 3), (200, 10, 0, 254))
    image.save(tmp_path / "stealth.png")
    with Image.open(out(tmp_path / "stealth.png", metadata=Keep.NONE)) as made:
        assert made.mode == "RGB"
        assert made.getcolors() == [(64, (200, 10, 0))]


def swapped_profile() -> bytes:
    """Give a profile in which what is called red is green."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for old, new in ((b"rXYZ", b"????"), (b"gXYZ", b"rXYZ"), (b"????", b"gXYZ")):
        data = data.replace(old, new, 1)
    for encoding in ("ascii", "utf-16-be"):
        data = data.replace("sRGB".encode(encoding), "xRGB".encode(encoding))
    return data


def test_colours_of_another_profile_become_those_of_srgb(tmp_path: Path) -> None:
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name, profile in {"broken": b"no profile", "srgb": own, "other": swapped_profile()}.items():
        Image.new("RGB", (8, 8), "red").save(tmp_path / f"{name}.png", icc_profile=profile)
        made = out(tmp_path / f"{name}.png", metadata=Keep.NONE)
        assert set(export_check.parts(made.read_bytes())) == export_check.BARE["PNG"]
        with Image.open(made) as image:
            red, green, blue = image.getpixel((3, 3))
        assert (green > 200 > red) is (name == "other")
        assert (red, blue) == (255, 0) or name == "other"


# What is not kept


def test_nothing_is_ever_replaced(own: Path) -> None:
    first = out(own, format=Format.JPEG)
    first.write_bytes(b"mine")
    second = out(own, format=Format.JPEG)
    assert second.name == f"{own.stem} (2).jpg"
    assert first.read_bytes() == b"mine"


def test_an_export_that_is_not_as_it_should_be_is_not_kept(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def damaged(path: Path, data: bytes) -> int:
        return write(path, data[:-30])

    monkeypatch.setattr(Path, "write_bytes", damaged)
    for options in ({}, {"metadata": Keep.NONE}, {"format": Format.WEBP, "lossless": True}):
        with pytest.raises(KnownError, match="is not as it should be"):
            out(own, **options)
    assert list((own.parent / "out").iterdir()) == []


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_leftovers_are_found(own: Path, form: str) -> None:
    image = export_source.read(own).image
    for extra in ({"icc_profile": b"x" * 200}, {"exif": Image.Exif()}):
        if "exif" in extra:
            extra["exif"][ExifTags.Base.Software] = "somebody"
        stream = io.BytesIO()
        image.save(stream, form, lossless=True, **extra)
        with pytest.raises(KnownError, match="is not as it should be"):
            export_check.check(
                stream.getvalue(), image, export_texts.Payload(), lossless=form != "JPEG"
            )


def test_other_pixels_are_found(own: Path) -> None:
    source = export_source.read(own)
    other = Image.new("RGB", source.image.size)
    stream = io.BytesIO()
    other.save(stream, "PNG")
    nothing = export_texts.Payload()
    with pytest.raises(KnownError, match="its pixels are others"):
        export_check.check(stream.getvalue(), source.image, nothing, lossless=True)
    export_check.check(stream.getvalue(), source.image, nothing, lossless=False)
    with pytest.raises(KnownError, match="its size is another"):
        export_check.check(stream.getvalue(), other.resize((4, 4)), nothing, lossless=False)


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"])
def test_what_is_no_picture_is_explained(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.png").write_bytes(data)
    with pytest.raises(
        KnownError, match=r"x\.png cannot be exported: it(s end is missing| is no PNG| is damaged)"
    ):
        out(tmp_path / "x.png")
    with pytest.raises(KnownError, match="cannot be opened: it is not there"):
        out(tmp_path / "gone.png")


def test_a_bomb_is_not_decoded(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(KnownError, match="too large to be decoded safely"):
        out(own)


def test_a_folder_that_is_not_there_is_explained(own: Path) -> None:
    options = ExportOptions(own.parent / "nowhere")
    with pytest.raises(KnownError, match="cannot be written to: it is not there"):
        export(own, options, words(own))


def test_limits_of_formats_are_explained(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadArgumentError, match="Quality is 1 to 100"):
        ExportOptions(own.parent, quality=0)
    with pytest.raises(BadArgumentError, match="JPEG always loses"):
        ExportOptions(own.parent, format=Format.JPEG, lossless=True)
    info = PngInfo()
    info.add_itxt("workflow", "x" * 70_000)
    long = foreign(own.parent, "long.png", pnginfo=info)
    with pytest.raises(BadArgumentError, match="too long for a JPEG"):
        out(long, format=Format.JPEG)
    assert out(long, format=Format.WEBP).exists()
    monkeypatch.setattr("ldm_desktop.gallery.export.export.LONGEST_SIDE", {"webp": 15})
    with pytest.raises(BadArgumentError, match="WEBP takes 15 pixels a side"):
        out(own, format=Format.WEBP)


# Names


def named(template: str, **changes: Any) -> str:
    export_names.check(template)
    usual = Words("meadow", picture_of().record.id, 3, "landscapes", "2026-11-23", 4, 7)
    return export_names.fill(template, dataclasses.replace(usual, **changes))


def test_names_are_made_of_what_is_known(own: Path) -> None:
    template = "{date} {model} {seed:010} {rating} {n:03} {id} {name}"
    assert named(template) == "2026-11-23 landscapes 0000000003 4 007 00000000 meadow"
    assert out(own, names="{id} x").name == "00000000 x.png"


def test_a_name_is_never_empty_or_dangerous() -> None:
    assert named("{seed}", seed=None) == "00000000"
    assert named("{model}", model="../../etc/passwd") == "_.._etc_passwd"
    assert named("{model}", model="a\0b\nc\ud800") == "a b c"
    assert named("{model}", model="CON") == "CON_"
    assert named("{model}", model="{seed}") == "{seed}"


@given(st.text(), st.text())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_text_makes_a_name_that_fits(model: str, name: str) -> None:
    made = named("{model} {name}", model=model, name=name)
    assert 0 < len(made.encode()) <= export_names.LONGEST_NAME
    assert not set(made) & {"/", "\\", "\0", ":"}
    assert made == made.strip(" .")


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{colour}", "{colour} is not known in a name"),
        ("{}", "{} is not known in a name"),
        ("{name!r}", "{name!r} is not known"),
        ("{model:03}", "only {seed}, {rating} and {n} take a width"),
        ("{n:999}", "cannot be written so"),
        ("{name", "A brace is left open"),
        ("a}", "A brace is left open"),
        ("{date}/{name}", "A name has no slashes"),
        ("", "The name is empty"),
        (" . ", "The name is empty"),
    ],
)
def test_a_template_that_makes_no_name_is_explained(template: str, sentence: str) -> None:
    with pytest.raises(BadArgumentError, match=re.escape(sentence)):
        ExportOptions(Path(), names=template)
