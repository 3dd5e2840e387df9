"""Put the card on hidden states into the window, linked with the stepper."""

from typing import TYPE_CHECKING

from explorer.session.commands.looking import STATES
from explorer.session.document import Shown
from explorer.session.viewing import View
from explorer.ui.states.card import StatesCard
from explorer.ui.states.words import STATES_TIP

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow


class HiddenStatesCard:
    """A panel of the window that stands among the views beside the curves."""

    def __init__(self, window: "MainWindow") -> None:
        self.card = StatesCard()
        window.training.views.add(STATES, self.card, scrolls=True, tip=STATES_TIP)
        self.card.look_asked.connect(lambda fields: window.perform("look", **fields))
        self.card.step_asked.connect(lambda cursor: window.perform("go_to", cursor=cursor))

    def show_view(self, shown: Shown, view: View) -> None:
        """Show this document; the card works only while it is seen."""
        self.card.show_view(shown, view)
