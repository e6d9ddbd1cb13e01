"""Messages survive the wire, and what is no message is refused without waiting or allocating."""

from __future__ import annotations

import contextlib
import io
import json
import struct
import tracemalloc
from typing import Any
from uuid import UUID

import pytest
import strategies
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import ENVIRONMENT, SCHEDULE, picture_of, recipe_of

from ldm_desktop.core import protocols
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import (
    Changed,
    Event,
    Failed,
    Finished,
    Hello,
    Loading,
    Log,
    Looked,
    Measured,
    ModelCard,
    Pong,
    Ready,
    Refused,
    Rested,
    Stage,
    State,
    Stepped,
    Stripped,
    Working,
)
from ldm_desktop.core.frame import Frame
from ldm_desktop.core.job import (
    Cancel,
    Command,
    Fork,
    Job,
    Load,
    Look,
    Measure,
    Order,
    Pause,
    Ping,
    Reprioritise,
    Resume,
    Seen,
    Strip,
    Submit,
)
from ldm_desktop.core.noise import Mask, Seed, Slerp, Turn, Walk
from ldm_desktop.core.previews import PreviewKind, PreviewPolicy
from ldm_desktop.core.protocols import BrokenStreamError
from ldm_desktop.core.recipe import Precision, Recipe, Renoise, Stop

JOB, PICTURE = UUID(int=1, version=4), UUID(int=2, version=4)
FRAME = picture_of().frame
CARD = ModelCard(recipe_of().model, "models/a", (128, 128), 32, 4, 3, SCHEDULE, "leading", "MIT")
WALK = Walk(Seed(3), (Turn(Seed(4), 8), Turn(Seed(5), -12.5, Mask.of(2, 1, bytes([255, 0])))))
COMMANDS: list[Command] = [
    Load("models/a \udc80"),
    Submit(Job(JOB, (Order(PICTURE, recipe_of(), "a.ckpt"),), 4, 10, PreviewPolicy())),
    Submit(Job(JOB, (), preview=PreviewPolicy(PreviewKind.FULL, 0.5, 0))),
    Pause(JOB),
    Resume(PICTURE),
    Cancel(JOB),
    Fork(PICTURE, 5, Renoise(Seed(1), 20), JOB),
    Fork(PICTURE, 5, Stop(), JOB, "b.ckpt"),
    Reprioritise(JOB, -3),
    Seen(PICTURE),
    Submit(Job(JOB, (Order(PICTURE, recipe_of(), until=8, sharp=True),), 1024, -5)),
    Look(PICTURE, recipe_of(), 7),
    Strip(PICTURE, recipe_of()),
    Measure(JOB, (3, 8, 8), ()),
    Measure(JOB, (3, 8, 8), (Seed(1), WALK, Slerp(Seed(1), WALK, 0.25))),
    Ping(3),
]
EVENTS: list[Event] = [
    Hello(protocols.VERSION, ENVIRONMENT, "cpu", Precision.FAST),
    Loading("models/a", 0.25),
    Ready(CARD),
    Refused("models/a", "It is broken."),
    Stepped(JOB, PICTURE, 1, 20, FRAME),
    Stepped(JOB, PICTURE, 1, 20),
    Working(JOB, PICTURE, Stage.STARTING),
    Finished(JOB, PICTURE, recipe_of(), ENVIRONMENT, 1.5, FRAME),
    Rested(JOB, PICTURE, 3, 20, True, FRAME),
    Failed(None, None, "Not understood."),
    Failed(JOB, PICTURE, "A bug.", "Traceback …"),
    Changed(JOB, PICTURE, State.CANCELLED),
    Log("Not finite; run again in balanced."),
    Looked(PICTURE, 7, 9, FRAME),
    Looked(PICTURE, 7, 0, None),
    Stripped(PICTURE, (2, 4), FRAME),
    Stripped(PICTURE, (), None),
    Measured(JOB, (90.5, 0.0)),
    Measured(JOB, (), "These two are opposite."),
    Pong(3),
]


def written(*messages: Command | Event) -> bytes:
    stream = io.BytesIO()
    for message in messages:
        protocols.write(stream, message)
    return stream.getvalue()


def raw(header: object, *blobs: bytes) -> io.BytesIO:
    data = header if isinstance(header, bytes) else json.dumps(header).encode()
    return io.BytesIO(struct.pack(">I", len(data)) + data + b"".join(blobs))


