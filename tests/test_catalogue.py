"""Catalogues of languages: every marked text is there, and says the same with the same values in it."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from explorer.catalogue import Catalogue, Translation, entries
from tests.catalogue import SOURCES, Marked, catalogues, marked, unmarked, written

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: explorer/here.py
msgid "Hidden units"
msgstr "Verborgene "
"Einheiten"

msgid "one step"
msgid_plural "{n:,} steps"
msgstr[0] "ein Schritt"
msgstr[1] "{n:,} Schritte"

#, fuzzy
msgid "a \\"quoted\\" line\\n"
msgstr ""
"""


@pytest.fixture(params=catalogues(), ids=lambda path: path.parts[-3])
def catalogue(request: pytest.FixtureRequest) -> list[Translation]:
    """What each catalogue holds, without its header."""
    _, *found = entries(request.param.read_text(encoding="utf-8"))
    return found


def named(text: str) -> set[str]:
    """The values that a text names in braces."""
    return set(re.findall(r"\{(\w+)", text))


def test_a_file_of_a_translators_program_is_read(tmp_path: Path) -> None:
    (tmp_path / "some.po").write_text(PO, encoding="utf-8")
    some = Catalogue(tmp_path / "some.po")
    assert some.gettext("Hidden units") == "Verborgene Einheiten"
    assert [some.ngettext("one step", "{n:,} steps", n) for n in (0, 1, 2)] == [
        "{n:,} Schritte", "ein Schritt", "{n:,} Schritte",
    ]  # fmt: skip
    assert some.gettext('a "quoted" line\n') == 'a "quoted" line\n', "it is not translated yet"
    assert some.ngettext("one run", "{n} runs", 2) == "{n} runs"


def test_what_is_written_is_read_again() -> None:
    texts = [Marked("Hidden\n\tunits", "", "a.py:1", False), Marked("one \\ step", "{n} „steps“", "b.py:2", True)]
    said = [Translation("Hidden\n\tunits", "", ("Verborgene\n\tEinheiten\n",)), Translation("gone", "", ("weg",))]
    _, first, second = entries(written(texts, said, "de"))
    assert first == said[0]
    assert second == Translation("one \\ step", "{n} „steps“", ("", ""))


def test_a_text_and_what_is_said_for_it_name_the_same_values(catalogue: list[Translation]) -> None:
    assert [
        entry
        for entry in catalogue
        if all(entry.said) and named(" ".join(entry.said)) | {"n"} != named(entry.text + entry.several) | {"n"}
    ] == []


def test_what_is_said_takes_its_values(catalogue: list[Translation]) -> None:
    filled = {(one.text, one.several) for one in marked() if one.filled}
    for entry in catalogue:
        if (entry.text, entry.several) in filled:
            for said in entry.said:
                list(Formatter().parse(said))  # raises ValueError where braces are not closed


def test_what_is_said_has_the_blanks_lines_and_key_of_its_text(catalogue: list[Translation]) -> None:
    def frame(text: str) -> tuple[object, ...]:
        return text[:1].isspace(), text[-1:].isspace(), text.count("\n"), text.count("&") - text.count("&nbsp;")

    assert [entry for entry in catalogue for said in entry.said if said and frame(said) != frame(entry.text)] == []


def test_every_marked_text_is_said_and_nothing_else_is_kept(catalogue: list[Translation]) -> None:
    said = {(entry.text, entry.several) for entry in catalogue if all(entry.said)}
    assert said == {(one.text, one.several) for one in marked()}, "python tests/catalogue.py brings in what is new"


ELSEWHERE = ("cli/", "export/script/", "export/tikz.py", "ui/look/", "ui/typography/")
"""What is not read in the window: the command line and programs in English, style sheets, patterns."""
NO_TEXT = re.compile(
    r"(part of|as|import) |\ndef |.*Q[A-Z]\w+ \{|.*<t[dr]\b|\\documentclass|[a-z_ ]+[_|][a-z_| ]*$", re.DOTALL
)
"""Where the book has something (see `in_book`), programs, style sheets, parts of tables, TeX, commands of a menu."""
NO_WORDS = {
    *("of its own", " to come", "rough open", "rough closed", "open band", "closed band", "train or test time"),  # keys
    *("tick tock ", "one two three ", "apt install", "dnf install", "RNN Explorer", "New folder (*.*)"),
    "Application Support",
    "cursor selection path sight run travel follow departed example writing pinned",  # fields of a view
    *("Helvetica, Arial, sans-serif", "STIX Two Text, Liberation Serif, serif"),
}


def test_every_text_of_several_words_is_marked() -> None:
    assert [
        (path.relative_to(SOURCES).as_posix(), text)
        for path in sorted(SOURCES.rglob("*.py"))
        if not path.relative_to(SOURCES).as_posix().startswith(ELSEWHERE)
        for text in unmarked(ast.parse(path.read_text(encoding="utf-8")))
        if text not in NO_WORDS and not NO_TEXT.match(text)
    ] == []
