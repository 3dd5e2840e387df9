"""Put the cards that look into a network beside the curves, linked with the graph, the stepper and one another."""

from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from explorer.graph.unfold import Vertex
from explorer.session.document import Shown
from explorer.session.viewing import View

if TYPE_CHECKING:
    from explorer.ui.longterm.cliff_card import CliffCard
    from explorer.ui.longterm.composition_card import CompositionCard
    from explorer.ui.longterm.jacobian_card import JacobianCard
    from explorer.ui.parts.lazy_work import LazyWork
    from explorer.ui.reach.card import ReachCard
    from explorer.ui.states.card import StatesCard
    from explorer.ui.units.card import UnitsCard
    from explorer.ui.window.main_window import MainWindow

Made = TypeVar("Made", bound="LazyWork")


class CardsBeside:
    """A panel of the window. Each card is imported and made when it is asked for, at the latest when turned to."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._made: list[LazyWork] = []
        views = window.training.views
        for name in ("reach", "states", "units", "composition", "jacobians", "cliff"):
            views.add(name, partial(getattr, self, name), scrolls=True)

    @cached_property
    def reach(self) -> "ReachCard":
        """How far gradients reach."""
        from explorer.ui.reach.card import ReachCard

        card, look = self._take(ReachCard()), self._window.look
        card.path_chosen.connect(lambda k, t, state: look(path=(k, t, state)))
        card.path_cleared.connect(lambda: look(path=None))
        return card

    @cached_property
    def states(self) -> "StatesCard":
        """The hidden states in a plane."""
        from explorer.ui.states.card import StatesCard

        card = self._take(StatesCard())
        card.step_asked.connect(self._go_to)
        return card

    @cached_property
    def units(self) -> "UnitsCard":
        """What units stand for: a click on a symbol leads the graph to that step of that example."""
        from explorer.ui.units.card import UnitsCard

        card = self._take(UnitsCard())
        card.step_asked.connect(
            lambda node, t, example: self._window.perform("go_to_step", node=node, t=t, example=example)
        )
        return card

    @cached_property
    def composition(self) -> "CompositionCard":
        """What composing the same function again and again does."""
        from explorer.ui.longterm.composition_card import CompositionCard

        card = self._take(CompositionCard())
        card.step_asked.connect(self._go_to)
        return card

    @cached_property
    def jacobians(self) -> "JacobianCard":
        """Products of Jacobians, for each loss and step."""
        from explorer.ui.longterm.jacobian_card import JacobianCard

        card = self._take(JacobianCard())
        card.step_chosen.connect(self._follow)
        return card

    @cached_property
    def cliff(self) -> "CliffCard":
        """The surface of the loss."""
        from explorer.ui.longterm.cliff_card import CliffCard

        return self._take(CliffCard())

    def show_view(self, shown: Shown, view: View) -> None:
        """Show this document in all that are made; each works only while it is seen."""
        for card in self._made:
            card.show_view(shown, view)

    def _take(self, card: Made) -> Made:
        """Have a new card show what the others show."""
        from explorer.ui.parts.lazy_card import LazyCard

        if isinstance(card, LazyCard):
            card.look_asked.connect(lambda fields: self._window.perform("look", **fields))
        self._made.append(card)
        session = self._window.session
        card.show_view(session.shown, session.view)
        return card

    def _go_to(self, cursor: int) -> None:
        self._window.perform("go_to", cursor=cursor)

    def _follow(self, k: int, t: int, state: str) -> None:
        """Pick the way of a gradient out in the graph, or where no loss begins it, the state that it comes back to."""
        if k in self._window.session.shown.trace.loss_steps:
            self._window.perform("follow_gradient", k=k, t=t, state=state)
        else:
            self._window.perform("select", thing=Vertex(state, t))
