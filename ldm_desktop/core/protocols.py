"""How a front end speaks to an engine, wherever it runs.

The engine command
------------------
`ldm-desktop engine --stdio` reads commands (`job.Command`) on standard input and writes events
(`events.Event`) on standard output; standard error is for people. A message is

    4 bytes   length of the header, big-endian, at most 16 MiB
    header    UTF-8 JSON: {"type": "submit", "body": {…}, "blobs": [49152, …]}
    blobs     the raw bytes of each blob, one after the other, at most 1 GiB together

`type` is the message's `kind`, `body` its fields as in `codec`, where a field of bytes (the
pixels of a frame) holds the index of its blob. The engine speaks first, with `hello`; a client
compares the protocol's version and skips events it does not know. A command that cannot be read is
answered by `failed` without job or picture. Neither side waits for an answer: every event names
the job and the picture it is about. Of each picture at most one preview is on its way: the next
comes after `seen`, which the front end sends once it has shown the last. Work is done in units of
one UNet call or one decoded tile; a command takes effect after the unit in progress. The engine
ends when its standard input does, having written the checkpoints of what it was at.

    load          -> loading …, then ready or refused
    submit        -> for each picture: working, step …, working, then finished or failed;
                     with `until` rested instead of finished, its state kept as a keyframe
    pause resume cancel -> changed, for each picture concerned
    fork          -> as submit, in the source's job, before what is not urgent
    reprioritise seen   -> nothing
    look strip measure  -> looked stripped measured, before the next unit
    ping         -> pong
"""

from __future__ import annotations

import json
import reprlib
import struct
import typing
from typing import IO, Any, Protocol

from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event, Hello
from ldm_desktop.core.job import Command

VERSION = 2
LONGEST_HEADER = 16 << 20
LONGEST_BLOBS = 1 << 30


class EngineLink(Protocol):
    """An engine in this process or in another."""

    def send(self, command: Command) -> None:
        """Ask for something, without waiting."""

    def receive(self) -> Event:
        """Wait for the next event; KnownError when the engine has gone."""

    def close(self) -> None:
        """End the engine, and wait until it has; what it has said last can still be received."""


_COMMANDS = {form.kind: form for form in typing.get_args(Command)}
_EVENTS = {form.kind: form for form in typing.get_args(Event)}


def write(stream: IO[bytes], message: Command | Event) -> None:
    """Write one message and flush."""
    stream.write(encode(message))
    stream.flush()


def encode(message: Command | Event) -> bytes:
    """Give the bytes of one message."""
    blobs: list[bytes] = []
    body = codec.to_json(message, blobs)
    header = json.dumps({"type": message.kind, "body": body, "blobs": [len(b) for b in blobs]})
    data = header.encode()
    if len(data) > LONGEST_HEADER:
        raise KnownError("This is too much for one message; order fewer pictures at a time.")
    return b"".join([struct.pack(">I", len(data)), data, *blobs])


def read_command(stream: IO[bytes]) -> Command | None:
    """Read the next command; None at the end of the stream."""
    return typing.cast("Command | None", _read(stream, _COMMANDS))


def read_event(stream: IO[bytes]) -> Event | None:
    """Read the next event; None at the end of the stream.

    UnknownMessageError if only a newer program knows it, VersionError if nothing can be understood.
    """
    return typing.cast("Event | None", _read(stream, _EVENTS))


def _read(stream: IO[bytes], forms: dict[str, Any]) -> object | None:
    head = stream.read(4)
    if not head:
        return None
    (length,) = struct.unpack(">I", head) if len(head) == 4 else (LONGEST_HEADER + 1,)
    if length > LONGEST_HEADER:
        raise BrokenStreamError("A message's header is too long; the stream is damaged.")
    try:
        header = codec.parse(_exactly(stream, length), "A message's header")
    except codec.CodecError as error:
        # Without its header nobody knows where the message ends.
        raise BrokenStreamError(str(error)) from error
    sizes = header.get("blobs") if isinstance(header, dict) else None
    if not isinstance(sizes, list) or not all(type(n) is int and n >= 0 for n in sizes):
        raise BrokenStreamError("A message does not say how many bytes follow it.")
    if sum(sizes) > LONGEST_BLOBS:
        raise BrokenStreamError("A message is too long; the stream is damaged.")
    blobs = [_exactly(stream, size) for size in sizes]
    kind = header.get("type")
    form = forms.get(kind) if isinstance(kind, str) else None
    if form is None:
        raise UnknownMessageError(
            f"The message {reprlib.repr(kind)} is unknown; update LDM Desktop."
        )
    _check_version(header)
    message: object = codec.from_json(form, header.get("body"), blobs)
    return message


def _check_version(header: dict[str, Any]) -> None:
    """Compare versions before the rest of a hello is read, which may have another form."""
    body = header.get("body")
    version = body.get("protocol") if isinstance(body, dict) else None
    if header.get("type") == Hello.kind and version != VERSION:
        raise VersionError(
            f"The engine speaks version {version!r} of the protocol and this program version "
            f"{VERSION}: install both from one release."
        )


class UnknownMessageError(KnownError):
    """A message that only a newer program knows; the stream can be read on."""


class VersionError(KnownError):
    """Two programs of different releases cannot work together."""


class BrokenStreamError(KnownError):
    """The stream holds something else than messages; no later one can be found in it."""


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise BrokenStreamError("The stream ended in the middle of a message.")
    return data
