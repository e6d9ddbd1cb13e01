"""The path of a morph as text that goes along with what it becomes.

.morph.json   the path itself, canonical JSON (`core.morph`)
WebP          XMP, `ldm:morph`, beside the IPTC mark that a model made it
GIF           a comment; XMP as in WebP
MP4           the comment of iTunes' metadata (moov/udta/meta/ilst/©cmt)
PNG frame     iTXt `ldm-desktop-morph`, beside the picture's own record

All but the first are {"format": 1, "morph": …} in ASCII.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import struct
import zlib

import ldm_desktop
from ldm_desktop.core import codec
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.morph import Morph
from ldm_desktop.gallery import metadata
from ldm_desktop.gallery.xmp import LDM

KEYWORD = b"ldm-desktop-morph"
FORMAT = 1
LONGEST = 15 << 20
"""Bytes; 16 MiB is the most that a size in some of the formats can say."""


def text_of(morph: Morph) -> str:
    """Give the text that carries a path; KnownError if no format takes it."""
    whole = {"format": FORMAT, "morph": codec.to_json(morph)}
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), allow_nan=False)
    if len(text) > LONGEST:
        raise KnownError("The path is too long for a file: use fewer or smaller masks.")
    return text


def xmp_of(morph: Morph) -> bytes:
    """Give the XMP packet that carries a path and says that a model made it."""
    packet = metadata.XMP.format(
        tool=f"LDM Desktop {ldm_desktop.__version__}",
        created=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        source=metadata.TRAINED,
    )
    entry = f'\n    xmlns:ldm="{LDM}"\n    ldm:morph="{html.escape(text_of(morph))}"/>'
    return packet.replace("/>", entry, 1).encode()


def with_path(png: bytes, morph: Morph) -> bytes:
    """Give a picture's PNG with a path in it, before its end."""
    content = KEYWORD + b"\0\0\0\0\0" + text_of(morph).encode()
    body = b"iTXt" + content
    chunk = struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))
    parts = [chunk + whole if name == b"IEND" else whole for name, _, whole in metadata.chunks(png)]
    return metadata.SIGNATURE + b"".join(parts)
