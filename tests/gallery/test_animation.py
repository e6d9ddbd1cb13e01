"""What a morph is exported as, read back: its frames, its times, its path; or nothing is there."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import av
import pytest
from morph_scenes import film_of, path_of
from PIL import Image, ImageSequence
from samples import picture_of

sys.path.insert(0, str(Path(__file__).parent))

from fault_injection import Disk, Fault

from ldm_desktop.core import codec
from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.morph import Morph, duration, moments
from ldm_desktop.core.recipe import Precision
from ldm_desktop.gallery import files, metadata, xmp
from ldm_desktop.gallery.animation import embed, mp4
from ldm_desktop.gallery.animation.assemble import assemble
from ldm_desktop.gallery.animation.film import Film, FrameError, frame_file
from ldm_desktop.gallery.animation.options import AnimationFormat, AnimationOptions, format_of
from ldm_desktop.gallery.animation.reading import NoPathError, read_path

FILES = (AnimationFormat.WEBP, AnimationFormat.GIF, AnimationFormat.MP4)
PATH = path_of(1, 2, 3, holds=(0.0, 0.5, 0.25))


@pytest.fixture
def film(tmp_path: Path) -> Film:
    """Give a film whose frames are made: 7 moments, two of them rests."""
    return film_of(PATH, tmp_path / "frames")


def wish(film: Film, form: AnimationFormat, **options: object) -> AnimationOptions:
    """Ask for an animation beside the frames."""
    return AnimationOptions(film.folder.parent / f"out{form.ending}", form, **options)


def made(film: Film, form: AnimationFormat, **options: object) -> Path:
    """Make an animation beside the frames."""
    file = assemble(film, wish(film, form, **options), lambda *_: None, lambda: False)
    assert file
    return file


def left_over(film: Film) -> list[str]:
    """List what lies beside the frames."""
    return sorted(each.name for each in film.folder.parent.iterdir() if each != film.folder)


def read_back(file: Path) -> tuple[list[Image.Image], list[float]]:
    """Give an animation's pictures, and the seconds each is shown."""
    with Image.open(file) as image:
        pictures, seconds = [], []
        for frame in ImageSequence.Iterator(image):
            pictures.append(frame.convert("RGB"))
            seconds.append(image.info["duration"] / 1000)
    return pictures, seconds


