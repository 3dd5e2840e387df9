"""Find the lessons: every folder of resources/lessons, in the order of their names."""

from functools import cache

from explorer.lessons.page import Lesson, Page, read_lesson
from explorer.resources import resource


@cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons, in the order in which they are taken."""
    folders = sorted(path.parent for path in resource("lessons").glob("*/lesson.toml"))
    return tuple(map(read_lesson, folders))


def pages() -> tuple[Page, ...]:
    """The pages of all lessons, one after another."""
    return tuple(page for lesson in lessons() for page in lesson.pages)
