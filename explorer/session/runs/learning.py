"""Say from the curves of a run by when it had learned, and how much is right on its own output: `learning`."""

from msgspec import Struct

from explorer.graph.arrays import Array
from explorer.graph.feedback import get_feedback
from explorer.language import tr
from explorer.session.runs.bundles import Bundle
from explorer.session.runs.runs import Measure
from explorer.session.runs.trend import chance

LEARNED = 0.95
"""The share, of what is right or of the variance explained, fed as in training, from which on a run has learned."""
CRITERION = tr(
    "Learned: the first iteration at which {learned} % is right on held-out sequences, fed as in training: the "
    "targets where any were fed, else its own output. Right on its own: now, or at the line in time.",
    learned=round(LEARNED * 100),
)


class Learning(Struct, frozen=True):
    """`learned`: the iteration of the first judgement at which LEARNED is right, fed as in training; None: not yet.

    `own`: the share that is right on the own output, at the judgement asked for.
    """

    learned: int | None
    own: float


def learning(bundle: Bundle, at: float | None = None) -> Learning | None:
    """How far a run is (of several seeds, their median), or was at the judgement nearest to an iteration.

    None before the first judgement.
    """
    x, _, own = shares(bundle)
    if not len(x):
        return None
    place = len(x) - 1 if at is None else int(abs(x - at).argmin())
    return Learning(learned_by(bundle), float(own[place]))


def learned_by(bundle: Bundle) -> int | None:
    """The iteration of the first judgement at which LEARNED is right, fed as in training; None: not yet."""
    x, fed, own = shares(bundle)
    feedback = bundle.first.settings.feedback
    trained = fed if feedback is None or get_feedback(feedback).target else own
    right = x[trained >= LEARNED]
    return int(right[0]) if len(right) else None


def shares(bundle: Bundle) -> tuple[Array, Array, Array]:
    """Iterations, and how much is right fed the targets and on the own output, (n,) each, 1 being all.

    Where outputs are numbers that is the share of the variance that is explained: 1 − the loss as a share of a guess's.
    """
    if bundle.first.kind.metric.share:
        x, fed = bundle.curve(Measure.OPEN_SCORE)
        return x, fed, bundle.curve(Measure.CLOSED_SCORE)[1]
    guess = chance(bundle.first.settings)
    x, fed = bundle.curve(Measure.OPEN_LOSS)
    return x, 1.0 - fed / guess, 1.0 - bundle.curve(Measure.CLOSED_LOSS)[1] / guess
