"""Explain what is pointed at in the graph: its card stands beside it."""

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QRect

from explorer.graph.unfold import Edge, Vertex
from explorer.session.explaining import explain
from explorer.session.viewing import Selection
from explorer.ui.drawing.canvas import Canvas
from explorer.ui.equations.text import paint
from explorer.ui.parts.explainer import Explainer

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow


class Explaining:
    """Listens to all drawings of the graph."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.explainer = Explainer(window)
        for canvas in (window.canvas, window.drawings.circuit, window.two_graphs.other):
            canvas.explained.connect(partial(self.tell, canvas))

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
