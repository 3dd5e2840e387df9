"""What is pointed at in the graph is explained on a card beside it, until the pointer leaves both."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.graph.analyse.events import Kind
from explorer.graph.unfold import Vertex
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.window.explaining import NOTHING
from explorer.ui.window.main_window import MainWindow


def point_at(canvas: Canvas, at: QPoint) -> None:
    there, none, keys = QPointF(canvas.mapToGlobal(at)), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(canvas, QMouseEvent(QEvent.Type.MouseMove, QPointF(at), there, none, none, keys))
    QApplication.sendEvent(canvas, QHelpEvent(QEvent.Type.ToolTip, at, there.toPoint()))


def test_a_node_a_parameter_and_an_edge_are_explained_beside_where_they_stand(window: MainWindow, qtbot: QtBot) -> None:
    card, canvas = window.explaining.explainer.card, window.canvas
    window.perform("end")
    logits, prediction = (canvas.vertex_rect(Vertex(name, 2)) for name in ("o", "yhat"))
    between = QRect(prediction.center().x(), prediction.bottom() + 1, 1, logits.top() - prediction.bottom() - 1)
    for thing, name in (
        (canvas.vertex_rect(Vertex("h", 2)), "hidden state"),
        (canvas.vertex_rect("V"), "weights: hidden state → logits"),
        (between, "logits → prediction"),
    ):
        point_at(canvas, thing.center())
        assert card.isVisible() and card.name.text().startswith(name.partition(" →")[0])
        stands = QRect(canvas.mapTo(window, thing.topLeft()), thing.size())
        assert not card.geometry().intersects(stands) and window.rect().contains(card.geometry())
    point_at(canvas, QPoint(3, 3))
    qtbot.waitUntil(card.isHidden)


def test_a_card_goes_when_text_is_made_larger(window: MainWindow) -> None:
    """It had kept its size, and cut the formulas in it."""
    card, canvas = window.explaining.explainer.card, window.canvas
    point_at(canvas, canvas.vertex_rect(Vertex("h", 2)).center())
    assert card.isVisible()
    window.perform("text_larger")
    assert card.isHidden()


def test_a_card_goes_when_what_it_stands_beside_moves(window: MainWindow, qtbot: QtBot) -> None:
    """It had stayed where that had been, over what has come there."""
    card, canvas = window.explaining.explainer.card, window.canvas
    window.perform("end")
    point_at(canvas, canvas.vertex_rect(Vertex("h", 2)).center())
    assert card.isVisible()
    window.resize(window.width() + 50, window.height())
    qtbot.waitUntil(card.isHidden)


def test_no_number_is_told_before_its_time(window: MainWindow) -> None:
    card, canvas = window.explaining.explainer.card, window.canvas
    point_at(canvas, canvas.vertex_rect(Vertex("L", 2)).center())
    assert card.says.isHidden() and card.details.text().startswith("not computed yet")


def test_every_event_is_explained_or_said_to_be_nothing_in_the_graph(window: MainWindow) -> None:
    card = window.explaining.explainer.card
    window.perform("change", length=1)
    for cursor, event in enumerate(window.session.shown.events, 1):
        window.perform("go_to", cursor=cursor)
        window.perform("explain")
        whole = event.kind in (Kind.TOTAL_LOSS, Kind.LOSS_AFTER)
        assert card.isHidden() == whole, event
        assert not whole or window.status.message.text() == NOTHING
