"""Share the keyboard between menus and controls: Space steps, but presses a button that Tab has led to."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox


def belongs_to_focused(event: QEvent) -> bool:
    """Keep Space for the control that has the focus and is pressed with it, before the menus' keys are tried.

    While a menu is open, all keys are for it: those of the graph, which has the focus, would come first.
    """
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
        return False
    plain_space = event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier
    pressed = plain_space and isinstance(QApplication.focusWidget(), QAbstractButton | QComboBox)
    if not pressed and QApplication.activePopupWidget() is None:
        return False
    event.accept()
    return True


def takes_return() -> bool:
    """Press the button that has the focus, as Return does elsewhere, and stay in a field whose text was refused.

    False if the focus is on neither.
    """
    focused = QApplication.focusWidget()
    if isinstance(focused, QAbstractButton):
        focused.click()
        return True
    return focused is not None and bool(focused.property("invalid"))
