"""Every page: short, one thing to do that is not done yet, and numbers that are read from the computation."""

import re

from explorer.lessons.course import Course
from explorer.lessons.library import lessons, pages
from explorer.lessons.numbers import NOT_YET
from explorer.lessons.page import Page
from explorer.session.session import Session
from tests.each import each
from tests.lessons.taking import complete, words

MOST_WORDS = 90
BOOK_NUMBER = re.compile(r"(figs?\.|eqs?\.|sections?|lesson) \d+(\.\d+)*|\d{4}\)")
"""Numbers that are no results: of the book's figures, of lessons, the years of papers."""

every_page = each("page", pages())


def prose(page: Page) -> str:
    """All that it says beside formulas, keys and computed numbers."""
    said = " ".join((page.title, page.text, page.do, page.ask, *page.choices, page.after))
    return BOOK_NUMBER.sub("", re.sub(r"\$.*?\$|`.*?`|\[\[.*?\]\]", "", said, flags=re.DOTALL))


def test_lessons_come_in_the_order_of_the_chapter() -> None:
    assert [lesson.id[:2] for lesson in lessons()] == [f"{n:02}" for n in range(1, len(lessons()) + 1)]


@every_page
def test_it_is_short_and_asks_for_one_thing(page: Page) -> None:
    assert words(page) <= MOST_WORDS
    assert bool(page.do) != bool(page.ask) and page.text and page.after
    if page.ask:
        assert page.goal is None and 1 <= page.right <= len(page.choices) <= 3
    else:
        assert page.goal is not None and page.show, "what is asked for can be shown"


def test_the_place_of_an_answer_does_not_give_it_away() -> None:
    places = [page.right for page in pages() if page.ask]
    assert max(map(places.count, (1, 2, 3))) <= len(places) // 2


@every_page
def test_no_result_is_typed(page: Page) -> None:
    assert not re.search(r"\d*\.\d+|\d{3,}", prose(page))


@every_page
def test_it_can_be_done(page: Page) -> None:
    session = Session()
    course = Course(session)
    course.enter(page)
    assert not course.judge() and not course.wandered
    complete(course, session, page)
    assert course.complete
    said = " ".join((page.text, page.ask, *page.choices, page.after))
    assert [it for it in re.findall(r"\[\[(.*?)\]\]", said) if course.number(it) == NOT_YET] == []


@every_page
def test_entering_is_one_step_for_undo(page: Page) -> None:
    session = Session()
    session.change(length=5)
    before = session.document
    Course(session).enter(page)
    session.undo()
    assert session.document == before
