"""Find what a window does not show whole: widgets outside their parent, on top of one another, and cut-off text."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QSpinBox,
    QSplitterHandle,
    QWidget,
)

from explorer.ui.parts.fields import Choice
from explorer.ui.parts.fitting_label import FittingLabel

SLACK = 1
"""Pixels by which rounding may be off."""


def faults(window: QWidget) -> list[str]:
    """What is wrong, in words; empty if all is to be seen."""
    return [fault for widget in visible_widgets(window) for fault in (*_placing(widget), *_cutting(widget))]


def visible_widgets(window: QWidget) -> list[QWidget]:
    """The widgets of a window that it shows now, without those of other windows that belong to it."""
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible() and widget.window() is window]


def name_of(widget: QWidget) -> str:
    """A widget in words: what it is, what it is called, and what it is in."""
    text = getattr(widget, "text", "")
    own = widget.accessibleName() or widget.objectName() or str(text() if callable(text) else text)
    around, parent = [], widget.parentWidget()
    while parent is not None and len(around) < 4:
        around.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{type(widget).__name__} '{own[:40]}' in {' in '.join(around)}"


def _children(widget: QWidget) -> list[QWidget]:
    return [c for c in widget.children() if isinstance(c, QWidget) and c.isVisible() and not c.isWindow()]


def _placing(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    grand = parent.parentWidget()
    room = parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
    if isinstance(grand, QAbstractScrollArea) and grand.viewport() is parent:
        # What a scroll area shows may be as high as it likes, and as wide only if it can be scrolled sideways.
        room.adjust(0, -100_000, 0, 100_000)
        if grand.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            room.adjust(-100_000, 0, 100_000, 0)
    if not isinstance(widget, QSplitterHandle) and not room.contains(widget.geometry()):
        yield f"{name_of(widget)} at {_words(widget.geometry())} leaves its parent of {_words(parent.rect())}"
    for one, other in combinations(_children(widget), 2):
        shared = one.geometry().intersected(other.geometry())
        layers = any(isinstance(w, QSplitterHandle) or w.testAttribute(_SEE_THROUGH) for w in (one, other))
        if min(shared.width(), shared.height()) > SLACK and not layers and not _floats(one) and not _floats(other):
            yield f"{name_of(one)} and {name_of(other)} overlap by {_words(shared)}"


_SEE_THROUGH = Qt.WidgetAttribute.WA_TransparentForMouseEvents


def _floats(widget: QWidget) -> bool:
    """Whether a widget was put over another on purpose: it is in no layout."""
    parent = widget.parentWidget()
    layout = parent.layout()
    return layout is None or layout.indexOf(widget) < 0


def _cutting(widget: QWidget) -> Iterator[str]:
    needed, room = _text_size(widget), widget.contentsRect().size()
    if isinstance(widget, QSpinBox):
        room = widget.lineEdit().size()
    if needed is not None and (needed.width() > room.width() + SLACK or needed.height() > room.height() + SLACK):
        yield f"{name_of(widget)} needs {needed.width()} × {needed.height()}, has {room.width()} × {room.height()}"


def _text_size(widget: QWidget) -> QSize | None:
    """The room that the text of a widget needs, the shortest if it has several; None if it has none."""
    metrics = widget.fontMetrics()
    match widget:
        case FittingLabel():
            return QSize(widget.contentsRect().width() + 2 * SLACK if widget.cut else 0, 0)
        case Choice() if not widget.isEditable():
            cut = metrics.horizontalAdvance(widget.currentText()) > widget.text_rect().width() - 2
            return QSize(widget.width() + 2 * SLACK if cut else 0, 0)
        case QLabel() if widget.text() and widget.wordWrap():
            return QSize(0, widget.heightForWidth(widget.width()) - widget.height() + widget.contentsRect().height())
        case QLabel() if widget.text():
            if "<" in widget.text():
                page = QTextDocument()
                page.setDefaultFont(widget.font())
                page.setDocumentMargin(0)
                page.setHtml(widget.text())
                return QSize(round(page.idealWidth()), 0)
            lines = widget.text().split("\n")
            return QSize(max(map(metrics.horizontalAdvance, lines)), 0)
        case QAbstractButton() if widget.text():
            return QSize(widget.sizeHint().width() - 4, metrics.height())
        case QComboBox() if not widget.isEditable():
            return QSize(widget.sizeHint().width() - 4, metrics.height())
        case QSpinBox():
            margins = widget.lineEdit().textMargins()
            return QSize(metrics.horizontalAdvance(widget.text()) + margins.left() + margins.right(), 0)
    return None


def _words(rect: QRect) -> str:
    return f"({rect.x()}, {rect.y()}) {rect.width()} × {rect.height()}"
