"""Sidecars: what is written is read back, by others too, and what others wrote stays."""

from __future__ import annotations

import errno
import hashlib
from pathlib import Path
from uuid import UUID
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ldm_desktop.core import paths
from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import beside, files, sidecar
from ldm_desktop.gallery.records import Annotation, Flag, Label, readable

ID = UUID("5f3a01bc-0000-4000-8000-000000000001")
SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ldm": "https://ldm-desktop.invalid/ns/1.0/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
    "darktable": "http://darktable.sf.net/",
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
in_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def seen(text: str) -> bool:
    return bool(readable(text))


texts = st.text(max_size=40) | st.sampled_from(
    ["🎨 art", "שלום עולם", "a & b < c > d \"e\" 'f'", "]]>", "e\u0301", "\ufeffx", "&#10;", "<x/>"]
)
names = st.lists(texts.filter(seen), max_size=4).map(tuple)
notes = texts | st.sampled_from([" \n\t ", "a\r\nb\rc", "é🎨ש" * 3400, "\u2028x\ud800"])
annotations = st.builds(
    Annotation,
    rating=st.integers(0, 5),
    flag=st.sampled_from(Flag),
    label=st.sampled_from(Label),
    tags=names,
    albums=names,
    note=notes,
)


def description(path: Path) -> Element:
    found = fromstring(path.read_bytes()).find(".//rdf:Description", SPACES)
    assert found is not None
    return found


def item_texts(path: Path, name: str) -> list[str | None]:
    return [item.text for item in description(path).findall(f"{name}/*/rdf:li", SPACES)]


def test_the_sidecar_is_beside_its_picture() -> None:
    assert sidecar.sidecar_of(Path("a/b.png")) == Path("a/b.png.xmp")


@in_one_folder
@given(annotations, st.uuids())
def test_what_is_written_is_read_back(tmp_path: Path, said: Annotation, picture: UUID) -> None:
    path = tmp_path / "x.png.xmp"
    written = sidecar.write(path, picture, said)
    assert sidecar.read(path) == sidecar.Sidecar(picture, said, written)
    assert written == hashlib.sha256(path.read_bytes()).hexdigest()
    assert sidecar.write(path, picture, said) == written, "the same is written in the same way"


@in_one_folder
@given(annotations)
def test_others_find_the_standard_properties(tmp_path: Path, said: Annotation) -> None:
    path = tmp_path / "x.png.xmp"
    path.unlink(missing_ok=True)
    sidecar.write(path, ID, said)
    found = description(path)
    assert found.findtext("xmp:Rating", namespaces=SPACES) == str(said.rating)
    assert (found.findtext("xmp:Label", namespaces=SPACES) or "").lower() == said.label
    assert item_texts(path, "dc:subject") == list(said.tags)
    assert item_texts(path, "dc:description") == ([said.note] if said.note else [])
    assert found.findtext("ldm:id", namespaces=SPACES) == str(ID)


@in_one_folder
@given(annotations, annotations)
def test_what_is_said_later_replaces_all_that_was_said(
    tmp_path: Path, first: Annotation, second: Annotation
) -> None:
    path = tmp_path / "x.png.xmp"
    sidecar.write(path, ID, first)
    sidecar.write(path, ID, second)
    found = sidecar.read(path)
    assert found is not None
    assert found.annotation == second


def test_without_a_sidecar_there_is_none(tmp_path: Path) -> None:
    assert sidecar.read(tmp_path / "x.png.xmp") is None


# Of other programs


LIGHTROOM = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
   xmp:Rating="4" xmp:Label="YELLOW" xmp:CreatorTool="Adobe Lightroom" crs:Exposure2012="+0.50">
   <dc:subject><rdf:Bag><rdf:li>blue hour</rdf:li><rdf:li> </rdf:li><rdf:li/></rdf:Bag></dc:subject>
   <dc:description><rdf:Alt><rdf:li xml:lang="de">Abend</rdf:li>
     <rdf:li xml:lang="x-default">Evening</rdf:li></rdf:Alt></dc:description>
   <crs:ToneCurve><rdf:Seq><rdf:li>0, 0</rdf:li><rdf:li>255, 255</rdf:li></rdf:Seq></crs:ToneCurve>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
DARKTABLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:darktable="http://darktable.sf.net/"
   xmp:Rating="-1" darktable:xmp_version="5">
   <darktable:history><rdf:Seq>
     <rdf:li darktable:num="0" darktable:operation="exposure" darktable:params="00&#xA;&lt;"/>
   </rdf:Seq></darktable:history>
  </rdf:Description>
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:subject><rdf:Seq><rdf:li>sea</rdf:li></rdf:Seq></dc:subject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>"""


def place(folder: Path, text: str | bytes) -> Path:
    path = folder / "x.png.xmp"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def said_in(path: Path) -> Annotation:
    found = sidecar.read(path)
    assert found is not None
    return found.annotation


def test_what_lightroom_says_is_understood(tmp_path: Path) -> None:
    path = place(tmp_path, LIGHTROOM)
    found = sidecar.read(path)
    assert found is not None
    assert found.id is None
    assert found.annotation == Annotation(
        4, Flag.NONE, Label.YELLOW, ("blue hour",), note="Evening"
    )


def test_a_rating_of_minus_one_is_a_rejection(tmp_path: Path) -> None:
    assert said_in(place(tmp_path, DARKTABLE)) == Annotation(0, Flag.REJECTED, tags=("sea",))


def test_utf_16_is_read(tmp_path: Path) -> None:
    path = place(tmp_path, LIGHTROOM.lstrip("\ufeff").encode("utf-16"))
    assert said_in(path).rating == 4


@pytest.mark.parametrize(
    ("rating", "stars"),
    [("5", 5), ("3.0", 3), ("4.5", 4), ("9", 5), ("-7", 0), ("", 0), ("x", 0), ("nan", 0)],
)
def test_odd_ratings_are_read_as_stars(tmp_path: Path, rating: str, stars: int) -> None:
    text = LIGHTROOM.replace('xmp:Rating="4"', f'xmp:Rating="{rating}"')
    assert said_in(place(tmp_path, text)).rating == stars


@pytest.mark.parametrize("name", ["dc:subject", "dc:description"])
def test_lists_that_are_plain_texts_are_read(tmp_path: Path, name: str) -> None:
    for form in (
        f"<{name}>one</{name}>",
        f"<{name}><rdf:Bag><rdf:li>one</rdf:li></rdf:Bag></{name}>",
    ):
        path = place(
            tmp_path,
            LIGHTROOM[: LIGHTROOM.index("   <dc:")]
            + form
            + LIGHTROOM[LIGHTROOM.index("   <crs:") :],
        )
        said = said_in(path)
        assert (said.tags, said.note) == ((("one",), "") if name == "dc:subject" else ((), "one"))


def test_what_others_wrote_stays(tmp_path: Path) -> None:
    path = place(tmp_path, LIGHTROOM)
    said = Annotation(2, Flag.PICKED, Label.RED, ("sea",), ("Best",), "Night")
    sidecar.write(path, ID, said)
    found = description(path)
    assert said_in(path) == said
    assert found.get(f"{{{SPACES['crs']}}}Exposure2012") == "+0.50"
    assert found.get(f"{{{SPACES['xmp']}}}CreatorTool") == "Adobe Lightroom"
    assert found.get(f"{{{SPACES['xmp']}}}Rating") is None, "or there were two"
    assert item_texts(path, "crs:ToneCurve") == ["0, 0", "255, 255"]
    languages = {
        item.get(LANGUAGE): item.text
        for item in found.findall("dc:description/rdf:Alt/rdf:li", SPACES)
    }
    assert languages == {"x-default": "Night", "de": "Abend"}
    text = path.read_text(encoding="utf-8")
    assert "crs:Exposure2012" in text
    assert 'x:xmptk="Adobe XMP Core 7.0"' in text


def test_structures_of_others_stay(tmp_path: Path) -> None:
    path = place(tmp_path, DARKTABLE)
    sidecar.write(path, ID, Annotation(1))
    assert said_in(path) == Annotation(1)
    (step,) = description(path).findall("darktable:history/rdf:Seq/rdf:li", SPACES)
    assert {name.partition("}")[2]: value for name, value in step.items()} == {
        "num": "0",
        "operation": "exposure",
        "params": "00\n<",
    }


def test_a_note_that_is_taken_away_does_not_come_back_from_another_language(
    tmp_path: Path,
) -> None:
    path = place(tmp_path, LIGHTROOM)
    sidecar.write(path, ID, Annotation(note=""))
    assert said_in(path).note == ""
    assert item_texts(path, "dc:description") == [None, "Abend"]


def test_a_note_in_another_language_is_a_note(tmp_path: Path) -> None:
    path = place(tmp_path, LIGHTROOM.replace('"x-default"', '"fr"'))
    assert said_in(path).note == "Abend"


def test_a_label_that_is_none_of_ours_stays_until_another_is_given(tmp_path: Path) -> None:
    path = place(tmp_path, LIGHTROOM.replace("YELLOW", "Zweite Wahl"))
    assert said_in(path).label is Label.NONE
    sidecar.write(path, ID, Annotation(rating=1))
    assert "Zweite Wahl" in path.read_text(encoding="utf-8")
    sidecar.write(path, ID, Annotation(label=Label.BLUE))
    assert said_in(path).label is Label.BLUE
    sidecar.write(path, ID, Annotation())
    assert "Label" not in path.read_text(encoding="utf-8")


def test_two_name_spaces_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    extra = '<a:p xmlns:a="one:">1</a:p><a:p xmlns:a="two:">2</a:p><p xmlns="three:" q="4">3</p>'
    path = place(tmp_path, LIGHTROOM.replace("<crs:ToneCurve>", extra + "<crs:ToneCurve>"))
    sidecar.write(path, ID, Annotation())
    found = description(path)
    assert [found.findtext(f"{{{space}:}}p") for space in ("one", "two", "three")] == list("123")
    third = found.find("{three:}p")
    assert third is not None
    assert third.attrib == {"q": "4"}


def test_xmp_without_descriptions_gets_one(tmp_path: Path) -> None:
    text = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    path = place(tmp_path, text)
    assert said_in(path) == Annotation()
    sidecar.write(path, ID, Annotation(3))
    assert said_in(path) == Annotation(3)


# Damaged


DAMAGED = {
    "nothing": b"",
    "zeros": bytes(4096),
    "cut": LIGHTROOM[:700].encode(),
    "other": b"<html><body/></html>",
    "binary": b"\x89PNG\r\n",
    "encoding": b'<?xml version="1.0" encoding="klingon"?><x/>',
    "deep": b"<a>" * 5000 + b"</a>" * 5000,
    "laughs": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    "outside": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_sidecar_is_never_written_over(tmp_path: Path, data: bytes) -> None:
    path = place(tmp_path, data)
    with pytest.raises(beside.DamagedError, match="cannot be read") as caught:
        sidecar.read(path)
    assert str(caught.value).startswith(f"{path} cannot be read: ")
    assert path.read_bytes() == data
    sidecar.write(path, ID, Annotation(5))
    assert said_in(path) == Annotation(5)
    assert (tmp_path / "x.png.xmp.damaged-1").read_bytes() == data


def test_damaged_ones_do_not_replace_each_other(tmp_path: Path) -> None:
    for data in (b"one", b"two", b"three"):
        path = place(tmp_path, data)
        sidecar.write(path, ID, Annotation())
    kept = [(tmp_path / f"x.png.xmp.damaged-{number}").read_bytes() for number in (1, 2, 3)]
    assert kept == [b"one", b"two", b"three"]


def test_links_and_giants_are_set_aside(tmp_path: Path) -> None:
    path, target = tmp_path / "x.png.xmp", tmp_path / "target"
    target.write_text(LIGHTROOM)
    path.symlink_to(target)
    with pytest.raises(beside.DamagedError, match="link"):
        sidecar.read(path)
    sidecar.write(path, ID, Annotation(1))
    assert target.read_text() == LIGHTROOM
    assert not path.is_symlink()
    with path.open("wb") as stream:
        stream.truncate(beside.LARGEST + 1)
    with pytest.raises(beside.DamagedError, match="larger"):
        sidecar.read(path)


def test_a_note_that_could_not_be_read_back_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.png.xmp"
    sidecar.write(path, ID, Annotation(1))
    with pytest.raises(KnownError, match="too long"):
        sidecar.write(path, ID, Annotation(note="é" * (beside.LARGEST // 2 + 1)))
    assert said_in(path) == Annotation(1)


@pytest.mark.parametrize("step", ["write_durably", "sync_folder"])
def test_a_full_disk_leaves_the_old_one_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "x.png.xmp"
    sidecar.write(path, ID, Annotation(1))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patched:
        patched.setattr(paths, step, full)
        with pytest.raises(files.UnreachableError, match="the disk is full"):
            sidecar.write(path, ID, Annotation(2))
    assert said_in(path) == Annotation(1 if step == "write_durably" else 2)
    assert [file.name for file in tmp_path.iterdir()] == ["x.png.xmp"]


def test_without_its_folder_the_disk_is_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(files.UnreachableError, match="it is not there"):
        sidecar.write(tmp_path / "away" / "x.png.xmp", ID, Annotation())


def test_what_is_left_of_a_killed_write_is_swept_like_a_picture_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts: list[str] = []
    write = paths.write_durably
    monkeypatch.setattr(
        paths, "write_durably", lambda path, data: (parts.append(path.name), write(path, data))
    )
    sidecar.write(tmp_path / "x.png.xmp", ID, Annotation())
    assert [bool(files.PART.fullmatch(name)) for name in parts] == [True]
