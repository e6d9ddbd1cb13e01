"""What a model was when it came in is remembered, and every difference to it is named."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from ldm_desktop.core.errors import KnownError
from ldm_desktop.hub import care, record
from ldm_desktop.hub.care import Origin
from ldm_desktop.hub.record import RECORD, ModelRecord
from ldm_desktop.hub.verify import What, verify

BYTES = 3 << 20
WEIGHTS = "unet/diffusion_pytorch_model.safetensors"


def silent(file: str, count: int) -> None:
    """Nobody listens."""


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Give a folder of models."""
    return tmp_path / "models"


def put(models: Path, name: str = "m") -> Path:
    """Bring something in that has the files of a model."""
    with care.staging(models, name) as staged:
        (staged / "unet").mkdir()
        (staged / WEIGHTS).write_bytes(random.Random(0).randbytes(BYTES))
        (staged / "model_index.json").write_text("{}")
        (staged / "README.md").write_text("hello")
        care.seal(staged, Origin("a/b", "0" * 40), "f" * 64, converted=False, tell=silent)
        return care.place(staged, models, name)


def read(folder: Path) -> ModelRecord:
    """Read the record of a model that has one."""
    found = record.read(folder)
    assert found
    return found


def problems(folder: Path) -> list[tuple[str, What]]:
    """Give file and kind of each problem."""
    return [(one.file, one.what) for one in verify(folder, read(folder), silent)]


def test_everything_is_recorded_and_found_again(models: Path) -> None:
    folder = put(models)
    recorded = read(folder)
    assert (recorded.source, recorded.commit, recorded.fingerprint) == ("a/b", "0" * 40, "f" * 64)
    files = [(file.name, file.bytes) for file in recorded.files]
    assert files == [("README.md", 5), ("model_index.json", 2), (WEIGHTS, BYTES)]
    assert problems(folder) == []


@pytest.mark.parametrize("bit", [0, 8 * (BYTES // 2) + 3, 8 * BYTES - 1])
def test_one_bit_anywhere_is_found_and_its_file_named(models: Path, bit: int) -> None:
    folder = put(models)
    file = folder / WEIGHTS
    before, data = file.stat(), bytearray(file.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    file.write_bytes(data)
    # A disk that fails changes no times.
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert problems(folder) == [(WEIGHTS, What.CHANGED)]
    [problem] = verify(folder, read(folder), silent)
    assert problem.sentence.startswith(f"{WEIGHTS} has other bits than when it came in")


def test_what_is_missing_added_or_changed_is_named(models: Path) -> None:
    folder = put(models)
    (folder / "model_index.json").unlink()
    (folder / "README.md").write_text("HELLO")
    (folder / "unet/evil.py").write_text("")
    (folder / "link").symlink_to("/")
    (folder / ".DS_Store").write_text("")
    assert problems(folder) == [
        ("README.md", What.CHANGED),
        ("model_index.json", What.MISSING),
        ("link", What.FOREIGN),
        ("unet/evil.py", What.FOREIGN),
    ]
    sentences = [one.sentence for one in verify(folder, read(folder), silent)]
    assert "no picture depends on it" in sentences[0]
    assert "get the model again" in sentences[1]


def test_another_length_is_told_without_reading(models: Path) -> None:
    folder, heard = put(models), list[str]()
    os.truncate(folder / WEIGHTS, BYTES + 1)
    [problem] = verify(folder, read(folder), lambda file, count: heard.append(file))
    assert f"has {BYTES + 1:,} bytes and had {BYTES:,}" in problem.sentence
    assert WEIGHTS not in heard


def test_a_link_in_the_place_of_a_file_is_no_such_file(models: Path, tmp_path: Path) -> None:
    folder = put(models)
    shutil.copy(folder / WEIGHTS, tmp_path / "elsewhere")
    (folder / WEIGHTS).unlink()
    (folder / WEIGHTS).symlink_to(tmp_path / "elsewhere")
    assert problems(folder) == [(WEIGHTS, What.CHANGED)]


def test_a_part_that_is_gone_is_missing(models: Path) -> None:
    folder = put(models)
    shutil.rmtree(folder / "unet")
    (folder / "unet").write_text("")
    assert (WEIGHTS, What.MISSING) in problems(folder)


def test_progress_counts_every_byte(models: Path) -> None:
    folder, heard = put(models), list[int]()
    verify(folder, read(folder), lambda file, count: heard.append(count))
    assert sum(heard) == sum(file.bytes for file in read(folder).files)


def test_a_record_that_names_files_elsewhere_is_refused(models: Path) -> None:
    folder = put(models)
    text = (folder / RECORD).read_text()
    (folder / RECORD).write_text(text.replace("README.md", "../../x"))
    with pytest.raises(KnownError, match="no path inside a folder"):
        record.read(folder)


def test_a_name_that_is_taken_gets_a_number(models: Path) -> None:
    assert [put(models).name for _ in range(3)] == ["m", "m-2", "m-3"]


def test_what_fails_on_the_way_leaves_nothing(models: Path) -> None:
    def fail() -> None:
        with care.staging(models, "m") as staged:
            (staged / "half").write_text("x")
            raise KnownError("no")

    with pytest.raises(KnownError):
        fail()
    assert [path.name for path in (models / care.INCOMING).iterdir()] == [care.LOCK]
    assert [path.name for path in models.iterdir()] == [care.INCOMING]


def test_what_a_killed_program_left_is_swept_away(models: Path) -> None:
    left = models / care.INCOMING / f"old{care.ENDING}" / "unet"
    left.mkdir(parents=True)
    (left / "x").write_text("x")
    other = models / care.INCOMING / "a--b@0"
    other.mkdir()
    put(models)
    assert not left.parent.exists()
    assert other.exists(), "a download goes on there"


def test_one_model_comes_in_at_a_time(models: Path) -> None:
    with care.staging(models, "m"), pytest.raises(KnownError, match="just coming in"):
        put(models)
    put(models)


def test_a_model_that_does_not_fit_on_the_disk_is_refused_in_megabytes(models: Path) -> None:
    care.check_room(models, 1)
    with pytest.raises(KnownError, match=r"needs 1,099,511,627,776 MB and the disk .* free"):
        care.check_room(models, 2**60)


def test_a_model_that_is_erased_is_gone(models: Path) -> None:
    folder = put(models)
    care.erase(folder, models)
    assert not folder.exists()
    assert [path.name for path in (models / care.INCOMING).iterdir()] == [care.LOCK]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ldm-celebahq-256", "ldm-celebahq-256"),
        ("..", "model"),
        (".hidden", "hidden"),
        ("a/b\\c:d", "a_b_c_d"),
        ("evil\n\x1b[31m", "evil__[31m".replace("[", "_")),
        ("Gemälde (2)", "Gemälde (2)"),
        ("x" * 300, "x" * 80),
        ("", "model"),
    ],
)
def test_a_folders_name_becomes_one_that_is_harmless_everywhere(text: str, plain: str) -> None:
    assert care.plain_name(text) == plain
