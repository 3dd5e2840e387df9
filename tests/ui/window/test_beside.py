"""Two graphs at once: both step together, what differs is marked, and Escape leads back to one."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.session.viewing import OtherNetwork, OtherTime
from explorer.ui.window.main_window import MainWindow
from tests.settings import TaskSettings


class Painted(QObject):
    """Gathers where a widget is painted anew."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.area = QRect()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.area = self.area.united(event.rect())
        return False


def test_what_differs_is_cut_within_no_line_however_large_the_text(window: MainWindow) -> None:
    window.resize(1280, 800)
    window.perform("change", architecture="output_to_hidden", task=TaskSettings("next_symbol"), length=12)
    window.perform("beside_time")
    window.perform("end")
    window.perform("text_200")
    said = window.two_graphs.difference
    assert said.text().endswith(" in the second.") and said.heightForWidth(said.width()) <= said.height()


def test_the_buttons_of_training_lie_side_by_side_however_large_the_text(window: MainWindow) -> None:
    """The equations are gone beside a second graph, and with them the width that the window had kept."""
    window.resize(1024, 640)
    window.perform("beside_time")
    window.perform("text_150")
    QApplication.processEvents()
    controls = window.training.controls
    assert not controls.run_button.geometry().intersects(controls.step_button.geometry())


def test_both_graphs_are_stepped_by_one_cursor_and_closed_by_escape(window: MainWindow, qtbot: QtBot) -> None:
    graphs = window.two_graphs
    window.perform("change", architecture="output_to_hidden", task=TaskSettings("running_parity"), length=12)
    QTest.keyClick(window.canvas, Qt.Key.Key_T)
    assert graphs.two and graphs.other.isVisible() and not window.inspector.isVisible()
    assert [head.text() for head in graphs.heads] == [
        "Train time: fed y(t−1)",
        "Test time: fed its own arg max of o(t−1)",
    ]
    for _ in range(2):
        QTest.keyClick(window.canvas, Qt.Key.Key_Down)
    left, right = window.canvas.view, graphs.other.view
    assert left is not None and right is not None and left.event == right.event is not None
    assert Vertex("h", 2) in left.apart.vertices & right.apart.vertices
    explained = [window.canvas.description(Vertex("h", t)) for t in (1, 2)]
    assert ["beside" in said for said in explained] == [False, True]
    assert graphs.difference.text().startswith("a(2) is the first to differ: it reads y(1) in the first graph")
    # A step paints what it changes.
    qtbot.wait(400)
    painted = Painted(graphs.other)
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    qtbot.wait(50)
    assert 0 < painted.area.width() < graphs.other.width() / 2
    # What is picked on the right is picked on the left.
    QTest.mouseClick(graphs.other, Qt.MouseButton.LeftButton, pos=graphs.other.vertex_rect(Vertex("h", 1)).center())
    assert window.session.selection == Vertex("h", 1)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.session.view.companion is None and not graphs.two and window.inspector.isVisible()
    assert window.canvas.view is not None and window.canvas.view.apart.other is None


def test_what_cannot_stand_beside_says_why_in_its_place_until_it_can(window: MainWindow, tmp_path: Path) -> None:
    graphs = window.two_graphs
    window.perform("change", architecture="hidden_to_hidden", task=TaskSettings("running_parity"))
    window.perform("beside_network", network="lstm")
    assert graphs.other.isVisible() and window.header.cells.isVisible()
    window.documents.save(tmp_path / "two.rnnx")
    window.perform("change", architecture="sequence_to_one")
    assert graphs.reason.isVisible() and "LSTM" in graphs.reason.text()
    window.documents.open(tmp_path / "two.rnnx")
    assert graphs.other.isVisible() and window.session.view.companion == OtherNetwork("lstm")
    graphs.close_button.click()
    assert not graphs.two


def test_a_network_to_stand_beside_is_chosen_as_one_to_show_is(window: MainWindow, qtbot: QtBot) -> None:
    window.perform("change", architecture="hidden_to_hidden", task=TaskSettings("running_parity"))
    QTest.keyClick(window.canvas, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier)
    chooser = window.beside.chooser
    assert chooser is not None and chooser.isVisible()
    QTest.keyClicks(chooser.words, "gru")
    QTest.keyClick(chooser.words, Qt.Key.Key_Return)
    assert window.session.view.companion == OtherNetwork("gru")
    assert window.session.document.network.architecture == "hidden_to_hidden"


def test_the_second_graph_goes_where_both_are_drawn_larger(window: MainWindow) -> None:
    window.resize(1440, 900)
    window.perform("change", architecture="output_to_hidden", task=TaskSettings("running_parity"), length=4)
    window.perform("look", companion=OtherTime(), equations=False)
    assert not window.two_graphs.stacked
    window.perform("change", length=40)
    assert window.two_graphs.stacked
