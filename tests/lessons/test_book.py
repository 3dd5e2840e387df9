"""The map of the book: every place that is cited anywhere is in it, and every state that it names can be shown."""

from pathlib import Path

import explorer
from explorer.lessons.book import Section, book, page_of
from explorer.lessons.citations import Citation, citations
from explorer.lessons.state import shown_of, view_of
from explorer.session.session import Session
from explorer.session.state import State
from explorer.session.viewing import View
from tests.each import each

SOURCES = Path(explorer.__file__).parent
LESSONS = SOURCES.parent / "resources" / "lessons"
SHOWN = [section for section in book().sections if section.shown]


def cited() -> set[Citation]:
    """All places that are named in the source, on screen or in a docstring, and in lessons."""
    files = [*SOURCES.rglob("*.py"), *LESSONS.rglob("*.md"), *LESSONS.rglob("*.toml")]
    found = {citation for file in files for citation in citations(file.read_text(encoding="utf-8"))}
    return {Citation("", one.kind, number) for one in found for number in (one.number, one.last) if number}


def test_every_place_that_is_cited_is_in_the_map() -> None:
    found = cited()
    assert len(found) > 60
    inside = {one for one in found if one.number.startswith("10.") and one.kind != "algorithm"}
    assert sorted(one.kind + " " + one.number for one in inside if book().holding(one) is None) == []
    assert {one.number for one in found if page_of(one.number) is None} == set()


def test_no_figure_or_equation_is_in_two_sections_and_none_is_left_out() -> None:
    figures = [number for section in book().sections for number in section.figures]
    assert figures == [f"10.{n}" for n in range(1, 19)]
    for n in range(1, 53):
        held = [section for section in book().sections if section.holds(Citation("", "eq", f"10.{n}"))]
        assert len(held) == 1, n


def test_every_section_has_a_state_or_is_left_out() -> None:
    tops = {number.split(".")[1] for number in (section.number for section in book().sections)}
    assert tops == {str(n) for n in range(1, 13)}
    assert all(section.shows if section.shown else section.left_out for section in book().sections)


@each("section", SHOWN)
def test_the_state_of_a_section_can_be_shown(section: Section) -> None:
    session, shown = Session(), shown_of(section)
    session.return_to(State(shown.document, None, session.opened))
    view = view_of(section, session.view)
    session.look(cursor=view.cursor, card=view.card, open_cells=view.open_cells, show_a=view.show_a)
    assert session.document == shown.document and 0 < session.cursor <= len(session.shown.events)
    assert session.view.card == view_of(section, View()).card
    session.undo()
    assert session.document != shown.document
