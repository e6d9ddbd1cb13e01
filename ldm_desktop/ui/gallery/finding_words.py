"""What imports, checks and rebuilds of the gallery have found, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ldm_desktop.ui.gallery.report_view import Heading

if TYPE_CHECKING:
    from ldm_desktop.gallery.care.incoming import Brought
    from ldm_desktop.gallery.care.scan import Report
    from ldm_desktop.gallery.care.verify import Finding, Findings

translate = QCoreApplication.translate


def brought(report: Brought) -> str:
    """Say what an import has brought."""
    parts = [
        translate("Findings", "Added: {count}").format(count=len(report.added)),
        translate("Findings", "already here: {count}").format(count=len(report.known)),
        translate("Findings", "refused: {count}").format(count=len(report.refused)),
    ]
    words = " · ".join(parts)
    stopped = translate("Findings", "Stopped. {words}").format(words=words)
    return stopped if report.cancelled else words


def refused(report: Brought) -> tuple[Heading, ...]:
    """List what was not imported, and why."""
    lines = tuple((str(path), reason) for path, reason in report.refused)
    meaning = translate("Findings", "These were not copied; nothing was done to them.")
    return (Heading(translate("Findings", "Refused"), meaning, lines),)


def found(findings: Findings, *, repaired: bool) -> str:
    """Say how a check has ended."""
    if findings.cancelled:
        return translate("Findings", "Stopped before all files were read.")
    if not findings.findings and not findings.problems:
        text = translate("Findings", "Everything is as it should be. Files read: {count}.")
    elif repaired:
        mended = sum(each.repaired for each in findings.findings)
        text = translate(
            "Findings", "Files read: {count}. Mended: {mended}. The rest is up to you."
        )
        if mended == len(findings.findings):
            text = translate("Findings", "Files read: {count}. Mended: {mended}, which is all.")
        return text.format(count=findings.checked, mended=mended)
    else:
        text = translate("Findings", "Files read: {count}. This was found:")
    return text.format(count=findings.checked)


def headings(findings: Findings) -> tuple[Heading, ...]:
    """List findings by their kind, each kind with what it means."""
    kinds = kind_words()
    by_kind: dict[str, list[tuple[str, str]]] = {kind: [] for kind in kinds}
    for finding in findings.findings:
        by_kind[finding.kind.value].append(_line(finding))
    found = tuple(Heading(*kinds[kind], tuple(lines)) for kind, lines in by_kind.items())
    return (*found, *problems(findings.problems))


def rebuilt(report: Report) -> str:
    """Say how a rebuild has ended."""
    if report.cancelled:
        text = translate("Findings", "Stopped. Pictures read before that: {count}.")
    else:
        text = translate("Findings", "Done. Pictures read: {count}.")
    return text.format(count=report.looked)


def problems(sentences: Sequence[str]) -> tuple[Heading, ...]:
    """List what was in the way."""
    lines = tuple((sentence, "") for sentence in sentences)
    return (Heading(translate("Findings", "Could not be read"), "", lines),)


def _line(finding: Finding) -> tuple[str, str]:
    words = finding.sentence
    if finding.repaired:
        words = translate("Findings", "{sentence} Mended.").format(sentence=words)
    return str(finding.file), words


def kind_words() -> dict[str, tuple[str, str]]:
    """Name the kinds of findings, and say what each means."""
    return {
        "missing": (
            translate("Findings", "Missing"),
            translate(
                "Findings",
                "The gallery knows these pictures, but their files are gone. What you said of "
                "them is kept for when they come back.",
            ),
        ),
        "damaged": (
            translate("Findings", "Damaged"),
            translate(
                "Findings", "These files do not open any more. Bring them back from a backup."
            ),
        ),
        "changed": (
            translate("Findings", "Changed"),
            translate("Findings", "Another program has written these files since they were saved."),
        ),
        "moved": (
            translate("Findings", "Moved"),
            translate("Findings", "These pictures were found again in another place."),
        ),
        "unindexed": (
            translate("Findings", "Not in the gallery yet"),
            translate("Findings", "These files lie in the library, and the gallery lacks them."),
        ),
        "duplicate": (
            translate("Findings", "Duplicates"),
            translate("Findings", "These files hold the same picture as another one."),
        ),
        "foreign": (
            translate("Findings", "No pictures of the gallery"),
            translate("Findings", "These files are something else, and are left alone."),
        ),
        "orphaned sidecar": (
            translate("Findings", "Notes without a picture"),
            translate("Findings", "The pictures these notes belong to are not beside them."),
        ),
        "unreadable": (
            translate("Findings", "Could not be read"),
            translate("Findings", "Nothing can be said of these files now; try again later."),
        ),
    }
