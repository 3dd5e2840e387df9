"""Texts with values in them, for one of something and for several, in the language that is settled first of all."""

import ast
import doctest
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer import language
from explorer.language import LANGUAGES, SOURCE, VARIABLE, grouped, speak, spoken, tr, trn
from tests.catalogue import calls, catalogues


@pytest.fixture
def german() -> Iterator[None]:
    """German is spoken, and then again what was spoken before."""
    before = spoken()
    speak("de")
    yield
    speak(before)


def test_texts_say_what_their_examples_say() -> None:
    assert doctest.testmod(language).failed == 0


def test_a_text_without_values_keeps_its_braces() -> None:
    assert tr(r"\mathbf{h}") == r"\mathbf{h}"


@pytest.mark.usefixtures("german")
def test_a_text_is_said_in_the_language_that_is_spoken_or_as_it_stands_in_the_source() -> None:
    assert (spoken(), os.environ[VARIABLE]) == ("de", "de")
    assert tr("As the system") == "Wie das System"
    assert tr("not {what}", what="translated") == "not translated"


@pytest.mark.usefixtures("german")
def test_thousands_are_parted_as_the_language_does_wherever_they_stand() -> None:
    assert tr("{n:,} of {share:.1%} and {text!r}", n=12000, share=0.5, text="1,2") == "12\u202f000 of 50.0% and '1,2'"
    assert trn("one", "{n:,} more", 12000) == "12\u202f000 more"
    assert grouped(1500.5, ",.1f") == "1\u202f500.5"


def test_every_language_but_english_has_a_catalogue() -> None:
    assert {path.parts[-3] for path in catalogues()} | {SOURCE} == set(LANGUAGES)


def test_nothing_that_has_texts_is_imported_before_the_language_is_settled() -> None:
    code = """
import sys
from explorer.cli import main
main(["--language", "de", "--size", "800x600"])  # without --screenshot, which is said before the window is imported
print(*(module.__file__ for name, module in sorted(sys.modules.items()) if name.startswith("explorer")), sep="\\n")
import explorer.ui.kept
assert "explorer.language" in sys.modules
from explorer.language import tr
print(tr("As the system"))
main(["list", "--language", "de"])
"""
    variables = {name: value for name, value in os.environ.items() if name != VARIABLE}
    done = subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, encoding="utf-8", check=True
    )
    before, _, listed = done.stdout.partition("Architekturen\n")
    assert "\nRückführung\n" in listed, "a language can also be named after a command"
    *files, said = before.splitlines()
    assert said == "Wie das System"
    assert len(files) > 5
    for file in map(Path, files):
        assert not texts_at_import(ast.parse(file.read_text(encoding="utf-8"))), file


def texts_at_import(tree: ast.Module) -> list[ast.Call]:
    """The calls of `tr` and `trn` outside functions."""
    within = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    later = {call for function in within for call in calls(function)}
    return [call for call in calls(tree) if call not in later]
