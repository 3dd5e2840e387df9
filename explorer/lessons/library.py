"""Find the lessons: every folder of resources/lessons, in the order of their names."""

from functools import cache

from explorer.language import SOURCE, spoken
from explorer.lessons.page import Lesson, Page, read_lesson, translated
from explorer.resources import resource


def lessons() -> tuple[Lesson, ...]:
    """All lessons, in the order in which they are taken, in the language that was chosen."""
    return lessons_in(spoken())


@cache
def lessons_in(language: str) -> tuple[Lesson, ...]:
    """All lessons in a language; resources/locale has a folder of texts for each beside English."""
    if language == SOURCE:
        folders = sorted(path.parent for path in resource("lessons").glob("*/lesson.toml"))
        return tuple(map(read_lesson, folders))
    texts = resource("locale", language, "lessons")
    return tuple(translated(lesson, texts / lesson.id) for lesson in lessons_in(SOURCE))


def pages() -> tuple[Page, ...]:
    """The pages of all lessons, one after another."""
    return tuple(page for lesson in lessons() for page in lesson.pages)
