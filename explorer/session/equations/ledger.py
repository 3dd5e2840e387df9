"""Account for a parameter's gradient: what each time step adds to it, and how much of that stands at a cursor."""

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from explorer.graph.analyse.events import Event, Kind, Phase
from explorer.graph.arrays import Array
from explorer.graph.declaration import Term, terms_of
from explorer.graph.equation import Equation, Factor, Role
from explorer.graph.equations.notation import parameter_factor
from explorer.language import tr
from explorer.session.document import Shown


class Ledger(Struct, frozen=True, eq=False):
    """∇_θ L = Σ_t of `contributions` (steps, *shape of the parameter); `norms` (steps,) are their Frobenius norms.

    The steps are those of the segment of time in which the parameter is used. `ready` (steps,) is the cursor from which
    on a step's contribution exists: the gradient at each node of that step that uses the parameter has then been
    computed. It is 0 for a step at which nothing uses the parameter.
    """

    name: str
    contributions: Array
    norms: Array
    ready: NDArray[np.intp]
    total: Array

    @property
    def used(self) -> NDArray[np.bool_]:
        """The steps at which the parameter is used (T,)."""
        return self.ready > 0

    def computed(self, cursor: int) -> NDArray[np.bool_]:
        """The steps whose contributions exist at this cursor (steps,)."""
        return self.used & (self.ready <= cursor)

    def sum_at(self, cursor: int) -> Array:
        """The running sum at this cursor, shaped like the parameter."""
        computed = self.computed(cursor)
        if computed.sum() == self.used.sum():
            return self.total
        with np.errstate(all="ignore"):
            partial: Array = self.contributions[computed].sum(0)
        return partial

    def norm_at(self, cursor: int) -> float:
        """The Frobenius norm of the running sum."""
        with np.errstate(all="ignore"):
            return float(np.linalg.norm(self.sum_at(cursor)))


def ledger(shown: Shown, name: str) -> Ledger:
    """The account of one parameter."""
    trace = shown.trace
    with np.errstate(all="ignore"):  # what overflows is shown and named, not warned about
        contributions = trace.parameter_contributions(name)
        norms = np.sqrt((contributions.reshape(len(contributions), -1) ** 2).sum(1))
    users = [(node, term) for node, term in terms_of(shown.network.nodes) if name in term.parameters]
    consumers = {(node.name, t) for node, term in users for t in trace.term_steps(node, term)}
    ready = np.zeros(len(contributions), np.intp)
    for cursor, event in enumerate(shown.events, 1):
        if event.kind is Kind.GRADIENT and event.t is not None and (event.name, event.t) in consumers:
            ready[event.t - 1] = cursor  # the last of several
    return Ledger(name, contributions, norms, ready, trace.parameter_gradients[name])


def step_equation(shown: Shown, account: Ledger, t: int) -> Equation:
    """What step t adds to a parameter's gradient: ∇a(t) source(t)ᵀ, with its numbers."""
    event = Event(Phase.BACKWARD, Kind.PARAMETER_GRADIENT, account.name)
    whole = shown.equation(event)
    terms = tuple(term for term in whole.terms if term.step == t)
    left = replace(
        whole.left,
        tex=rf"\nabla_{{{account.name}^{{(t)}}}} L",
        tex_here=rf"\nabla_{{{account.name}^{{({t})}}}} L",
        array=account.contributions[t - 1],
    )
    if shown.trace.network.tree is not None:
        title, caption = tr("What node {t} adds", t=t), tr("Node {t} adds this to the gradient of {account}.")
    else:
        title, caption = tr("What step {t} adds", t=t), tr("Step {t} adds this to the gradient of {account}.")
    return Equation(title, left, terms, "", caption.format(t=t, account=account.name))


def sum_equation(shown: Shown, account: Ledger, cursor: int) -> Equation:
    """The running sum at a cursor, as one array: the gradient itself once every step is in."""
    tex = rf"\nabla_{{{account.name}}} L"
    shape = parameter_factor(shown.trace, account.name).shape
    left = Factor(tex, tex, account.sum_at(cursor), Role.GRADIENT, shape, parameter=account.name)
    return Equation(tr("Sum so far"), left, (), "", "")


def touched_parameter(shown: Shown, event: Event, equation: Equation) -> str | None:
    """The parameter that an event is about: its own; else one it reads; else one whose account it adds to.

    Of several, a weight of the recurrence is the most telling, then any weight, then a bias.
    """
    if event.t is None:
        return event.name if event.name in shown.trace.parameters else None
    read = [f.parameter for term in equation.terms for f in term.factors if f.parameter is not None]
    telling = sorted((term for node, term in terms_of(shown.network.nodes) if node.name == event.name), key=_rank)
    of_node = [name for term in telling for name in term.parameters]
    candidates = [name for name in of_node if event.kind is Kind.GRADIENT or name in read] or read
    return next((p for p in candidates if p), None)


def _rank(term: Term) -> int:
    if term.bias is not None:
        return 2
    return 0 if any(source.direction for source in term.sources) else 1
