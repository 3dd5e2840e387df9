"""Put the card of units into the window: a click on a symbol leads the graph to that step of that example."""

from typing import TYPE_CHECKING

from explorer.session.commands.looking import UNITS
from explorer.session.document import Shown
from explorer.session.viewing import View
from explorer.ui.units.card import UnitsCard
from explorer.ui.units.words import UNITS_TIP

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow


class UnitsPanel:
    """A panel of the window that stands among the views beside the curves."""

    def __init__(self, window: "MainWindow") -> None:
        self._window, self.card = window, UnitsCard()
        window.training.views.add(UNITS, self.card, scrolls=True, tip=UNITS_TIP)
        self.card.look_asked.connect(lambda fields: window.perform("look", **fields))
        self.card.step_asked.connect(self._go)

    def _go(self, node: str, t: int, example: int | None) -> None:
        self._window.perform("go_to_step", node=node, t=t, example=example)

    def show_view(self, shown: Shown, view: View) -> None:
        """Show this document; it works only while it is seen."""
        self.card.show_view(shown, view)
