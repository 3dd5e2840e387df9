"""The card "Products of Jacobians": what a gate lets through, beside what is left of it in tanh units."""

from collections.abc import Iterator

from msgspec import Struct
from PySide6.QtCore import Signal

from explorer.session.document import Shown
from explorer.session.longterm.here import step_at
from explorer.session.longterm.multiplied import Multiplied, ProductsWanted, multipliable, multiplying, wanted
from explorer.session.view.card_tips import JACOBIANS_TIP
from explorer.session.viewing import View
from explorer.ui.longterm.jacobian_plot import JacobianPlot
from explorer.ui.longterm.words import products_words
from explorer.ui.parts.lazy_card import LazyCard


class JacobianCard(LazyCard):
    """`step_chosen` carries the step that all begins at, the step that was clicked, and the state."""

    step_chosen = Signal(int, int, str)

    def __init__(self) -> None:
        self.plot = JacobianPlot()
        super().__init__(self.plot)
        self.setToolTip(JACOBIANS_TIP)
        self.multiplied: Multiplied | None = None
        self.plot.chosen.connect(self._choose)

    def wanted(self, shown: Shown, view: View) -> Struct:
        found = wanted(shown, view)
        self.offer(multipliable(shown), found.state)
        return found

    def work(self, shown: Shown, wanted: Struct) -> Iterator[None]:
        assert isinstance(wanted, ProductsWanted)
        self.multiplied = None
        self.multiplied = yield from multiplying(shown, wanted)

    def follow(self) -> None:
        if self.multiplied is None or self.shown is None:
            return
        products, path = self.multiplied.this.products, self.view.path
        now = step_at(self.shown, self.view.cursor, products.state)
        lit = path[1] if path is not None and path[2] == products.state else None
        self.plot.set_multiplied(self.multiplied, now, lit)
        self.words.say_most(*products_words(self.multiplied, lit))

    def _choose(self, t: int) -> None:
        if self.multiplied is None:
            return  # what was clicked is about to go
        products = self.multiplied.this.products
        self.step_chosen.emit(products.k, t, products.state)
