"""Lessons, map and glossary in German: their own words around the same formulas and numbers, and as short."""

import re
from collections import Counter
from pathlib import Path

from explorer.language import SOURCE
from explorer.lessons.book import book_in
from explorer.lessons.glossary import glossary_in
from explorer.lessons.library import lessons_in
from explorer.lessons.page import Page
from explorer.resources import resource
from tests.each import each
from tests.lessons.taking import words

MOST_WORDS = 95
NUMBER = re.compile(r"\d+\.\d+(?:\.\d+)*[a-c]?")
SAME = re.compile(r"\[\[.*?\]\]|\$\$?.*?\$\$?", re.DOTALL)
KEYS = {"Space": "Leertaste", "Page Down": "Bild abwärts", "Enter": "Eingabe", "Run": "Starten", "test time": "Test"}

PAIRS = [
    (english, german)
    for source, lesson in zip(lessons_in(SOURCE), lessons_in("de"), strict=True)
    for english, german in zip(source.pages, lesson.pages, strict=True)
]
every_page = each(("english", "german"), PAIRS)


def said(page: Page) -> tuple[str, ...]:
    """Its parts; a formula or a number stands in the same part in every language."""
    return (page.title, page.text, page.do, page.ask, *page.choices, page.after)


def test_each_page_has_its_file_and_no_file_is_left_over() -> None:
    folders = resource("lessons"), resource("locale", "de", "lessons")
    english, german = ({path.relative_to(folder) for path in files(folder)} for folder in folders)
    assert english == german


def files(folder: Path) -> list[Path]:
    """The files of all lessons in a folder."""
    return [path for path in folder.glob("*/*") if path.suffix in (".md", ".toml")]


@every_page
def test_formulas_numbers_and_keys_are_the_same(english: Page, german: Page) -> None:
    for source, text in zip(said(english), said(german), strict=True):
        assert bool(source) == bool(text) and Counter(SAME.findall(source)) == Counter(SAME.findall(text))
        keys = [KEYS.get(key, key.replace("Ctrl", "Strg")) for key in re.findall("`(.*?)`", source)]
        assert keys == re.findall("`(.*?)`", text)


@every_page
def test_it_is_short_and_only_the_words_are_its_own(english: Page, german: Page) -> None:
    assert words(german) <= MOST_WORDS and german.text != english.text
    assert (german.id, german.goal, german.right, german.show) == (
        english.id,
        english.goal,
        english.right,
        english.show,
    )


def test_each_section_of_the_map_speaks_of_the_same_places() -> None:
    for english, german in zip(book_in(SOURCE).sections, book_in("de").sections, strict=True):
        for source, text in ((english.shows, german.shows), (english.left_out, german.left_out)):
            assert sorted(NUMBER.findall(source)) == sorted(NUMBER.findall(text)), german.number
            assert bool(source) == bool(text) and (source != text or not source)


def test_each_entry_of_the_glossary_is_there() -> None:
    english, german = glossary_in(SOURCE), glossary_in("de")
    assert {entry.says for entry in english}.isdisjoint(entry.says for entry in german)
    assert Counter(entry.lights for entry in english) == Counter(entry.lights for entry in german)
    assert all(len(entry.says.split()) <= MOST_WORDS // 2 for entry in german)
