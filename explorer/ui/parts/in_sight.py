"""Scroll to what Tab leads to: Qt does so only for what it comes to from within the same scrolled area."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

from explorer.ui.parts.widgets import ancestors
from explorer.ui.screen import qt_application


class InSight(QObject):
    """Keeps in sight what has the keyboard in a window, in whatever is scrolled there."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        qt_application().focusChanged.connect(self._follow)

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is None or not isValid(self._window) or now.window() is not self._window.window():
            return
        if now.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            for around in ancestors(now):
                if isinstance(around, QScrollArea):
                    around.ensureWidgetVisible(now)
