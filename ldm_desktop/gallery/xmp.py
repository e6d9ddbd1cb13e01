"""XMP packets: read safely, changed property by property, written with all that others put in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

# Only the names and the layout; what others wrote is parsed by defusedxml.
from xml.etree.ElementTree import Element, ParseError, SubElement, indent

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ldm_desktop.core.errors import KnownError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = "http://www.w3.org/XML/1998/namespace"
META = "adobe:ns:meta/"
BASIC = "http://ns.adobe.com/xap/1.0/"
DUBLIN = "http://purl.org/dc/elements/1.1/"
LDM = "https://ldm-desktop.invalid/ns/1.0/"
PREFIXES = {RDF: "rdf", XML: "xml", META: "x", BASIC: "xmp", DUBLIN: "dc", LDM: "ldm"}
DEFAULT = "x-default"
"""The language of a text that is in none."""
DEEPEST = 100
ROOT = f"{{{RDF}}}RDF"
DESCRIPTION = f"{{{RDF}}}Description"
ITEM = f"{{{RDF}}}li"
LANGUAGE = f"{{{XML}}}lang"
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
MORE_ESCAPES = ESCAPES | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
"""In attributes, where a parser would make spaces of the last two."""


class DamagedXmpError(KnownError):
    """It is broken, or no XMP; the text is the end of a sentence."""


@dataclass(frozen=True)
class Packet:
    """The properties in XMP, which stand in attributes or in elements of its descriptions."""

    root: Element
    rdf: Element
    prefixes: dict[str, str]

    def value(self, space: str, name: str) -> str | None:
        """Give a simple property."""
        for owner in self.rdf.findall(DESCRIPTION):
            if (text := owner.get(f"{{{space}}}{name}")) is not None:
                return text
        found = self._find(space, name)
        return None if found is None else found.text or ""

    def items(self, space: str, name: str) -> tuple[str, ...]:
        """Give what is in a bag or a list; a simple property is one item."""
        found = self._find(space, name)
        if found is None or not len(found):
            text = self.value(space, name)
            return (text,) if text else ()
        return tuple(item.text or "" for item in _items(found))

    def text(self, space: str, name: str) -> str:
        """Give a text that may be in several languages: the one in none of them, or the first."""
        found = self._find(space, name)
        if found is None or not len(found):
            return self.value(space, name) or ""
        chosen = sorted(_items(found), key=lambda item: item.get(LANGUAGE, DEFAULT) != DEFAULT)
        return (chosen[0].text or "") if chosen else ""

    def set_value(self, space: str, name: str, text: str | None) -> None:
        """Say a simple property, or take it away."""
        self._remove(space, name)
        if text is not None:
            self._add(space, name).text = text

    def set_items(self, space: str, name: str, items: tuple[str, ...]) -> None:
        """Say what is in a bag; an empty one goes."""
        self._remove(space, name)
        if items:
            bag = SubElement(self._add(space, name), f"{{{RDF}}}Bag")
            for text in items:
                SubElement(bag, ITEM).text = text

    def set_text(self, space: str, name: str, text: str) -> None:
        """Say a text in no language; what others said in theirs stays."""
        found = self._find(space, name)
        items = [] if found is None else _items(found)
        others = [item for item in items if item.get(LANGUAGE, DEFAULT) != DEFAULT]
        self._remove(space, name)
        if text or others:
            choice = SubElement(self._add(space, name), f"{{{RDF}}}Alt")
            SubElement(choice, ITEM, {LANGUAGE: DEFAULT}).text = text
            choice.extend(others)

    def _find(self, space: str, name: str) -> Element | None:
        return self.rdf.find(f"{DESCRIPTION}/{{{space}}}{name}")

    def _remove(self, space: str, name: str) -> None:
        tag = f"{{{space}}}{name}"
        for owner in self.rdf.findall(DESCRIPTION):
            owner.attrib.pop(tag, None)
            for child in owner.findall(tag):
                owner.remove(child)

    def _add(self, space: str, name: str) -> Element:
        owner = self.rdf.find(DESCRIPTION)
        if owner is None:
            owner = SubElement(self.rdf, DESCRIPTION, {f"{{{RDF}}}about": ""})
        return SubElement(owner, f"{{{space}}}{name}")


def _items(found: Element) -> list[Element]:
    """Give what is listed in the container of a property."""
    return found.findall(f"*/{ITEM}")


def empty() -> Packet:
    """Give XMP that says nothing."""
    root = Element(f"{{{META}}}xmpmeta")
    return Packet(root, SubElement(root, ROOT), {})


def parse(data: bytes) -> Packet:
    """Read XMP; DamagedXmpError for anything else, and for what could do harm."""
    prefixes: dict[str, str] = {}
    top: Element | None = None
    depth = 0
    try:
        for event, found in iterparse(
            BytesIO(data), events=("start", "end", "start-ns"), forbid_dtd=True
        ):
            if event == "start-ns":
                _note(prefixes, *found)
                continue
            top = found if top is None else top
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise DamagedXmpError("it is nested too deeply")
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise DamagedXmpError("it is no XMP that can be read") from error
    rdf = None if top is None else next(top.iter(ROOT), None)
    if top is None or rdf is None:
        raise DamagedXmpError("it holds no XMP")
    return Packet(top, rdf, prefixes)


def _note(prefixes: dict[str, str], prefix: str, space: str) -> None:
    """Remember what a name space is called, unless another one is called so."""
    if prefix and prefix not in prefixes.values():
        prefixes.setdefault(space, prefix)


def serialise(packet: Packet) -> bytes:
    """Give the file of XMP; the same properties give the same bytes."""
    indent(packet.root, " ")
    names = _names(packet)
    spaces = "".join(
        f'\n  xmlns:{prefix}="{space.translate(MORE_ESCAPES)}"'
        for space, prefix in names.items()
        if space != XML
    )
    body = "".join(_written(packet.root, names, spaces))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _names(packet: Packet) -> dict[str, str]:
    """Call each name space as its file did, or as is usual."""
    tags = (tag for each in packet.root.iter() for tag in (each.tag, *each.keys()))
    used = list(dict.fromkeys(filter(None, map(_space, tags))))
    known = PREFIXES | packet.prefixes
    spare = (f"ns{number}" for number in itertools.count())
    names: dict[str, str] = {}
    # Those of the file first: they are not called otherwise because of ours.
    for space in sorted(used, key=lambda space: space not in packet.prefixes):
        choices = itertools.chain(filter(None, [known.get(space)]), spare)
        names[space] = next(name for name in choices if name not in names.values())
    return names


def _space(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _written(element: Element, names: dict[str, str], spaces: str = "") -> Iterator[str]:
    name = _called(element.tag, names)
    attributes = "".join(
        f' {_called(key, names)}="{text.translate(MORE_ESCAPES)}"' for key, text in element.items()
    )
    yield f"<{name}{spaces}{attributes}"
    if element.text or len(element):
        yield f">{(element.text or '').translate(ESCAPES)}"
        for child in element:
            yield from _written(child, names)
        yield f"</{name}>"
    else:
        yield "/>"
    yield (element.tail or "").translate(ESCAPES)


def _called(tag: str, names: dict[str, str]) -> str:
    space = _space(tag)
    return f"{names[space]}:{tag.rpartition('}')[2]}" if space else tag
