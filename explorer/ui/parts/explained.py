"""Let a widget be explained on a card: `explained`; the rest of widgets are explained by what their tool tips say."""

from itertools import takewhile

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QWidget

from explorer.language import tr
from explorer.session.explained import CONTROLS
from explorer.session.explaining import Explanation
from explorer.ui.parts.explainer import Explainer
from explorer.ui.parts.widgets import ancestors

ID = "explained"
"""The property in which a widget keeps what it is in `CONTROLS`."""


def explained(widget: QWidget, id: str, pointed: bool = True) -> None:
    """Explain a widget as `CONTROLS` does, on a card beside it when it is pointed at; nothing if it is not there.

    A plot that says something else where it is `pointed` at is explained where the keyboard comes to it.
    """
    if id in CONTROLS:
        widget.setProperty(ID, id)
        if pointed:
            _Asking(widget)


def explanation_of(widget: QWidget) -> Explanation | None:
    """What a control, or what it is part of, is: from `CONTROLS`, or its name and its tip; None if it says nothing."""
    for around in takewhile(lambda one: not one.isWindow(), (widget, *ancestors(widget))):
        tip, id = _tip(around), around.property(ID)
        if id in CONTROLS:
            about = CONTROLS[id]
            return about if about.says else replace(about, says=tip)
        if tip:
            return _told(_name(widget, around), tip)
    return None


def _told(name: str, tip: str) -> Explanation:
    """A name and what a tip says beside it: where that is the name again with keys in brackets, these alone."""
    keys = tip.removeprefix(name).strip() if name and tip.startswith(name) else ""
    if keys.startswith("(") and keys.endswith(")"):
        return Explanation(name, says=tr("Key: {keys}", keys=keys[1:-1]))
    return Explanation(name, says=tip)


def explainer_of(window: QWidget) -> Explainer:
    """That which shows cards in a window, made when it is first asked for."""
    return _explainer_in(window) or Explainer(window)


def _explainer_in(window: QWidget) -> Explainer | None:
    return window.findChild(Explainer, options=Qt.FindChildOption.FindDirectChildrenOnly)


def explain_widget(widget: QWidget) -> bool:
    """Show the card of a control beside it; tell whether there was anything to show, and room for it."""
    about = explanation_of(widget)
    return about is not None and explainer_of(widget.window()).show(about, widget, widget.rect())


def _tip(widget: QWidget) -> str:
    if isinstance(widget, QTabBar):
        return widget.tabToolTip(widget.currentIndex()) or widget.toolTip()
    return widget.toolTip()


def _name(widget: QWidget, around: QWidget) -> str:
    text = widget.text().replace("&", "") if isinstance(widget, QAbstractButton | QLabel) else ""
    return widget.accessibleName() or text or around.accessibleName() or _label(widget)


def _label(widget: QWidget) -> str:
    """The text of the label that stands beside a field."""
    beside = (label for label in widget.window().findChildren(QLabel) if label.buddy() is widget)
    return next((label.text().replace("&", "") for label in beside), "")


class _Asking(QObject):
    """Shows the card of a widget in place of its tool tip, where there is room for it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.ToolTip and isinstance(watched, QWidget):
            return explain_widget(watched)
        if kind in (QEvent.Type.Leave, QEvent.Type.MouseButtonPress, QEvent.Type.Hide) and isinstance(watched, QWidget):
            shown = _explainer_in(watched.window())
            if shown is not None:
                shown.leave()
        return False
