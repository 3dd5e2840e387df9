"""Change one weight a little and see whether the gradient foretold what the loss does: ΔL against gradient · δ."""

import numpy as np

from explorer.graph.arrays import Array, Index
from explorer.language import tr
from explorer.session.equations.check import GradientCheck, Nudge

POINTS = 41
"""How many points a curve has: odd, so that one is the weight as it is."""


class Curve:
    """L(w + δ) at evenly spaced δ, and its tangent at δ = 0. It is computed a point at a time, outward from there.

    `by` runs from −reach to reach; it and `loss` are (POINTS,). A loss is NaN until it is computed, which is one run of
    the network, and where it is no finite number.
    """

    def __init__(self, check: GradientCheck, name: str, index: Index, reach: float):
        trace = check.shown.trace
        self.name, self.index, self.reach = name, index, reach
        self.start, self.gradient = trace.loss, float(trace.parameter_gradients[name][index])
        self.by, self.loss, self.done = np.linspace(-reach, reach, POINTS), np.full(POINTS, np.nan), False
        self._check, self._order = check, iter(np.argsort(np.abs(self.by), kind="stable").tolist())

    def compute(self) -> bool:
        """Compute one more point; whether there was one left."""
        at = next(self._order, None)
        if at is None:
            self.done = True
            return False
        loss = self.start + self._check.nudge(self.name, self.index, float(self.by[at])).change
        self.loss[at] = loss if np.isfinite(loss) else np.nan
        return True

    @property
    def tangent(self) -> Array:
        """L + gradient · δ at the same changes, (POINTS,)."""
        with np.errstate(all="ignore"):  # a gradient may overflow where its loss does not
            return self.start + self.gradient * self.by

    def limits(self) -> tuple[float, float]:
        """The losses between which the picture lies: all of the curve, and of the tangent what is not far off."""
        known = self.loss[np.isfinite(self.loss)]
        if not known.size:
            return -1.0, 1.0
        low, high = float(known.min()), float(known.max())
        height = high - low
        tangent = self.tangent[np.isfinite(self.tangent)]
        if tangent.size:
            low = min(low, max(float(tangent.min()), low - height / 2))
            high = max(high, min(float(tangent.max()), high + height / 2))
        # A loss that does not move is drawn as the level it is, not as noise of rounding.
        least = 1e-9 * max(1.0, abs(low))
        margin = max(0.08 * (high - low), least)
        return low - margin, high + margin


def ratio(nudge: Nudge) -> float | None:
    """ΔL / (gradient · δ), which tends to 1 as δ gets small; None where the gradient foretells no change."""
    if nudge.foretold == 0 or not np.isfinite(nudge.change) or not np.isfinite(nudge.foretold):
        return None
    return nudge.change / nudge.foretold


def verdict(nudge: Nudge) -> str:
    """One sentence on how good the gradient's forecast is."""
    if nudge.by == 0:
        return tr("Move the slider: the loss is computed anew for each place of it.")
    if not np.isfinite(nudge.change) or not np.isfinite(nudge.foretold):
        return tr("The loss or its gradient is no finite number here, so there is nothing to compare.")
    share = ratio(nudge)
    if not nudge.whole and abs(nudge.change - nudge.foretold) > max(1e-12, 0.01 * abs(nudge.foretold)):
        return tr(
            "BPTT is truncated: its gradient leaves out ways on which the loss changes, so it foretells another ΔL."
        )
    if share is None:
        if abs(nudge.change) < 1e-12:
            return tr("The loss does not depend on this entry here: its gradient is 0, and ΔL is too.")
        return tr("The gradient is 0, so the loss changes by its curve alone, or by a jump.")
    if share < 0:
        return tr("The loss goes the other way: so far from here, the slope has turned.")
    off = abs(share - 1)
    if off < 0.01:
        return tr("The curve is as good as straight here: the gradient says what the loss does.")
    if off < 0.25:
        return tr("The loss curves a little away from its tangent; a smaller δ brings them together.")
    return tr("The gradient only knows the slope at δ = 0; so far away the loss has curved off.")
