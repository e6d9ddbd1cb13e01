"""The application's language: our translation, and Qt's own for its buttons and menus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from ldm_desktop.core.paths import resources

SOURCE = "en"
OURS, QTS = "ldm-desktop", "qtbase"


def folder() -> Path:
    """Give the folder of our translations."""
    return resources() / "translations"


def available() -> list[str]:
    """Give the languages that there are, the source language first."""
    found = [file.stem.removeprefix(f"{OURS}_") for file in folder().glob(f"{OURS}_*.qm")]
    return [SOURCE, *sorted(found)]


def choose(language: str, wished: Sequence[str] = ()) -> str:
    """Give the language to speak: the named one, or the first of the wished that there is."""
    there = available()
    for name in [language] if language else wished:
        # `de_AT` and `de-Latn-AT` are German, as far as we know it.
        short = name.replace("_", "-").partition("-")[0]
        if short in there:
            return short
    return SOURCE


def install(application: QCoreApplication, language: str) -> str:
    """Speak a language ("" for the system's) in everything that is built from now on."""
    chosen = choose(language, QLocale().uiLanguages())
    # Numbers, too: a German window with English decimal points would be neither.
    system = QLocale.system()
    # The C locale writes dates for programs.
    named = language or system.language() is QLocale.Language.C
    QLocale.setDefault(QLocale(chosen) if named else system)
    if chosen != SOURCE:
        qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        _install(application, QTS, qt, chosen)
        _install(application, OURS, folder(), chosen)
    return chosen


def _install(application: QCoreApplication, name: str, place: Path, language: str) -> None:
    translator = QTranslator(application)
    # Qt's own may be missing from a package; then its few buttons stay English.
    if translator.load(f"{name}_{language}", str(place)):
        application.installTranslator(translator)
