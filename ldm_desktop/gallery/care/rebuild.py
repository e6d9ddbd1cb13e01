"""The gallery made again from the pictures and their sidecars alone."""

from __future__ import annotations

import dataclasses

from ldm_desktop.core.errors import KnownError
from ldm_desktop.gallery.care import flush, refresh, scan
from ldm_desktop.gallery.care.scan import Cancelled, Progress, Report
from ldm_desktop.gallery.index.store import Store


def rebuild(
    store: Store, progress: Progress = scan.no_progress, cancelled: Cancelled = scan.never
) -> Report:
    """Read every file of the library again; UnreachableError if that is not there.

    It is done in place and in batches: the gallery can be used meanwhile, and when it is cancelled.
    What was said and is in no sidecar yet is written first, or else stays as it is here.
    """
    problems: list[str] = []
    try:
        flush.flush(store, store.count())
    except KnownError as error:
        problems.append(str(error))
    report = refresh.look_at_everything(store, progress, cancelled)
    return dataclasses.replace(report, problems=(*problems, *report.problems))
