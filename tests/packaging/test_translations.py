"""Each translation says everything that the program says, and is what the program reads."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from ldm_desktop.core.settings import LANGUAGES
from ldm_desktop.ui import translation

ROOT = Path(__file__).resolve().parents[2]


def load_tool() -> ModuleType:
    """Import `packaging/translations.py`, which is in no package."""
    spec = importlib.util.spec_from_file_location(
        "translations_tool", ROOT / "packaging" / "translations.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TOOL = load_tool()
FIELD = re.compile(r"\{[^}]*\}|%n|%\d")


@pytest.mark.parametrize("language", TOOL.LANGUAGES)
def test_a_translation_is_complete_and_compiled(language: str) -> None:
    assert TOOL.check(language) == []


@pytest.mark.parametrize("language", TOOL.LANGUAGES)
def test_a_translation_has_the_places_for_values_that_its_source_has(language: str) -> None:
    wrong = {
        text.source: forms
        for text, forms in TOOL.texts(TOOL.FOLDER / f"ldm-desktop_{language}.ts").items()
        if any(sorted(FIELD.findall(form)) != sorted(FIELD.findall(text.source)) for form in forms)
    }
    assert wrong == {}


@pytest.mark.parametrize("language", TOOL.LANGUAGES)
def test_every_text_knows_in_which_class_it_is_said(language: str) -> None:
    texts = TOOL.texts(TOOL.FOLDER / f"ldm-desktop_{language}.ts")
    assert [text for text in texts if not text.context.isidentifier()] == []


def test_the_settings_offer_the_languages_that_there_are() -> None:
    assert sorted(LANGUAGES) == sorted(["", *translation.available()])


def test_the_languages_system_is_understood_in_any_spelling() -> None:
    assert translation.choose("", ["de-AT", "en"]) == "de"
    assert translation.choose("", ["de_Latn_DE"]) == "de"
    assert translation.choose("", ["xx", "de"]) == "de"
    assert translation.choose("", ["en-GB", "de"]) == "en"
    assert translation.choose("", ["xx"]) == "en"
    assert translation.choose("") == "en"


def test_a_named_language_goes_before_the_systems() -> None:
    assert translation.choose("en", ["de"]) == "en"
    assert translation.choose("de", ["en"]) == "de"
    # Of a newer program's settings.
    assert translation.choose("tlh", ["de"]) == "en"


@pytest.mark.parametrize("language", TOOL.LANGUAGES)
def test_what_is_compiled_translates(language: str) -> None:
    texts = TOOL.texts(TOOL.FOLDER / f"ldm-desktop_{language}.ts")
    translator = QTranslator()
    assert translator.load(f"ldm-desktop_{language}", str(translation.folder()))
    text, forms = next(pair for pair in texts.items() if len(pair[1]) == 1 and pair[1][0])
    assert translator.translate(text.context, text.source) == forms[0]


def test_installing_a_language_translates_qt_too(qapp: QCoreApplication) -> None:
    assert translation.install(qapp, "de") == "de"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
