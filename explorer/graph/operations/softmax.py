"""The softmax: probabilities of classes."""

from collections.abc import Callable

import numpy as np

from explorer.graph.arrays import Array, Index
from explorer.graph.contexts import BackRows, Here, Rows, Script
from explorer.graph.equation import Combine, Function, Said, Step, TermOf, shortened, summand
from explorer.graph.operations.base import Operation
from explorer.graph.refs import Source
from explorer.language import tr

_NUMPY = """
def softmax(o):
    raised = np.exp(o - o.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)
"""
_SAFE_EXPONENTS = {np.dtype(np.float64): 300.0, np.dtype(np.float32): 37.0}


_FEW = 16
"""Units for which a product with a matrix of ones takes no longer than one with a vector."""


def columns(n: int) -> int:
    """How many columns a sum over n units is written in: few units have it beside each of them.

    Numpy is slow to spread a column over short rows.
    """
    return n if n <= _FEW else 1


def safe_exponent(dtype: type) -> float:
    """While log Σ exp(o) of each row is within ± this, no exponential over- or underflowed in a way that matters."""
    return _SAFE_EXPONENTS[np.dtype(dtype)]


class Softmax(Operation, frozen=True):
    """softmax(source) over the units (eq. 10.11)."""

    jacobian = "J"
    source: Source

    def forward(self, at: Rows) -> None:
        o = at.read(self.source)
        if not at.quick:
            at.call(softmax, o, at.out, at.normaliser)
            return
        # With no care for large logits: the program looks at the logarithms of these sums afterwards (see
        # safe_exponent), which is far cheaper than the row maxima.
        at.call(np.exp, o, at.out)
        n, sums = o.shape[1], at.sums
        at.call(at.out.dot, at.ones(sums.shape[1] * n).reshape(n, -1), sums)
        at.call(np.divide, at.out, sums, at.out)

    def vjp(self, slot: int, at: BackRows) -> None:
        """Jᵀg = ŷ ⊙ (g − ŷᵀg) for each row."""
        yhat, (rows, n) = at.value, at.out.shape
        at.call(np.multiply, yhat, at.gradient, at.out)
        sums = at.scratch(rows * columns(n), 1).reshape(rows, -1)
        at.call(at.out.dot, at.ones(columns(n) * n).reshape(n, -1), sums)
        at.call(np.subtract, at.gradient, sums, at.out)
        at.call(np.multiply, at.out, yhat, at.out)

    def value_said(self, here: Here) -> Said:
        o = here.value(self.source)
        if here.is_probability:
            caption = tr(
                "{here} turns the logits into probabilities: positive numbers that sum to 1.", here=here.plain()
            )
            left, largest = r"\hat{y}", _LARGEST_LOGIT
        else:
            caption = tr(
                "{here} turns {scores} into weights: positive numbers that sum to 1.",
                here=here.plain(),
                scores=here.plain(self.source),
            )
            left, largest = here.itself().tex, _LARGEST_SCORE
        return Said((summand(o),), caption, function=SOFTMAX, derivation=_derivation(o.array, o.tex, left, largest))

    def gradient_said(self, slot: int, here: Here) -> TermOf:
        origin = tr("{origin}, which is fed back", origin=here.origin) if here.is_probability else here.origin
        return summand(here.itself(), here.gradient(), combine=Combine.SOFTMAX_JACOBIAN, origin=origin)

    def numpy_value(self, script: Script) -> str:
        return f"{script.helper(_NUMPY)}({script.read(self.source)})"

    def numpy_vjp(self, slot: int, gradient: str, value: str, script: Script) -> str:
        return f"{value} * ({gradient} - ({value} * {gradient}).sum(1, keepdims=True))"

    def torch_value(self, script: Script) -> str:
        return f"torch.softmax({script.read(self.source)}, 1)"


class _Softmax(Function, frozen=True, eq=False):
    def apply(self, total: Array, entry: int | None) -> Array:
        raised = np.exp(total - total.max())
        return np.asarray(raised / raised.sum())

    def tex(self, body: str, step: str) -> str:
        return rf"\mathrm{{softmax}}\left( {body} \right)"

    def by_hand(self, left: str, part: Callable[[Index], str], index: Index, n: int, entry: int | None) -> str:
        powers = shortened([f"exp({part((k,)).strip('()')})" for k in range(n)], "…")
        return f"{left} = exp({part(index).strip('()')}) / ({' + '.join(powers)})"


_LARGEST_LOGIT = tr("Take the largest logit away; the result stays the same and nothing overflows.")
_LARGEST_SCORE = tr("Take the largest score away; the result stays the same and nothing overflows.")
SOFTMAX = _Softmax("softmax", "softmax", heading=tr("The softmax, step by step"))


def softmax(o: Array, yhat: Array, log_normaliser: Array) -> None:
    """Write softmax of each row of o (rows, n) to yhat, and log Σ exp(o) to log_normaliser (rows,).

    The row's maximum is taken out first (section 4.1), so nothing overflows, however large the logits.
    """
    np.maximum.reduce(o, axis=1, out=log_normaliser)
    np.subtract(o, log_normaliser[:, None], yhat)
    np.exp(yhat, yhat)
    total = np.add.reduce(yhat, 1)
    np.divide(yhat, total[:, None], yhat)
    np.log(total, total)
    np.add(log_normaliser, total, log_normaliser)


def _derivation(o: Array, tex: str, left: str, largest: str) -> tuple[Step, ...]:
    """A softmax line by line, in the order in which it does not overflow; `largest` says the first in words."""
    with np.errstate(all="ignore"):
        shifted = o - o.max()
        raised = np.exp(shifted)
        shares = raised / raised.sum()
    return (
        Step(largest, rf"z = {tex} - \max_j {tex}_j", shifted),
        Step(tr("Raise e to each: all positive."), r"e^{z}", raised),
        Step(tr("Divide by their sum: they add up to 1."), left + r"_i = \frac{e^{z_i}}{\sum_j e^{z_j}}", shares),
    )
