"""Nudge weights in a window beside the graph: it is made when it is first asked for."""

from typing import TYPE_CHECKING

from explorer.session.document import Shown
from explorer.session.edits import WeightEdit
from explorer.session.weights import why_no_loss

if TYPE_CHECKING:
    from explorer.ui.editing.nudge_window import NudgeWindow
    from explorer.ui.window.main_window import MainWindow


class Nudging:
    """Opens that window, and shows there what the graph shows."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.dialog: NudgeWindow | None = None

    def open(self) -> None:
        """Open it on what is selected."""
        window = self._window
        if self.dialog is None:
            from explorer.ui.editing.nudge_window import NudgeWindow

            self.dialog = NudgeWindow(window)
            self.dialog.panel.kept.connect(
                lambda name, index, value: window.perform("edit", edits=(WeightEdit(name, index, value),))
            )
        self.dialog.panel.set_shown(window.session.shown)
        self.dialog.panel.follow(window.session.selection)
        self.dialog.open_beside(window.canvas)

    def set_shown(self, shown: Shown) -> None:
        """Show other numbers, if it was ever opened."""
        if self.dialog is not None:
            self.dialog.panel.set_shown(shown)
            if why_no_loss(shown):
                self.dialog.close()
