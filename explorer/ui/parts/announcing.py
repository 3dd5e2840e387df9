"""Have a sentence read aloud by the screen reader, if one listens: `announce`."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str) -> None:
    """Say a sentence about a widget at once, in place of one that is still being read."""
    if sentence and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, sentence)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
