"""What has gone from the library: rows that wait for their files, and files of which no row tells.

Nothing is forgotten here: a missing picture keeps its row with all that was said of it.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from ldm_desktop.gallery.care import reading, scan
from ldm_desktop.gallery.care.adopt import Fate
from ldm_desktop.gallery.care.intake import Intake
from ldm_desktop.gallery.care.ledger import Ledger, Row
from ldm_desktop.gallery.care.said import AWAY
from ldm_desktop.gallery.care.scan import Listing
from ldm_desktop.gallery.index.store import Store
from ldm_desktop.gallery.index.store_rows import file_to_blob
from ldm_desktop.gallery.index.store_values import Known
from ldm_desktop.gallery.records import State


def settle(store: Store, intake: Intake, ledger: Ledger) -> int:
    """Mark pictures whose files have gone, unless copies can take their place; count them."""
    gone = lost(store, ledger)
    store.saw_states((row.number, State.MISSING) for row in gone)
    found = _put_copies(store, intake)
    _forget_others(store, ledger.listing)
    return max(0, len(gone) + intake.displaced - found)


def lost(store: Store, ledger: Ledger) -> list[Known]:
    """Give the pictures whose files have gone."""
    gone = (row for file, row in ledger.rows.items() if _is_gone(store, file, row, ledger.listing))
    # Asked after the disk: one that has just gone to the trash says so by now.
    return [now for row in gone if (now := store.at(row.path)) and now.state == row.state]


def _is_gone(store: Store, file: bytes, row: Row, listing: Listing) -> bool:
    if file in listing.pictures or row.state in AWAY or listing.has_unknown(file):
        return False
    return scan.see(store.library, row.path) is None


def _put_copies(store: Store, intake: Intake) -> int:
    """Let copies take the place of missing and damaged pictures; give how many missing are back."""
    copies: defaultdict[int, list[Path]] = defaultdict(list)
    for other in store.others():
        if other.picture is not None:
            copies[other.picture].append(other.file)
    entries = store.entries(copies)
    back = 0
    for number, entry in entries.items():
        if entry.state in (State.MISSING, State.DAMAGED):
            found = any(_take(store, intake, file) for file in copies[number])
            back += found and entry.state is State.MISSING
    return back


def _take(store: Store, intake: Intake, file: Path) -> bool:
    seen = scan.see(store.library, file)
    if seen is None:
        return False
    fate = intake.take(reading.read(store.library, seen)).fate
    intake.write()
    return fate is Fate.FOUND


def _forget_others(store: Store, listing: Listing) -> None:
    for other in store.others():
        file = file_to_blob(other.file)
        known = file in listing.pictures or listing.has_unknown(file)
        if not known and scan.see(store.library, other.file) is None:
            store.drop_other(other.file)
