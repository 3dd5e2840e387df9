"""Citations lead to the map of the book, and from there to the state and to the page that has them; Undo leads back."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from explorer.ui.parts.cited import linked
from explorer.ui.window.main_window import MainWindow


def test_only_places_of_the_book_are_links() -> None:
    assert linked("eq. 10.8 · fig. 10.4") == (
        '<a href="eq. 10.8">eq.&nbsp;10.8</a> · <a href="fig. 10.4">fig.&nbsp;10.4</a>'
    )
    assert linked("as in W < 3") == "as in W &lt; 3"


def test_a_citation_leads_to_its_section_its_page_and_its_state(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = window.session.document
    window.perform("next")
    window.inspector.equation.source.linkActivated.emit("eq. 10.44")
    book_map = window.places.map
    assert book_map is not None and book_map.isVisible()
    assert book_map.section.number == "10.10.1" and book_map.found.text() == "Eq. 10.44 is in this section."
    assert window.session.document == before, "nothing changes by itself"

    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(QUrl(url).toString()))
    book_map.read.click()
    assert opened == ["https://www.deeplearningbook.org/contents/rnn.html"]

    book_map.show_here.click()
    assert window.session.document.network.architecture == "lstm" and window.session.view.open_cells
    window.perform("undo")
    assert window.session.document == before

    book_map.look_up("section 10.12")
    assert not book_map.show_here.isEnabled() and "memory" in book_map.left_out.text()
    book_map.close()


def test_the_map_opens_where_the_network_is_and_stays_where_one_went(window: MainWindow) -> None:
    for architecture, section in (("gru", "10.10.2"), ("hidden_to_hidden", "10.2")):
        window.perform("change", architecture=architecture)
        window.perform("book")
        book_map = window.places.map
        assert book_map is not None and book_map.section.number == section
        book_map.look_up("section 10.12")
        window.perform("book")
        assert book_map.section.number == "10.12"
        book_map.close()


def test_with_large_text_the_map_is_no_larger_than_the_window(window: MainWindow) -> None:
    window.resize(1280, 720)
    window.perform("text_150")
    window.perform("book")
    book_map = window.places.map
    assert book_map is not None and book_map.width() < 1280 and book_map.height() < 720
