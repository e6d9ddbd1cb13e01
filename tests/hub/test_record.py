"""What was recorded of a model is read as it was written, and refused when it is damaged."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from ldm_desktop.core.errors import KnownError
from ldm_desktop.hub import record
from ldm_desktop.hub.record import ModelRecord, RecordedFile

FILE = RecordedFile("unet/config.json", 12, "a" * 64)
RECORD = ModelRecord(
    source="CompVis/ldm-celebahq-256",
    commit="c" * 40,
    licence="apache-2.0",
    added="2026-01-01T00:00:00+00:00",
    files=(FILE,),
    fingerprint="f" * 64,
    converted=True,
)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    record.write(tmp_path, RECORD)
    assert record.read(tmp_path) == RECORD
    written = json.loads((tmp_path / "ldm-desktop.json").read_text())
    assert written["version"] == 1
    assert written["files"] == [{"name": "unet/config.json", "bytes": 12, "sha256": "a" * 64}]


def test_a_model_that_was_never_recorded_has_no_record(tmp_path: Path) -> None:
    assert record.read(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not valid JSON"),
        ("[]", "holds no entries"),
        ("{}", "of which version"),
        ('{"version": 2}', "newer LDM Desktop"),
        ('{"version": true}', "of which version"),
        ('{"version": 1}', "lacks its entry"),
        ("[" * 100_000, "not valid JSON"),
        (" " * (2 << 20), "larger than any record"),
    ],
)
def test_a_damaged_record_is_refused_in_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / record.RECORD).write_text(text)
    with pytest.raises(KnownError, match=says):
        record.read(tmp_path)


def test_a_record_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    record.write(tmp_path, RECORD)
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / record.RECORD).symlink_to(tmp_path / record.RECORD)
    with pytest.raises(KnownError, match="not an ordinary file"):
        record.read(tmp_path / "inner")


@pytest.mark.parametrize(
    "name",
    ["", "/etc/passwd", "../x", "a/../b", "a//b", "./a", "a\\b", "C:x", "a\nb", ".hidden", "a."],
)
def test_a_name_that_leads_out_of_the_folder_is_never_recorded(name: str) -> None:
    assert not record.is_plain_name(name)
    with pytest.raises(ValueError, match="no path inside"):
        RecordedFile(name, 1, "a" * 64)


def test_a_file_is_hashed_in_pieces_that_add_up_to_it(tmp_path: Path) -> None:
    data = bytes(range(256)) * 8192 + b"end"
    (tmp_path / "file").write_bytes(data)
    heard: list[int] = []
    assert record.sha256_of(tmp_path / "file", heard.append) == hashlib.sha256(data).hexdigest()
    assert sum(heard) == len(data)
    assert max(heard) <= record.CHUNK
