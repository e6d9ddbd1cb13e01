"""Refresh the translations: texts from the code into `.ts`, and those into what the program reads.

    .venv/bin/python packaging/translations.py           # after texts have changed, or their German
    .venv/bin/python packaging/translations.py --check   # say what is missing, write nothing

Translate in `resources/translations/*.ts` (Qt Linguist, or any editor) between two runs.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)
CODE = ("app.py", "session", "ui", "worker")
TOOLS = Path(PySide6.__file__).parent
SHORT = re.compile(r"(?<![\w.])tr\(")
ALIAS = re.compile(r"(?<![\w.])tr = self\.tr$", re.MULTILINE)


@dataclass(frozen=True, order=True)
class Text:
    """A text of the program, in the class that says it."""

    context: str
    source: str


def texts(file: Path) -> dict[Text, list[str]]:
    """Give the texts of a `.ts` file with their translations (plurals have several), none obsolete.

    An unfinished one has the translation "".
    """
    found = {}
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            kind = translation.get("type")
            if kind not in ("obsolete", "vanished"):
                text = Text(context.findtext("name", ""), message.findtext("source", ""))
                forms = [form.text or "" for form in translation.iter("numerusform")]
                found[text] = [""] if kind else forms or [translation.text or ""]
    return found


def refresh(file: Path, language: str) -> None:
    """Take the texts of the code into a `.ts` file; translations that are there stay."""
    options = ["-no-obsolete", "-locations", "none", "-source-language", "en"]
    with tempfile.TemporaryDirectory() as folder:
        sources = _spelled_out(Path(folder))
        _run("lupdate", *options, "-target-language", language, *sources, "-ts", str(file))


def compile_to(file: Path, result: Path) -> None:
    """Write what the program reads."""
    _run("lrelease", str(file), "-qm", str(result))


def _spelled_out(folder: Path) -> list[str]:
    """Copy the code, with `tr(` as `self.tr(`: otherwise lupdate misses which class says it."""
    copies = []
    for path in (path for name in CODE for path in _modules(ROOT / "ldm_desktop" / name)):
        copy = folder / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        # The alias goes: lupdate takes its `self` into the name of a class that says what follows.
        text = ALIAS.sub("pass", path.read_text(encoding="utf-8"))
        copy.write_text(SHORT.sub("self.tr(", text), encoding="utf-8")
        copies.append(str(copy))
    return copies


def _modules(place: Path) -> list[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _run(tool: str, *arguments: str) -> None:
    # The tools themselves: their wrappers in the environment's `bin` are not for other platforms.
    program = TOOLS / (f"{tool}.exe" if sys.platform == "win32" else tool)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run([program, *arguments], capture_output=True, text=True, env=environment)
    if done.returncode:
        sys.exit(f"{tool} failed:\n{done.stdout}{done.stderr}")


def check(language: str) -> list[str]:
    """Say what a translation lacks."""
    committed = FOLDER / f"ldm-desktop_{language}.ts"
    with tempfile.TemporaryDirectory() as folder:
        fresh, compiled = Path(folder, "fresh.ts"), Path(folder, "fresh.qm")
        refresh(fresh, language)
        compile_to(committed, compiled)
        wanted, there = texts(fresh).keys(), texts(committed)
        said = [f"not in the file: {text}" for text in sorted(wanted - there.keys())]
        said += [f"no longer said: {text}" for text in sorted(there.keys() - wanted)]
        unfinished = sorted(text for text, forms in there.items() if "" in forms)
        said += [f"not translated: {text}" for text in unfinished]
        if committed.with_suffix(".qm").read_bytes() != compiled.read_bytes():
            said.append("the .qm file is not made of the .ts file")
    return said


def main() -> None:
    """Refresh or check all languages."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true")
    only_check = parser.parse_args().check
    for language in LANGUAGES:
        file = FOLDER / f"ldm-desktop_{language}.ts"
        if not only_check:
            refresh(file, language)
            compile_to(file, file.with_suffix(".qm"))
        said = check(language)
        print("\n".join([*said, f"{file.name}: {len(texts(file))} texts, {len(said)} to mend"]))
        if said and only_check:
            sys.exit(1)


if __name__ == "__main__":
    main()
