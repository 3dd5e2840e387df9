"""With text of any size the window shows all of itself, and is pointed at where it is seen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QBoxLayout
from pytestqt.qtbot import QtBot

from explorer.graph.unfold import Vertex
from explorer.ui.window.main_window import MainWindow
from tests.settings import FOUR
from tests.ui.window.test_geometry import whole


def test_nothing_is_cut_off_there_and_back_and_things_are_where_they_are_seen(qtbot: QtBot, window: MainWindow) -> None:
    window.training.build()
    window.resize(1440, 900)
    for size, architecture in zip((80, 150, 100), FOUR, strict=False):
        window.perform(f"text_{size}")
        window.perform("change", architecture=architecture)
        window.perform("go_to", cursor=30)
        whole(qtbot, window)
        thing = Vertex("x", 2)
        place = window.canvas.vertex_rect(thing).center()
        QTest.mouseClick(window.canvas, Qt.MouseButton.LeftButton, pos=place)
        assert window.session.view.selection == thing


def test_a_window_too_small_for_its_text_is_scrolled_unless_panels_are_closed(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1440, 900)
    window.perform("text_200")
    bar = window.dividing.whole.parent().parent().horizontalScrollBar()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    window.perform("settings", on=False)
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_half_as_large_again_a_window_1280_wide_is_not_scrolled_sideways(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1280, 720)
    window.perform("text_150")
    window.perform("end")
    areas = window.dividing.whole.parent().parent(), window.inspector  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: [area.horizontalScrollBar().maximum() for area in areas] == [0, 0])


def test_the_room_around_things_grows_with_their_text(window: MainWindow) -> None:
    window.training.build()
    window.resize(2400, 1600)
    boxes = [box for box in window.findChildren(QBoxLayout) if box.contentsMargins().left() > 1]
    before = [box.contentsMargins() * 2 for box in boxes]
    window.perform("text_200")
    assert boxes and [box.contentsMargins() for box in boxes] == before
