"""Put the cards on long-term dependencies into the window, linked with the graph, the stepper and one another."""

from typing import TYPE_CHECKING

from explorer.graph.unfold import Vertex
from explorer.session.commands.looking import CLIFF, COMPOSITION, JACOBIANS
from explorer.session.document import Shown
from explorer.session.viewing import View
from explorer.ui.longterm.cliff_card import CliffCard
from explorer.ui.longterm.composition_card import CompositionCard
from explorer.ui.longterm.jacobian_card import JacobianCard
from explorer.ui.longterm.words import CLIFF_TIP, COMPOSITION_TIP, JACOBIANS_TIP
from explorer.ui.parts.lazy_card import LazyCard

if TYPE_CHECKING:
    from explorer.ui.window.main_window import MainWindow


class LongTermCards:
    """A panel of the window that stands among the views beside the curves."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self.composition, self.jacobians, self.cliff = CompositionCard(), JacobianCard(), CliffCard()
        views = window.training.views
        views.add(COMPOSITION, self.composition, scrolls=True, tip=COMPOSITION_TIP)
        views.add(JACOBIANS, self.jacobians, scrolls=True, tip=JACOBIANS_TIP)
        views.add(CLIFF, self.cliff, scrolls=True, tip=CLIFF_TIP)
        self._cards: tuple[LazyCard, ...] = (self.composition, self.jacobians, self.cliff)
        for card in self._cards:
            card.look_asked.connect(lambda fields: window.perform("look", **fields))
        self.composition.step_asked.connect(lambda cursor: window.perform("go_to", cursor=cursor))
        self.jacobians.step_chosen.connect(self._follow)

    def _follow(self, k: int, t: int, state: str) -> None:
        """Pick the way of a gradient out in the graph, or where no loss begins it, the state that it comes back to."""
        if k in self._window.session.shown.trace.loss_steps:
            self._window.perform("follow_gradient", k=k, t=t, state=state)
        else:
            self._window.perform("select", thing=Vertex(state, t))

    def show_view(self, shown: Shown, view: View) -> None:
        """Show this document in all of them; each works only while it is seen."""
        for card in self._cards:
            card.show_view(shown, view)
