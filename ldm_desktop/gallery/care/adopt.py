"""The one decision: what is this file to the gallery?

A file's claim to a picture is, strongest first: the UUID in it; the id in its sidecar; the place
where a picture's file was; its bytes, and then its pixels, which know what was stripped or saved
again. Whoever reads files (`refresh`, `rebuild`, `verify`, `incoming`) asks here.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from uuid import UUID, uuid5

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery import inspect
from ldm_desktop.gallery.care import scan
from ldm_desktop.gallery.care.ledger import HELD
from ldm_desktop.gallery.care.reading import Read
from ldm_desktop.gallery.care.scan import Seen
from ldm_desktop.gallery.index.database import RESTORED
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_values import Known
from ldm_desktop.gallery.records import Facts, Made, Origin, State, short
from ldm_desktop.gallery.sidecar import Sidecar

LOST = "lost"
"""The hash of pixels that were saved and that no file has any more."""


class Fate(Enum):
    """What becomes of a file."""

    NEW = auto()  # It gets a row.
    KNOWN = auto()  # It is the file of its row, as before or changed.
    FOUND = auto()  # It is the file of a row that was looked for elsewhere.
    COPY = auto()  # Its picture has another file, which is there.
    DAMAGED = auto()  # It is the file of a row, and does not open any more.
    REFUSED = auto()  # It is nothing that the gallery can show.
    PASSED = auto()  # It has gone, cannot be reached, or is on its way to the trash.


@dataclass(frozen=True)
class Decision:
    """What a file is to the gallery.

    `facts` are as they are to be written, under the id that holds; `row` is the picture's row so
    far. The row of another picture that was at this place is `displaced`; `again` is a file that
    loses its row to this one, and is to be looked at again. `said` is its sidecar where that says
    something new that holds; `reason` says why there is no row.
    """

    fate: Fate
    seen: Seen
    facts: Facts | None = None
    row: Known | None = None
    displaced: Known | None = None
    again: Path | None = None
    said: Sidecar | None = None
    reason: str = ""


def decide(store: Store, read: Read) -> Decision:
    """Say what a file is to the gallery as it is now; nothing is changed."""
    here = store.at(read.seen.path)
    if here and here.state is State.TRASHED and _is_going(store, here):
        return Decision(Fate.PASSED, read.seen, row=here)
    if read.facts is None:
        return _unread(read, here)
    claimed = _claim(store, read, read.facts, here)
    row = store.known(claimed)
    if row is None or (here and row.number == here.number):
        return _kept(store, read, claimed, row, here)
    holder = _holder(store, row)
    is_damaged = row.state is State.DAMAGED
    if holder is None and not is_damaged:
        return _kept(store, read, claimed, row, here)
    if holder is None or _is_better(read.facts, holder):
        decision = _kept(store, read, claimed, row, here)
        return dataclasses.replace(decision, again=row.file)
    if read.facts.bytes == row.bytes or read.facts.pixels == row.pixels:
        return Decision(Fate.COPY, read.seen, read.facts, row, here, reason=_copy_of(row, holder))
    return _branched(store, read, row, here)


def has_own_id(facts: Facts) -> bool:
    """Say whether a picture's id stands in its file, and is not made of its bytes."""
    return facts.id != made_id(facts)


def made_id(facts: Facts) -> UUID:
    """Give the id of a file that has none of its own, or none that it could keep."""
    return uuid5(inspect.NAMESPACE, facts.bytes)


def _is_going(store: Store, row: Known) -> bool:
    """Say whether a picture is just being moved to the trash, by this program or another."""
    binned = store.binned(row.id)
    return binned is not None and binned.place.file is None


def _unread(read: Read, here: Known | None) -> Decision:
    if not read.refused:
        return Decision(Fate.PASSED, read.seen, row=here, reason=read.trouble)
    mine = here is not None and here.state is not State.TRASHED
    fate = Fate.DAMAGED if mine else Fate.REFUSED
    return Decision(fate, read.seen, row=here if mine else None, reason=read.refused)


def _claim(store: Store, read: Read, facts: Facts, here: Known | None) -> UUID:
    """Give the id of the picture that a file is, or may be."""
    if has_own_id(facts):
        return facts.id
    if read.sidecar and read.sidecar.id:
        return read.sidecar.id
    if here and here.state is not State.TRASHED:
        return here.id
    alike = [*store.by_bytes(facts.bytes), *store.by_pixels(facts.pixels)]
    # One that has lost its file needs it more than one of which this is a copy.
    lost = (row for row in alike if _holder(store, row) is None)
    chosen = next(lost, alike[0] if alike else None)
    return chosen.id if chosen else facts.id


