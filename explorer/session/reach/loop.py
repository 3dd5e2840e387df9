"""Say what closes the loop of a recurrence at a step, and how it stretches: eigenvalues and spectral radius."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from explorer.graph.analyse.spectrum import SOFTMAX, eigenvalues, spectral_norm
from explorer.graph.arrays import Array
from explorer.graph.equations.cut_words import never_between
from explorer.graph.operations.base import DATA, TARGET
from explorer.graph.plain import plain
from explorer.graph.schedule import sources
from explorer.graph.terms.base import Elementwise
from explorer.language import tr
from explorer.session.reach.path import cut_by
from explorer.session.reach.reach import Reach
from explorer.training.threads import one_thread


class LoopShown(Struct, frozen=True, eq=False):
    """The matrix M(t) = ∂a(t+1)/∂h(t): what is shown of it beside the picture.

    `paths` are its summands, each a product of plain symbols of weights and SOFTMAX; none where no gradient comes
    round. `words` say, after the name of the matrix, why it is this one, or without paths, why there is none. `radius`
    is ρ(M), the largest |λ|; `norm` the largest singular value.
    """

    paths: tuple[tuple[str, ...], ...]
    words: str
    eigenvalues: NDArray[np.complex128]
    norm: float
    jacobian: str = ""
    """What is to be multiplied with the matrix for a step back: "∂h(t+1)/∂h(t) = diag(φ′(a(t+1)))"."""
    instead: str = tr("no loop")
    """What is written in the place of eigenvalues where there are no paths."""

    @property
    def radius(self) -> float:
        return float(np.abs(self.eigenvalues[0])) if self.eigenvalues.size else float("nan")


_NONE: NDArray[np.complex128] = np.zeros(0, np.complex128)


def default_step(reach: Reach) -> int:
    """The step whose loop is shown until another is chosen: the last that leads to a next one and is not cut."""
    T = reach.trace.T
    steps = range(max(1, T - 1), 0, -1) if reach.direction > 0 else range(min(2, T), T + 1)
    if reach.loop is None:
        return steps[0]
    return next((t for t in steps if reach.loop.paths_at(reach.trace, t)), steps[0])


def loop_shown(reach: Reach, t: int) -> LoopShown:
    """What is shown of the loop from step t to the next of its state."""
    loop, trace = reach.loop, reach.trace
    if loop is None and trace.network.tree is not None:
        words = tr(
            "In a tree each child has a matrix of its own, so no one loop is passed that could have eigenvalues."
        )
        return LoopShown((), words, _NONE, float("nan"))
    if loop is None:
        return LoopShown((), _no_one_matrix(reach), _NONE, float("nan"), instead=tr("no one matrix"))
    symbols = {p.name: plain(p.symbol) for p in trace.network.architecture.parameters}
    paths = tuple(tuple(symbols.get(name, name) for name in path.factors) for path in loop.paths_at(trace, t))
    if not paths:
        return LoopShown((), _no_loop(reach, t), _NONE, float("nan"))
    matrix = loop.matrix(trace, t)
    with one_thread():
        found = eigenvalues(matrix) if np.isfinite(matrix).all() else _NONE
        words, norm = _words(reach, paths, t, matrix), spectral_norm(matrix)
        return LoopShown(paths, words, found, norm, _jacobian(reach))


def _jacobian(reach: Reach) -> str:
    network, step = reach.trace.network, _next(reach)
    (summed,) = sources(network.node(reach.state))
    before = plain(network.node(summed.name).symbol)
    return tr(
        "∂{symbol}({step})/∂{symbol}(t) = diag(φ′({before}({step})))", symbol=reach.symbol, step=step, before=before
    )


def _next(reach: Reach) -> str:
    return "t+1" if reach.direction > 0 else "t−1"


def _no_loop(reach: Reach, t: int) -> str:
    if reach.loop is not None and (reach.loop.varies or reach.trace.borders):
        return tr("No loop at t = {t}: {reason}.", t=t, reason=cut_by(reach, t))
    flow = reach.trace.flow
    # A sequence of one step has a signal fed into its first step only.
    stop = flow.stop_between(t, t + reach.direction) or flow.stop_between(t - reach.direction, t)
    picked = stop not in (None, DATA, TARGET)
    why = never_between(reach.trace.network, stop)
    return tr("No loop for a gradient: {why}.", why=why) if picked else tr("No loop: {why}.", why=why)


def _no_one_matrix(reach: Reach) -> str:
    """Why a loop has no matrix of its own: what it leads over depends on values, or on more than its own state."""
    here, then = f"{reach.symbol}(t)", f"{reach.symbol}({_next(reach)})"
    if any(isinstance(term, Elementwise) for node in reach.trace.network.nodes for term in node.operation.terms):
        why = tr(
            "Gates or shares change ∂{then}/∂{here} from step to step, so no one matrix says how it stretches",
            then=then,
            here=here,
        )
    else:
        why = tr(
            "From {here} to {then} leads no one matrix: several lie on the way, or other states and steps take part",
            here=here,
            then=then,
        )
    return tr("{why}; see “Products of Jacobians”.", why=why)


def _words(reach: Reach, paths: tuple[tuple[str, ...], ...], t: int, matrix: Array) -> str:
    symbol, step = reach.symbol, _next(reach)
    (direct, around) = ([path for path in paths if len(path) == 1], [path for path in paths if len(path) > 1])
    if not around:
        fed = reach.trace.network.feedback is not None
        if fed:
            return tr(
                ": {symbol}({step}) reads {symbol}(t) itself; what is fed back brings no gradient.",
                symbol=symbol,
                step=step,
            )
        return tr(": {symbol}({step}) reads {symbol}(t) itself.", symbol=symbol, step=step)
    through = "ŷ(t)" if SOFTMAX in around[0] else "o(t)"
    where = f", J\u00a0=\u00a0∂ŷ({t})/∂o({t})" if SOFTMAX in around[0] else ""
    if direct:
        return tr(
            "{where}: {symbol}(t) comes back directly and through {through}.",
            where=where,
            symbol=symbol,
            through=through,
        )
    n, n_y = len(matrix), reach.trace.sizes["n_y"]
    # The softmax takes one more away: adding the same to all logits changes nothing, J 1 = 0.
    rank = min(n, n_y - 1 if SOFTMAX in around[0] else n_y)
    if rank == n:
        return tr(
            "{where}: {symbol}(t) comes back through {through} alone.", where=where, symbol=symbol, through=through
        )
    zeros = n - rank
    return tr(
        "{where}: {symbol}(t) comes back through {through} alone, so {zeros} of {n} are 0 (n_y\xa0=\xa0{n_y}).",
        where=where,
        symbol=symbol,
        through=through,
        zeros=zeros,
        n=n,
        n_y=n_y,
    )
