"""Follow the Jacobians of the network that is shown, and beside them those of one with gates, or of one without."""

from collections.abc import Generator

from msgspec import Struct
from msgspec.structs import replace

from explorer.architectures import get_architecture
from explorer.errors import ExplorerError
from explorer.graph.analyse import products
from explorer.graph.analyse.products import Products, carriers, followed_states
from explorer.graph.plain import plain
from explorer.graph.schedule import direction_of
from explorer.language import tr
from explorer.session.carried import carried
from explorer.session.document import Document, Shown, show
from explorer.session.edits import InputEdit, NumberEdit
from explorer.session.longterm.here import check_followed
from explorer.session.viewing import View
from explorer.training.matching import mismatch
from explorer.training.problem import task_of
from explorer.training.settings import changed

GATED, PLAIN = ("lstm", "gru", "lstm_to_one"), ("hidden_to_hidden", "sequence_to_one")
"""The networks to compare with: of those that go with a task, the first."""


class NetworkProducts(Struct, frozen=True, eq=False):
    """The products of one network: `symbol` is that of the state, `carriers` are those of its gates, plain."""

    title: str
    weights: str
    """Where its weights come from, where that is not said elsewhere."""
    symbol: str
    carriers: tuple[str, ...]
    products: Products


class Multiplied(Struct, frozen=True, eq=False):
    """`this` network, and the `other` kind of network on the same sequence; without one, `why_alone` is a sentence."""

    this: NetworkProducts
    other: NetworkProducts | None
    why_alone: str = ""


class ProductsWanted(Struct, frozen=True):
    """What decides the products of a trace: the state, and the step that all begins at."""

    state: str
    k: int


def multipliable(shown: Shown) -> tuple[str, ...]:
    """The states whose Jacobians can be followed. Raises ExplorerError with the reason where there are none."""
    names = followed_states(shown.network)
    check_followed(shown, names, tr("Products of Jacobians are drawn"))
    return names


def wanted(shown: Shown, view: View) -> ProductsWanted:
    """What a view asks for: from the end of the path that is picked out, else from the end of the sequence."""
    names, chosen = multipliable(shown), view.longterm.followed
    path = view.path if view.path is not None and view.path[2] in names else None
    if path is not None and path[0] in shown.trace.steps(path[2]):
        return ProductsWanted(path[2], path[0])
    state = chosen if chosen in names else names[0]
    steps = shown.trace.steps(state)
    # From the far end, a gradient has the longest way back.
    return ProductsWanted(state, steps[-1] if direction_of(shown.network, state) > 0 else steps[0])


def multiplying(shown: Shown, asked: ProductsWanted) -> Generator[None, None, Multiplied]:
    """Work the products out, a little at a time."""
    this = yield from _followed(shown, asked.state, asked.k, "")
    yield
    try:
        document = opposite(shown.document, this.products.carried)
        if document is None:
            kind = tr("plain recurrent") if this.products.carried else tr("gated")
            return Multiplied(
                this, None, tr("No {kind} network of the app takes this task, so none stands beside it.", kind=kind)
            )
        beside = show(document)
    except ExplorerError as error:
        return Multiplied(this, None, str(error))
    yield
    state = followed_states(beside.network)[0]
    steps = beside.trace.steps(state)
    # What runs backward in time, or in a segment of its own, begins elsewhere.
    alike = this.products.direction > 0 and asked.k in steps
    k = asked.k if alike else steps[-1]
    other = yield from _followed(beside, state, k, tr("initial weights of seed {seed}", seed=document.seed))
    return Multiplied(this, other)


def opposite(document: Document, carried_on: bool) -> Document | None:
    """The same sequence read by a network without gates, of tanh units, or by one with them; None if none takes it."""
    task = task_of(document)
    fitting = (id for id in (PLAIN if carried_on else GATED) if not mismatch(get_architecture(id), task))
    id = next(fitting, None)
    if id is None:
        return None
    inputs = tuple(edit for edit in document.edits if isinstance(edit, InputEdit | NumberEdit))
    other = replace(document, feedback=None, fed_target=(), test_time=False, edits=inputs)
    return carried(document, changed(other, architecture=id, activation="tanh", choices={}))[0]


def _followed(shown: Shown, state: str, k: int, weights: str) -> Generator[None, None, NetworkProducts]:
    symbols = tuple(map(plain, carriers(shown.network, state)))
    found = yield from products.multiplying(shown.trace, state, k)
    return NetworkProducts(shown.architecture.title, weights, plain(shown.network.node(state).symbol), symbols, found)
