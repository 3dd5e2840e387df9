"""A term of the glossary lights up in the graph, or is said to be none of this network's; typing filters."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.ui.window.main_window import MainWindow


def test_a_term_that_is_chosen_lights_up_in_the_graph(window: MainWindow, qtbot: QtBot) -> None:
    before = window.session.document
    window.perform("glossary")
    view = window.glossary.view
    qtbot.waitUntil(view.words.hasFocus)
    assert window.glossary.spotlight.isHidden() and view.list.count() > 40
    qtbot.keyClicks(view.words, "hidden st")
    assert [view.list.item(row).text() for row in range(view.list.count())] == ["hidden state"]
    steps = window.session.shown.trace.T
    assert window.glossary.things == tuple(Vertex("h", t) for t in range(1, steps + 1))
    assert len(window.glossary.spotlight.rings) == steps

    view.words.setText("forget gate")
    assert window.glossary.spotlight.isHidden() and "nothing of it" in view.lights.text()
    window.perform("change", architecture="lstm")
    assert window.glossary.spotlight.isVisible() and {thing.name for thing in window.glossary.things} == {"f"}
    window.perform("undo")
    assert window.session.document == before, "the glossary itself changes nothing"

    view.activateWindow()
    qtbot.waitUntil(view.words.hasFocus)
    view.words.setText("gate")
    qtbot.keyClick(view.words, Qt.Key.Key_Down)
    assert view.list.currentRow() == 1 and view.words.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.isHidden() and window.glossary.spotlight.isHidden() and window.glossary.things == ()
