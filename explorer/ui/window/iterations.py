"""Go to where a run was at another iteration, and come back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.graph.analyse.events import Phase
from explorer.session.runs.runs import RunRecord
from explorer.session.stepping import phases
from explorer.session.weights import Weights, fit_of

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow


class Iterations(QObject):
    """Whose weights the graph shows. While it follows a run, the whole forward pass is to be seen."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._left: tuple[int, int] | None = None
        """The cursor where the way along a run began, and where it was put then."""
        self._before: Weights | None = None
        """The weights that were shown there; None: those of the seed."""

    def travel(self, run: RunRecord, iteration: int) -> None:
        """Put the weights that a run had at an iteration into the graph."""
        found = run.weights(iteration)
        if found is None:
            return
        kept, parameters = found
        origin = f"weights of {run.name}, iteration {kept:,}"
        weights = Weights(parameters, origin, fit_of(run.settings), run.edits, kept)

        if not self._session.looking:
            self._before = self._session.weights

        def look() -> None:
            self._session.use_weights(weights)
            self._show_forward()

        self._window.do(look)

    def _show_forward(self) -> None:
        """Let the weights be seen in the numbers: go past the losses, unless that is done."""
        session = self._session
        done = next(stop for phase, _, stop in phases(session.shown.events) if phase is Phase.LOSS)
        if session.cursor < done:
            self._left = session.cursor, done
            session.move_to(done)

    def come_back(self) -> None:
        """Show the weights that were there before the way along a run, at the event where it began."""
        before, left = self._before if self._session.weights is not None else None, self._left
        self._before = self._left = None

        def back() -> None:
            self._session.look_away(before)
            if left is not None and self._session.cursor == left[1]:
                self._session.move_to(left[0])

        self._window.do(back)
