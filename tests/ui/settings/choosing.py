"""Choose a network as a learner does: open the chooser with a click, and click a card in it."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.ui.settings.network_chooser import NetworkChooser
from explorer.ui.window.main_window import MainWindow


def choose_network(qtbot: QtBot, window: MainWindow, id: str) -> None:
    """Look at another network."""
    qtbot.mouseClick(window.sidebar.network, Qt.MouseButton.LeftButton)
    assert window.sidebar.chooser is not None and window.sidebar.chooser.isVisible()
    qtbot.mouseClick(window.sidebar.chooser.grid.cards[id], Qt.MouseButton.LeftButton)


def opened(window: MainWindow) -> NetworkChooser:
    """The chooser, open."""
    window.sidebar.choose_network()
    assert window.sidebar.chooser is not None
    return window.sidebar.chooser