def test_every_command_and_event_has_an_example_here() -> None:
    assert {type(each).kind for each in COMMANDS} == set(protocols._COMMANDS)
    assert {type(each).kind for each in EVENTS} == set(protocols._EVENTS)


def test_commands_are_read_as_they_were_written_until_the_end() -> None:
    stream = io.BytesIO(written(*COMMANDS))
    assert [protocols.read_command(stream) for _ in COMMANDS] == COMMANDS
    assert protocols.read_command(stream) is None


def test_events_are_read_as_they_were_written_until_the_end() -> None:
    stream = io.BytesIO(written(*EVENTS))
    assert [protocols.read_event(stream) for _ in EVENTS] == EVENTS
    assert protocols.read_event(stream) is None


@settings(max_examples=40)
@given(strategies.recipes)
def test_any_recipe_survives_the_wire(made: Recipe) -> None:
    command = Submit(Job(JOB, (Order(PICTURE, made),)))
    assert protocols.read_command(io.BytesIO(written(command))) == command


def test_a_stream_cut_at_any_byte_is_broken_and_never_half_a_message() -> None:
    whole = written(EVENTS[4])
    for length in range(1, len(whole)):
        with pytest.raises(BrokenStreamError):
            protocols.read_event(io.BytesIO(whole[:length]))


@pytest.mark.parametrize(
    "stream",
    [
        io.BytesIO(b"\xff\xff\xff\xff"),
        io.BytesIO(b"GET / HTTP/1.1\r\n\r\n"),
        io.BytesIO(struct.pack(">I", protocols.LONGEST_HEADER + 1)),
        raw({"type": "step", "body": {}, "blobs": [2**40]}),
        raw({"type": "step", "body": {}, "blobs": [2**29, 2**29, 1]}),
        raw({"type": "step", "body": {}, "blobs": [10**300]}),
        raw({"type": "step", "body": {}, "blobs": [-1]}),
        raw({"type": "step", "body": {}, "blobs": [True]}),
        raw({"type": "step", "body": {}, "blobs": [1.5]}),
        raw({"type": "step", "body": {}, "blobs": 3}),
        raw({"type": "step", "body": {}}),
        raw([]),
        raw(None),
        raw(b"\xff\xfe"),
        raw(b"{"),
        raw(b"[" * 100_000),
        raw({"type": "pause", "body": {}, "blobs": []}),
        raw({"type": ["step"], "body": {}, "blobs": []}),
        raw({"type": "step", "body": None, "blobs": []}),
        raw({"type": "log", "body": {"sentence": "a", "more": 1}, "blobs": []}),
    ],
)
def test_what_is_no_message_is_refused_at_once_and_without_large_allocations(
    stream: io.BytesIO,
) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(KnownError):
            protocols.read_event(stream)
        assert tracemalloc.get_traced_memory()[1] < 24 << 20
    finally:
        tracemalloc.stop()


def test_after_an_unknown_message_the_next_one_is_read() -> None:
    strange = raw({"type": "dance", "body": {}, "blobs": [3]}, b"abc").getvalue()
    misfit = raw({"type": "seen", "body": {}, "blobs": []}).getvalue()
    stream = io.BytesIO(strange + misfit + written(Cancel(JOB)))
    with pytest.raises(KnownError, match="dance"):
        protocols.read_command(stream)
    with pytest.raises(KnownError, match="picture"):
        protocols.read_command(stream)
    assert protocols.read_command(stream) == Cancel(JOB)


@given(st.sampled_from(EVENTS), st.data())
def test_a_damaged_event_is_read_or_refused(event: Event, data: st.DataObject) -> None:
    damaged = bytearray(written(event))
    place = data.draw(st.integers(0, len(damaged) - 1))
    damaged[place] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(KnownError):
        assert isinstance(protocols.read_event(io.BytesIO(bytes(damaged))), Event)


def test_a_frame_whose_pixels_do_not_fill_it_is_refused() -> None:
    body: dict[str, Any] = {
        "job": str(JOB),
        "picture": str(PICTURE),
        "done": 1,
        "total": 2,
        "preview": {"width": 2, "height": 2, "pixels": 0},
    }
    with pytest.raises(KnownError, match="pixels"):
        protocols.read_event(raw({"type": "step", "body": body, "blobs": [3]}, b"abc"))
    with pytest.raises(ValueError, match="pixels"):
        Frame(2, 2, b"abc")


def test_every_command_has_its_line_in_the_table() -> None:
    table = (protocols.__doc__ or "").partition("    load ")
    assert set(protocols._COMMANDS) <= set("".join(table[1:]).split())
