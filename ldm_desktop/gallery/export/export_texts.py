"""What goes along with an exported picture: its whole recipe, the IPTC mark alone, or nothing."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from enum import StrEnum

from PIL import ExifTags, Image

from ldm_desktop.core import codec
from ldm_desktop.core.picture import PictureRecord
from ldm_desktop.gallery import embedded, metadata
from ldm_desktop.gallery.embedded import XMP_TEXT
from ldm_desktop.gallery.export.export_source import Source
from ldm_desktop.gallery.xmp import LDM

UNICODE = b"UNICODE\0"
PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""{entries}/>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"


class Keep(StrEnum):
    """What of a picture's metadata goes into its export."""

    RECIPE = "recipe"
    MARK = "mark"
    NONE = "none"


@dataclass(frozen=True)
class Payload:
    """What is written beside the pixels: a PNG's texts, or other formats' EXIF and XMP."""

    texts: tuple[tuple[str, str], ...] = ()
    exif: bytes = b""
    xmp: bytes = b""


def payload(source: Source, keep: Keep, *, png: bool) -> Payload:
    """Give what goes into an export of a picture."""
    if keep is Keep.NONE:
        return Payload()
    if keep is Keep.MARK:
        return _mark(png=png)
    return _for_png(source) if png else _for_others(source)


def _mark(*, png: bool) -> Payload:
    packet = _packet(
        {f'xmlns:Iptc4xmpExt="{IPTC}" Iptc4xmpExt:DigitalSourceType': metadata.TRAINED}
    )
    return Payload(texts=((XMP_TEXT, packet),)) if png else Payload(xmp=packet.encode())


def _for_png(source: Source) -> Payload:
    """Give the texts of another format's picture; a PNG is copied whole instead."""
    texts = embedded.texts_of(embedded.read_exif(source.exif))
    if source.xmp:
        texts[XMP_TEXT] = source.xmp.decode("utf-8", "replace")
    return Payload(tuple(texts.items()), source.exif)


def _for_others(source: Source) -> Payload:
    if source.record:
        xmp = _own_packet(source.record).encode()
        return Payload(exif=_with_comment(metadata.parameters(source.record)), xmp=xmp)
    if not source.texts:
        return Payload(exif=source.exif, xmp=source.xmp)
    texts = dict(source.texts)
    told = json.dumps(texts, sort_keys=True)
    packet = _packet({f'xmlns:ldm="{LDM}" ldm:texts': told})
    return Payload(exif=_with_comment(texts.get("parameters", told)), xmp=packet.encode())


def _own_packet(record: PictureRecord) -> str:
    """Give our XMP as in a PNG, with the whole record in it."""
    whole = f'{{"format":{metadata.FORMAT},"record":{codec.canonical(record)}}}'
    entry = f'\n    xmlns:ldm="{LDM}"\n    ldm:record="{_escaped(whole)}"/>'
    return metadata.xmp(record).replace("/>", entry, 1)


def _packet(entries: dict[str, str]) -> str:
    lines = (f'\n    {name}="{_escaped(value)}"' for name, value in entries.items())
    return PACKET.format(entries="".join(lines))


def _escaped(text: str) -> str:
    """Make JSON an XML attribute; what XML cannot hold becomes an escape of JSON."""
    plain = re.sub("[\ufffe\uffff]", lambda match: f"\\u{ord(match[0]):04x}", text)
    return html.escape(plain)


def _with_comment(text: str) -> bytes:
    """Give EXIF with nothing but a comment, in the form that viewers of A1111's settings read."""
    exif = Image.Exif()
    exif.endian = ">"  # So that the comment's characters are in one order with the rest.
    encoded = text.encode("utf-16-be", "replace")
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = UNICODE + encoded
    return exif.tobytes()
