"""What is written into a picture's PNG beside its pixels: the record, and words for other programs.

ldm-desktop         iTXt  canonical JSON {"format": 1, "record": …}; only this is read back
parameters          tEXt or iTXt  the line that AUTOMATIC1111's web UI and many viewers know
XML:com.adobe.xmp   iTXt  XMP that says how the picture was made (IPTC DigitalSourceType)
"""

from __future__ import annotations

import html
import json
import reprlib
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from typing import Any

from PIL.PngImagePlugin import PngInfo

from ldm_desktop.core import codec, recipe
from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.noise import first_seed
from ldm_desktop.core.picture import PictureRecord
from ldm_desktop.core.samplers import SamplerName

KEYWORD = b"ldm-desktop"
FORMAT = 1
LONGEST_RECORD = 16 << 20
"""As long as the longest message of the engine protocol: no recipe gets here that is longer."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"
PIXELS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
A1111_SAMPLERS = {
    SamplerName.DDIM: "DDIM",
    SamplerName.DPMPP_2M: "DPM++ 2M",
    SamplerName.UNIPC: "UniPC",
    SamplerName.EULER: "Euler",
    SamplerName.HEUN: "Heun",
    SamplerName.PNDM: "PLMS",
}
XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmp:CreatorTool="{tool}"
    xmp:CreateDate="{created}"
    Iptc4xmpExt:DigitalSourceType="{source}"/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


class NotOursError(KnownError):
    """The file is no PNG, is broken, or holds no recipe."""


def describe(record: PictureRecord) -> PngInfo:
    """Give the texts of a picture's PNG."""
    own = codec.canonical(record)
    info = PngInfo()
    info.add_itxt(KEYWORD.decode(), f'{{"format":{FORMAT},"record":{own}}}')
    info.add_text("parameters", parameters(record))
    info.add_itxt("XML:com.adobe.xmp", xmp(record))
    return info


def fits(record: PictureRecord) -> bool:
    """Say whether a record is short enough to be read back."""
    return len(codec.canonical(record).encode()) < LONGEST_RECORD - 100


def parameters(record: PictureRecord) -> str:
    """Give AUTOMATIC1111's last line; it has no prompt, so it is the only one."""
    made = record.recipe
    entries = {
        "Steps": made.steps,
        "Sampler": A1111_SAMPLERS[made.sampler.name],
        "Seed": first_seed(made.noise).seed,
        "Size": f"{made.size[0]}x{made.size[1]}",
        "Model hash": made.model.fingerprint[:10],
        "Model": made.model.name,
        "Eta": f"{made.eta:g}",
        "Version": tool(record),
    }
    return ", ".join(f"{key}: {_quoted(str(value))}" for key, value in entries.items())


def _quoted(value: str) -> str:
    plain = _printable(value)
    return json.dumps(plain, ensure_ascii=False) if set(plain) & set(',:"') else plain


def xmp(record: PictureRecord) -> str:
    """Give the XMP packet, from which others learn that a model made the picture."""
    made = html.escape(_printable(record.created))
    return XMP.format(tool=html.escape(_printable(tool(record))), created=made, source=TRAINED)


def tool(record: PictureRecord) -> str:
    """Name the program that made a picture."""
    return f"LDM Desktop {record.environment.app}"


def _printable(text: str) -> str:
    # Neither XML nor one line of text can hold control characters, lone surrogates or U+FFFE.
    return "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Walk through a PNG as (name, content, whole chunk) to its end, refusing what is damaged."""
    if not data.startswith(SIGNATURE):
        raise NotOursError("it is not a PNG picture; open one that LDM Desktop has saved")
    place, name = len(SIGNATURE), b""
    while name != b"IEND":
        if len(data) < place + 12:
            raise NotOursError("its end is missing; use a copy, if there is one")
        (length,) = struct.unpack_from(">I", data, place)
        whole = data[place : place + length + 12]
        name, content = whole[4:8], whole[8:-4]
        if len(whole) != length + 12 or whole[-4:] != struct.pack(">I", zlib.crc32(whole[4:-4])):
            raise NotOursError("it is damaged; use a copy, if there is one")
        yield name, content, whole
        place += len(whole)


def take_apart(data: bytes) -> tuple[PictureRecord, bytes]:
    """Give a PNG's record, and a PNG of nothing but its pixels."""
    kept, texts = [SIGNATURE], []
    for name, content, whole in chunks(data):
        if name in PIXELS:
            kept.append(whole)
        elif name == b"iTXt" and content.startswith(KEYWORD + b"\0"):
            texts.append(content)
    if not texts:
        raise NotOursError(
            "it has no recipe in it: another program made it or saved it again; "
            "open the file that LDM Desktop saved"
        )
    if len(texts) > 1:
        raise NotOursError("it has two recipes in it, and only one can be true; use a copy")
    return read_record(_text(texts[0])), b"".join(kept)


def _text(content: bytes) -> bytes:
    # iTXt: keyword 0, compressed?, method, language 0, translated keyword 0, text
    parts = content[len(KEYWORD) + 3 :].split(b"\0", 2)
    if len(parts) < 3:
        raise NotOursError("its recipe is damaged; use a copy, if there is one")
    text = _unpacked(parts[2]) if content[len(KEYWORD) + 1] else parts[2]
    if len(text) > LONGEST_RECORD:
        raise NotOursError("its recipe is longer than any that LDM Desktop writes")
    return text


def _unpacked(data: bytes) -> bytes:
    # Written plain; but programs that make PNGs smaller compress texts, too.
    try:
        return zlib.decompressobj().decompress(data, LONGEST_RECORD + 1)
    except zlib.error as error:
        raise NotOursError("its recipe is damaged; use a copy, if there is one") from error


def read_record(text: bytes) -> PictureRecord:
    """Read the record from its JSON; a newer format is refused, its seed named."""
    data: Any = codec.parse(text, "Its recipe")
    inner = data.get("record") if isinstance(data, dict) else None
    if not isinstance(inner, dict) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else None
        raise KnownError(
            f"It is of format {reprlib.repr(found)}, and this program knows format {FORMAT}: "
            f"update LDM Desktop.{recipe.seed_hint(data)}"
        )
    recipe.read(inner.get("recipe"))
    return codec.from_json(PictureRecord, inner)
