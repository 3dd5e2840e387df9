"""Move nothing where the system asks for that; ask again whenever one comes back, maybe from its settings."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from explorer.ui.look.motion import system_moves
from explorer.ui.screen import qt_application

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow


def follow_system(window: "MainWindow") -> None:
    """Ask the system now, and from now on each time that the application is turned to."""

    def ask() -> None:
        moves = system_moves()
        if moves != window.session.system_moves:
            window.session.system_moves = moves
            window.show_weights()

    def turned_to(state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            ask()

    ask()
    qt_application().applicationStateChanged.connect(turned_to)