def far(one: Image.Image, other: Image.Image) -> float:
    """Give the mean difference of two pictures' pixels."""
    pairs = zip(one.tobytes(), other.tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (3 * one.width * one.height)


# What is in the files


def test_a_lossless_webp_has_every_pixel_of_every_frame_in_its_order(film: Film) -> None:
    pictures, seconds = read_back(made(film, AnimationFormat.WEBP, lossless=True))
    assert len(pictures) == len(moments(PATH))
    for number, picture in enumerate(pictures):
        assert picture.tobytes() == film.image(number).tobytes()
    assert seconds == pytest.approx([each.seconds for each in moments(PATH)], abs=0.001)


def test_quality_makes_a_webp_smaller(film: Film) -> None:
    small = made(film, AnimationFormat.WEBP, quality=10).stat().st_size
    large = made(film, AnimationFormat.WEBP, quality=95, replace=True).stat().st_size
    assert small < large


def test_a_gif_comes_near_to_its_frames_and_keeps_their_times(film: Film) -> None:
    pictures, seconds = read_back(made(film, AnimationFormat.GIF))
    for number, picture in enumerate(pictures):
        assert far(picture, film.image(number)) < 12
        assert far(picture, film.image(number)) < far(picture, film.image((number + 3) % 7))
    assert sum(seconds) == pytest.approx(duration(PATH), abs=0.006)
    assert seconds == pytest.approx([each.seconds for each in moments(PATH)], abs=0.011)


@pytest.mark.parametrize("form", [AnimationFormat.WEBP, AnimationFormat.GIF])
def test_animations_play_for_ever(film: Film, form: AnimationFormat) -> None:
    with Image.open(made(film, form)) as image:
        assert image.info["loop"] == 0


def test_a_film_shows_each_picture_equally_long_and_repeats_the_rests(film: Film) -> None:
    with av.open(str(made(film, AnimationFormat.MP4))) as container:
        track = container.streams.video[0]
        frames = list(container.decode(video=0))
        assert (track.codec_context.width, track.codec_context.height) == PATH.recipe.size
        assert track.codec_context.pix_fmt == "yuv420p"
        assert track.average_rate == PATH.fps
    assert len(frames) == round(duration(PATH) * PATH.fps)
    assert [float(frame.time) for frame in frames] == pytest.approx(
        [number / PATH.fps for number in range(len(frames))], abs=1e-3
    )
    resting = moments(PATH)[3].seconds * PATH.fps
    shown = [frame.to_image().convert("L").resize((1, 1)).getpixel((0, 0)) for frame in frames]
    assert resting == pytest.approx(4)
    assert max(shown[3:7]) - min(shown[3:7]) <= 2


@pytest.mark.parametrize("name", mp4.ENCODERS)
def test_each_encoder_that_is_there_makes_a_film(
    film: Film, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        av.Codec(name, "w")
    except ValueError:
        monkeypatch.setattr(mp4, "ENCODERS", (name,))
        with pytest.raises(KnownError, match="choose WebP"):
            mp4.encoder()
        return
    monkeypatch.setattr(mp4, "ENCODERS", ("no-such-encoder", name))
    with av.open(str(made(film, AnimationFormat.MP4))) as container:
        assert sum(1 for _ in container.decode(video=0)) == round(duration(PATH) * PATH.fps)


def test_a_film_of_odd_sides_lacks_its_last_row_and_column(tmp_path: Path) -> None:
    film = film_of(path_of(1, 2, size=(33, 17)), tmp_path / "frames")
    with av.open(str(made(film, AnimationFormat.MP4))) as container:
        context = container.streams.video[0].codec_context
        assert (context.width, context.height) == (32, 16)


def test_frames_are_numbered_pictures_with_their_recipes_and_rests_are_repeated(
    film: Film,
) -> None:
    folder = made(film, AnimationFormat.PNG)
    found = sorted(folder.glob("*.png"))
    assert [file.name for file in found[:2]] == ["frame 00001.png", "frame 00002.png"]
    assert len(found) == round(duration(PATH) * PATH.fps)
    shown = [slot.number for slot in film.slots(1 / PATH.fps) for _ in range(slot.units)]
    for file, number in zip(found, shown, strict=True):
        assert files.read(file).record.recipe == film.recipe(number)
        assert files.is_intact(files.read(file))
    assert read_path(folder / "out.morph.json") == PATH


# The path that goes along


@pytest.mark.parametrize("form", FILES)
def test_an_animation_carries_its_path(film: Film, form: AnimationFormat) -> None:
    assert read_path(made(film, form)) == PATH


def test_a_frame_carries_the_whole_path(film: Film) -> None:
    assert read_path(made(film, AnimationFormat.PNG) / "frame 00005.png") == PATH


def test_a_path_has_a_file_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "a.morph.json"
    file.write_text(codec.canonical(PATH), encoding="utf-8")
    assert read_path(file) == PATH


def test_webp_and_gif_say_that_a_model_made_them(film: Film) -> None:
    for form in (AnimationFormat.WEBP, AnimationFormat.GIF):
        data = made(film, form).read_bytes()
        start, end = data.index(b"<?xpacket begin"), data.index(b"<?xpacket end")
        packet = xmp.parse(data[start:end])
        iptc = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
        assert packet.value(iptc, "DigitalSourceType") == metadata.TRAINED


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.webp", b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 40),
        ("a.gif", b"GIF89a\xff\xff\xff"),
        ("a.mp4", b"\0\0\0\x08ftyp\0\0\0\x01moov\0\0\0\0\0\0\0\x08udta"),
        ("a.json", b"[1, 2]"),
        ("a.json", b'{"format": 1, "morph": {"version": 9}}'),
        ("a.json", b'{"version": 1'),
        ("a.txt", b"\0" * 100),
        ("a.txt", b""),
    ],
)
def test_what_holds_no_path_is_refused_in_a_sentence(
    tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(KnownError) as refused:
        read_path(file)
    assert str(refused.value).endswith(".")


def test_a_picture_without_a_path_says_what_to_open(tmp_path: Path) -> None:
    with pytest.raises(NoPathError, match="open a"):
        read_path(files.save(picture_of(), tmp_path))


@pytest.mark.parametrize("form", FILES)
def test_a_file_that_was_cut_short_anywhere_never_ends_in_a_bug(
    film: Film, form: AnimationFormat, tmp_path: Path
) -> None:
    data = made(film, form).read_bytes()
    cut = tmp_path / "cut"
    for length in range(0, len(data), max(1, len(data) // 60)):
        cut.write_bytes(data[:length])
        try:
            assert read_path(cut) == PATH
        except KnownError:
            continue


def test_a_path_too_long_for_a_file_is_refused(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embed, "LONGEST", 100)
    with pytest.raises(KnownError, match="masks"):
        made(film, AnimationFormat.WEBP)
    assert left_over(film) == []


# What is in the way


@pytest.mark.parametrize("form", AnimationFormat)
def test_nothing_is_replaced_without_being_told_to(film: Film, form: AnimationFormat) -> None:
    target = wish(film, form).target
    if form is AnimationFormat.PNG:
        target.mkdir()
        (target / "mine.txt").write_text("mine")
    else:
        target.write_text("mine")
    with pytest.raises(BadArgumentError, match="another"):
        made(film, form)
    kept = target / "mine.txt" if form is AnimationFormat.PNG else target
    assert kept.read_text() == "mine"


def test_a_file_is_replaced_when_told_to(film: Film) -> None:
    wish(film, AnimationFormat.GIF).target.write_text("old")
    assert read_path(made(film, AnimationFormat.GIF, replace=True)) == PATH


def test_an_empty_folder_is_good_enough_for_frames(film: Film) -> None:
    wish(film, AnimationFormat.PNG).target.mkdir()
    assert list(made(film, AnimationFormat.PNG).glob("*.png"))


@pytest.mark.parametrize("form", AnimationFormat)
def test_cancelling_leaves_nothing_behind(film: Film, form: AnimationFormat) -> None:
    told: list[int] = []
    options = wish(film, form)
    assert assemble(film, options, lambda d, _: told.append(d), lambda: len(told) > 4) is None
    assert told == [0, 1, 2, 3, 4]
    assert left_over(film) == []
    assert film.missing() == 0


@pytest.mark.parametrize("form", AnimationFormat)
def test_it_tells_how_far_it_is(film: Film, form: AnimationFormat) -> None:
    told: list[tuple[int, int]] = []
    assemble(film, wish(film, form), lambda *news: told.append(news), lambda: False)
    total = told[-1][1]
    assert told == [(done, total) for done in range(total + 1)]


@pytest.mark.parametrize("form", AnimationFormat)
def test_a_full_disk_at_any_write_costs_a_sentence_and_leaves_no_half_file(
    film: Film, form: AnimationFormat
) -> None:
    counted = Disk()
    with counted.in_use():
        made(film, form)
    target = wish(film, form).target
    for number in range(len(counted.calls)):
        if counted.calls[number] in ("unlink", "rmdir"):
            continue  # Which a full disk is no obstacle to.
        _remove(target)
        disk = Disk(Fault(number, errno.ENOSPC, lasts=True))
        with disk.in_use(), pytest.raises(KnownError, match="full"):
            made(film, form)
        assert disk.failed
        assert left_over(film) == []


def _remove(target: Path) -> None:
    if target.is_dir():
        for each in target.iterdir():
            each.unlink()
        target.rmdir()
    else:
        target.unlink(missing_ok=True)


def test_a_damaged_frame_is_taken_away_so_that_it_is_made_again(film: Film) -> None:
    film.file(4).write_bytes(film.file(4).read_bytes()[:-40])
    with pytest.raises(FrameError, match="made again"):
        made(film, AnimationFormat.WEBP)
    assert film.missing() == 1
    film_of(PATH, film.folder)
    assert made(film, AnimationFormat.WEBP).exists()


def test_a_missing_frame_is_named(film: Film) -> None:
    film.file(2).unlink()
    with pytest.raises(FrameError, match="missing"):
        made(film, AnimationFormat.GIF)
    assert left_over(film) == []


def test_a_frame_that_had_to_be_made_in_another_precision_counts(tmp_path: Path) -> None:
    recipe = path_of(1, 2).recipe
    fast = path_of(1, 2)
    fast = Morph(
        type(recipe)(**vars(recipe) | {"precision": Precision.FAST, "version": 0}),
        fast.waypoints,
        fast.angles,
        fast.seconds,
        fast.fps,
    )
    film = film_of(fast, tmp_path / "frames")
    balanced = codec.from_json(
        type(recipe), codec.to_json(film.recipe(3)) | {"precision": "balanced"}
    )
    film.file(3).rename(frame_file(film.folder, balanced))
    assert film.missing() == 0
    assert made(film, AnimationFormat.WEBP).exists()


def test_mp4_without_its_encoder_says_how_to_get_it(
    film: Film, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    monkeypatch.setattr("ldm_desktop.gallery.animation.assemble.has_video", lambda: False)
    with pytest.raises(BadArgumentError, match="video"):
        made(film, AnimationFormat.MP4)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.webp", AnimationFormat.WEBP),
        ("a.GIF", AnimationFormat.GIF),
        ("a.mp4", AnimationFormat.MP4),
        ("frames", AnimationFormat.PNG),
    ],
)
def test_a_name_says_what_is_wished_for(name: str, form: AnimationFormat) -> None:
    assert format_of(Path(name)) is form


def test_another_ending_is_refused() -> None:
    with pytest.raises(BadArgumentError, match="webp"):
        format_of(Path("a.avi"))


@pytest.mark.parametrize("quality", [0, 101])
def test_an_impossible_quality_is_refused(quality: int) -> None:
    with pytest.raises(BadArgumentError, match="Quality"):
        AnimationOptions(Path("a.webp"), AnimationFormat.WEBP, quality)
