"""Explain what is pointed at in the graph, and what the keyboard comes to anywhere: its card stands beside it."""

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QPointF, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from explorer.graph.unfold import Edge, Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.explaining import explain
from explorer.session.viewing import Selection, View
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.equations.text import paint
from explorer.ui.parts.explained import explain_widget, explainer_of
from explorer.ui.parts.explainer import Explainer
from explorer.ui.screen import qt_application

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow

NOTHING = tr("Select something in the graph first, or go to an event: that is explained.")
DELAY_MS = 700
"""How long the keyboard rests on a control before it is explained: as long as Qt waits for the pointer to rest."""


class Explaining(QObject):
    """Listens to all drawings of the graph, and to where the keyboard is."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._about: tuple[object, ...] = ()
        self._by_keys = False
        """Whether the card stands where the keys are, and goes when they go on; else it is the pointer's."""
        self._resting = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._resting.timeout.connect(self._rest)
        for canvas in (window.canvas, window.drawings.circuit, window.two_graphs.other):
            canvas.explained.connect(partial(self._point, canvas))
        window.canvas.walked.connect(lambda _: self._resting.start())
        qt_application().focusChanged.connect(self._follow)

    @property
    def explainer(self) -> Explainer:
        """That which shows the card, in what is the window on the screen: once it is held by a frame, that."""
        return explainer_of(self._window.window())

    def _point(self, canvas: Canvas, thing: Selection | Edge, stands: QRect) -> None:
        self._by_keys = False
        self.tell(canvas, thing, stands)

    def tell(self, canvas: Canvas, thing: Selection | Edge, stands: QRect) -> None:
        """Explain a thing beside where it stands on a canvas; None: nothing any more."""
        view = canvas.view
        if thing is None or view is None or self._window.presenting.light.isVisible():
            self.explainer.leave()
            return
        along = view.timetable.graph.leads_along(thing) if isinstance(thing, Edge) else ()
        explanation, details = explain(view.shown, thing, along, paint), ""
        if not isinstance(thing, Edge):
            details = canvas.description(thing)
        if isinstance(thing, Vertex) and not view.value_known(thing):
            explanation = replace(explanation, says="")  # it would tell numbers before their time
        self.explainer.show(explanation, canvas, stands, details)

    def show_view(self, shown: Shown, view: View) -> None:
        """Take the card away once something else is picked out, or numbers are others."""
        about = view.cursor, view.selection, shown.document
        if about != self._about:
            self._about = about
            self.explainer.hide()

    def explain_this(self) -> None:
        """Explain at once what has the keyboard: in the graph what is selected, else what is computed now."""
        self._by_keys = True
        here, canvas = QApplication.focusWidget(), self._window.canvas
        if here is not canvas and here is not None and here.window() is self._window.window() and explain_widget(here):
            return
        session, view = self._window.session, canvas.view
        thing = session.selection
        if thing is None and (event := session.event) is not None:
            parameter = event.name if event.name in session.shown.trace.parameters else None
            thing = event.vertex or parameter  # the loss of all steps is neither
        if thing is None or view is None:
            self._window.status.say(NOTHING)
            return
        stands = canvas.vertex_rect(thing, QPointF(canvas.rect().center()))
        self.tell(canvas, thing, stands if not stands.isEmpty() else QRect(0, 0, 1, 1))

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        """Wait for the keyboard to rest on a control that it came to by itself, not by a click."""
        if not isValid(self._window):
            return  # it loses the keyboard last of all
        self._resting.stop()
        top, canvas = self._window.window(), self._window.canvas
        by_keys = top.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if now is not None and now.window() is top and now is not canvas and by_keys:
            self._resting.start()
        if self._by_keys:
            self.explainer.leave()

    def _rest(self) -> None:
        self._by_keys = True
        here = QApplication.focusWidget()
        if here is self._window.canvas:
            self.explain_this()
        elif here is not None and here.window() is self._window.window():
            explain_widget(here)
