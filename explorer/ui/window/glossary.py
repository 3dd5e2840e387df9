"""Light up in the graph what a term of the glossary means, as long as the glossary is open."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF

from explorer.language import tr
from explorer.lessons.glossary import GlossaryEntry
from explorer.lessons.lights import Thing, lit
from explorer.session.document import Shown
from explorer.session.viewing import View
from explorer.ui.learn.spotlight import Spotlight

if TYPE_CHECKING:
    from explorer.ui.learn.glossary_view import GlossaryView
    from explorer.ui.window.main_window import MainWindow

MOST_RINGS = 300
"""In a longer sequence the first of them light up."""


class Glossary:
    """Holds the glossary, which is made when it is first asked for, beside the graph."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._opened = False
        self.things: tuple[Thing, ...] = ()
        """What lights up now."""

    @cached_property
    def view(self) -> "GlossaryView":
        """The glossary itself."""
        from explorer.ui.learn.glossary_view import GlossaryView

        self._opened = True
        view = GlossaryView(self._window)
        view.chosen.connect(self._light)
        view.closed.connect(lambda: self._light(None))
        return view

    @cached_property
    def spotlight(self) -> Spotlight:
        """The rings in the graph."""
        return Spotlight(self._window.dividing.whole)

    def open(self) -> None:
        """Open it over the equations, so that the graph is seen."""
        window = self._window
        beside = window.inspector if window.inspector.isVisible() else window.dividing.whole
        self.view.open_over(QRect(beside.mapToGlobal(beside.rect().topLeft()), beside.size()))
        self._light(self.view.entry)

    def show_view(self, shown: Shown, view: View) -> None:
        """Light up the same in another network."""
        if self._opened and self.view.isVisible():
            self._light(self.view.entry)

    def _light(self, entry: GlossaryEntry | None) -> None:
        shown = self._window.session.shown
        self.things = () if entry is None else lit(shown, entry.lights)
        if entry is not None:
            self.view.say_lit(_said(shown, self.things))
        self.spotlight.point_at(self._places if self.things else None)

    def _places(self) -> list[QRectF]:
        window, found = self._window, []
        drawings = [window.canvas, window.drawings.circuit]
        for drawing in (one for one in drawings if one.isVisible()):
            corner = drawing.mapTo(window.dividing.whole, QPointF(0, 0))
            for thing in self.things[:MOST_RINGS]:
                found += [rect.translated(corner) for rect in drawing.rects_in_sight(thing)]
        return found


def _said(shown: Shown, things: tuple[Thing, ...]) -> str:
    if not things:
        return tr("This network has nothing of it: {network}.", network=shown.architecture.title)
    return tr("What it means here lights up in the graph.")
