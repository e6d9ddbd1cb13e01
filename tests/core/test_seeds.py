"""Seeds as people write them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldm_desktop.core import seeds
from ldm_desktop.core.errors import BadArgumentError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", (3,)),
        ("0:4", (0, 1, 2, 3)),
        ("3,7,11", (3, 7, 11)),
        (" 3 , 5:7 ", (3, 5, 6)),
        ("007", (7,)),
        ("4294967295", (2**32 - 1,)),
        ("2,2", (2, 2)),
    ],
)
def test_seeds_are_numbers_ranges_and_lists(text: str, expected: tuple[int, ...]) -> None:
    assert seeds.parse(text) == (expected, None)


@given(st.lists(st.integers(0, 2**32 - 1), min_size=1))
def test_a_list_of_seeds_reads_as_it_was_written(given_seeds: list[int]) -> None:
    assert seeds.parse(",".join(map(str, given_seeds))) == (tuple(given_seeds), None)


@given(st.integers(0, 2**32 - 1), st.integers(1, 500))
def test_a_range_excludes_its_end(start: int, length: int) -> None:
    found, notice = seeds.parse(f"{start}:{start + length}")
    assert len(found) == length
    assert found[0] == start
    assert (notice is None) == (start + length <= 2**32)


@given(st.integers(2**32, 2**64 - 1))
def test_a_larger_seed_of_another_program_is_reduced_and_said_so(seed: int) -> None:
    (found,), notice = seeds.parse(str(seed))
    assert found == seed % 2**32
    assert notice is not None
    assert str(seed) in notice
    assert str(found) in notice
    assert seeds.parse(str(seed), seeds.WIDE_SEEDS) == ((seed,), None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ",",
        "3,",
        ":",
        "3:",
        ":3",
        "-1",
        "+1",
        "1.0",
        "1e3",
        "0x10",
        "1_000",
        "three",
        "--",
        "٣",
        "３",
        "²",
        "3\0",
        "1:2:3",
        "1" * 40,
        "9" * 5000,
    ],
)
def test_what_is_no_seed_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadArgumentError, match=r"0:16"):
        seeds.parse(text)


@pytest.mark.parametrize("text", ["5:5", "9:3", "1,7:7"])
def test_an_empty_range_is_refused_because_the_end_is_excluded(text: str) -> None:
    with pytest.raises(BadArgumentError, match="end is excluded"):
        seeds.parse(text)


@pytest.mark.parametrize("text", ["0:1000001", "0:999999,0:2", "0:" + "9" * 39])
def test_more_seeds_than_a_run_takes_are_refused_at_once(text: str) -> None:
    with pytest.raises(BadArgumentError, match="1,000,000"):
        seeds.parse(text)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    with contextlib.suppress(BadArgumentError):
        found, _ = seeds.parse(text)
        assert all(0 <= seed < 2**32 for seed in found)


@given(st.lists(st.integers(0, 99)).map(tuple), st.integers(1, 12))
def test_shards_share_out_every_seed_once(all_seeds: tuple[int, ...], count: int) -> None:
    parts = [seeds.shard(all_seeds, index, count) for index in range(1, count + 1)]
    assert sorted(seed for part in parts for seed in part) == sorted(all_seeds)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@pytest.mark.parametrize(("index", "count"), [(0, 8), (9, 8), (-1, 8), (1, 0), (0, 0)])
def test_a_part_that_does_not_exist_is_refused(index: int, count: int) -> None:
    with pytest.raises(BadArgumentError, match="no part"):
        seeds.shard((1, 2, 3), index, count)