def _holder(store: Store, row: Known) -> Path | None:
    """Give the file that a row has, if it is there as it was last seen."""
    if row.state is State.TRASHED:
        thrown = store.details(row.id).trashed
        return Path(thrown) if thrown and Path(thrown).is_file() else None
    seen = scan.see(store.library, row.file)
    is_same = seen is not None and (seen.size, seen.mtime_ns) == (row.size, row.mtime_ns)
    return store.library / row.file if is_same and row.state in HELD else None


def _is_better(facts: Facts, holder: Path) -> bool:
    """Say whether a file is the picture as it was saved, and the one that has the row is not."""
    if not _is_original(facts):
        return False
    try:
        return not _is_original(inspect.facts_of(holder))
    except KnownError:
        return True


def _is_original(facts: Facts) -> bool:
    return has_own_id(facts) and facts.recorded == facts.pixels


def _copy_of(row: Known, holder: Path) -> str:
    if row.state is State.TRASHED:
        return f"It is a copy of {short(row.id)}, which is in the trash."
    return f"It is a copy of {short(row.id)}, {holder}."


def _branched(store: Store, read: Read, row: Known, here: Known | None) -> Decision:
    """Make a picture of its own of a file with the id, but not the pixels, of another one."""
    assert read.facts is not None
    facts = dataclasses.replace(read.facts, id=made_id(read.facts))
    made = facts.made
    if has_own_id(read.facts):
        made = dataclasses.replace(made, parents=(row.id,))
    # Its sidecar may be a copy, too; what it says is said of this picture as well.
    said = read.sidecar and dataclasses.replace(read.sidecar, id=None)
    alone = dataclasses.replace(read, facts=dataclasses.replace(facts, made=made), sidecar=said)
    mine = store.known(facts.id)
    if mine and mine != here and (holder := _holder(store, mine)):
        return Decision(Fate.COPY, read.seen, facts, mine, here, reason=_copy_of(mine, holder))
    return _kept(store, alone, facts.id, mine, here)


def _kept(
    store: Store, read: Read, picture: UUID, row: Known | None, here: Known | None
) -> Decision:
    """Give a file to the row of its picture, or a new one."""
    assert read.facts is not None
    facts = dataclasses.replace(read.facts, id=picture)
    decision = Decision(_fate(row, here), read.seen, _with_row(store, facts, row), row)
    if here and (row is None or here.number != row.number):
        decision = dataclasses.replace(decision, displaced=here)
    said = read.sidecar
    if said is None or said.id not in (None, picture) or not is_news(store, row, said.hash):
        return decision
    return dataclasses.replace(decision, said=said)


def _fate(row: Known | None, here: Known | None) -> Fate:
    if row is None:
        return Fate.NEW
    is_here = here is not None and here.number == row.number
    return Fate.KNOWN if is_here and row.state in (*HELD, State.DAMAGED) else Fate.FOUND


def _with_row(store: Store, facts: Facts, row: Known | None) -> Facts:
    """Keep what the row says of how a picture was made, where its file says less than that."""
    if row is None or facts.made.recipe:
        return facts
    made = store.details(row.id).made
    if not _says_less(facts.made, made):
        return facts
    kept = LOST if row.state is State.CHANGED else facts.recorded
    recorded = row.pixels if row.pixels != facts.pixels else kept
    return dataclasses.replace(facts, made=made, recorded=recorded)


def _says_less(made: Made, than: Made) -> bool:
    return than.recipe is not None or (
        made.origin is Origin.OTHER and than.origin is not Origin.OTHER
    )


def is_news(store: Store, row: Known | None, digest: str) -> bool:
    """Say whether a sidecar's values come in: what was said here and is not in it goes first.

    But not what a backup of the database says, as the sidecar was written after that.
    """
    if row is None or digest == row.sidecar_hash:
        return row is None
    return not row.dirty or bool(store.meta(RESTORED))


def known_as(store: Store, facts: Facts) -> Known | None:
    """Give the picture of which a file from elsewhere would only be a copy."""
    row = store.known(facts.id)
    alike = [] if has_own_id(facts) else store.by_pixels(facts.pixels)
    for each in [*([row] if row else []), *store.by_bytes(facts.bytes), *alike]:
        is_same = facts.bytes == each.bytes or facts.pixels == each.pixels
        holder = _holder(store, each) if is_same else None
        if holder and not _is_better(facts, holder):
            return each
    return None
