"""Repeat the step that is shown: a state as a function of where it began, t by t (fig. 10.15)."""

from collections.abc import Generator

from msgspec import Struct

from explorer.graph.analyse import composition
from explorer.graph.analyse.composition import Composition, CurveShape, composed_states, shape_of
from explorer.graph.analyse.products import followed_states
from explorer.graph.analyse.recurrent import recurrent_weights
from explorer.graph.plain import plain
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.longterm.here import check_followed, step_at
from explorer.session.viewing import LongTerm, View


class CurvesWanted(Struct, frozen=True):
    """What decides the curves of a trace."""

    name: str
    settings: LongTerm
    held: int


class Composed(Struct, frozen=True, eq=False):
    """The curves of one trace; `symbol` is that of the state, `weights` are those of the recurrence, plain."""

    wanted: CurvesWanted
    symbol: str
    weights: tuple[str, ...]
    composition: Composition

    def curve_of(self, t: int | None) -> int:
        """Which curve is that of step t; the last for a step that has none."""
        steps = self.composition.steps
        return steps.index(t) if t in steps else len(steps) - 1

    def shape(self, c: int) -> CurveShape:
        return shape_of(self.composition, c)


def composable(shown: Shown) -> tuple[str, ...]:
    """The states whose step can be repeated. Raises ExplorerError with the reason where there are none."""
    names = composed_states(shown.network)
    check_followed(shown, names, tr("A step is composed with itself"))
    # First the state that "Products of Jacobians" begins with too.
    followed = followed_states(shown.network)
    return tuple(sorted(names, key=lambda name: followed.index(name) if name in followed else len(followed)))


def wanted(shown: Shown, view: View) -> CurvesWanted:
    """What a view asks for; raises ExplorerError where nothing can be composed."""
    names, settings = composable(shown), view.longterm
    name = settings.followed if settings.followed in names else names[0]
    held = step_at(shown, view.cursor, name) or 1
    return CurvesWanted(name, settings, held if settings.drive == "held" else 1)


def composing(shown: Shown, asked: CurvesWanted) -> Generator[None, None, Composed]:
    """Work the curves out, a little at a time."""
    settings, network = asked.settings, shown.network
    found = yield from composition.composing(
        shown.trace,
        asked.name,
        gain=settings.gain,
        drive=settings.drive,
        held=asked.held,
        draw=settings.draw,
        reach=settings.line,
    )
    symbols = {p.name: plain(p.symbol) for p in network.architecture.parameters}
    weights = tuple(symbols[name] for name in recurrent_weights(network))
    return Composed(asked, plain(network.node(asked.name).symbol), weights, found)
