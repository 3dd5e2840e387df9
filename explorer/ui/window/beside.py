"""Show in the window what is to stand beside the graph, and choose a network for it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from explorer.errors import ExplorerError
from explorer.session.choosing import beside
from explorer.session.companion.resolving import Beside
from explorer.session.companion.words import first_difference, heads
from explorer.session.presence import is_there
from explorer.session.view.two import two_states
from explorer.session.view.view_state import ViewState
from explorer.session.viewing import OtherRun, Selection
from explorer.ui.drawing.two_graphs import TwoGraphs
from explorer.ui.settings.network_chooser import NetworkChooser

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow

EVERY_MS = 100
"""From one look at a run that trains beside to the next."""


class GraphBeside(QObject):
    """Puts both graphs of the session into the window."""

    def __init__(self, window: "MainWindow", graphs: TwoGraphs) -> None:
        super().__init__(window)
        self._window, self._session, self.graphs = window, window.session, graphs
        self._beside = Beside(window.session)
        self.chooser: NetworkChooser | None = None
        self._timer = QTimer(self, singleShot=True, interval=EVERY_MS)
        self._timer.timeout.connect(window.show_weights)
        window.training.trainer.progressed.connect(self._soon)
        graphs.closed.connect(lambda: window.perform("alone"))
        graphs.other.selected.connect(self._select)
        graphs.other.cell_asked.connect(lambda: window.perform("open_cells"))
        graphs.other.sight_changed.connect(lambda sight: window.look(sight=sight))

    def show(self, state: ViewState) -> None:
        """Show the graph, and beside it what the view asks for."""
        companion = state.view.companion
        if companion is None:
            self._beside.forget()
            self._window.inspector.set_beside(None)
            self.graphs.show_alone(state)
            return
        try:
            both = self._beside.pair(companion)
        except ExplorerError as error:
            self._window.inspector.set_beside(None)
            self.graphs.show_reason(state, str(error))
            return
        self._window.inspector.set_beside(both)
        left, right = two_states(both, state)
        session = self._session
        said = heads(both, companion, session.weights, self._beside.weights, session.document)
        self.graphs.show_two(left, right, said, first_difference(both, state.cursor))

    def choose(self) -> None:
        """Choose a network to stand beside."""
        if self.chooser is None:
            self.chooser = NetworkChooser(self._window)
            self.chooser.chosen.connect(lambda id: self._window.perform("beside_network", network=id))
        place = self.graphs.rect()
        place.moveTopLeft(self.graphs.mapToGlobal(place.topLeft()))
        self.chooser.open_in(place, self._session.document, beside)

    def _select(self, thing: Selection) -> None:
        if is_there(self._session.shown, thing):
            self._window.look(selection=thing)

    def _soon(self) -> None:
        """Follow a run beside a graph that follows none."""
        view = self._session.view
        if isinstance(view.companion, OtherRun) and not view.follow and not self._timer.isActive():
            self._timer.start()
