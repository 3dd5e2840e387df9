"""Where will the first wrong symbol come?"""

import numpy as np

from explorer.graph.equations.notation import plain_vertex
from explorer.graph.output import Ask
from explorer.graph.unfold import Vertex
from explorer.session.document import Shown
from explorer.session.quiz.question import Question, among, differ

NEVER = "nowhere"


def question(shown: Shown, cursor: int, rng: np.random.Generator) -> Question | None:
    """At which step the favourite of a prediction is not the target first; asked until that prediction is shown."""
    trace, output, units = shown.trace, shown.network.output, shown.task.output_units
    if output is None or Ask.FAVOURITE not in output.kind.asks or len(trace.loss_steps) < 2:
        return None
    wrong = None
    for t in trace.loss_steps:
        prediction = trace.value(output.prediction, t)
        *_, second, first = np.sort(prediction)
        if not np.isfinite(prediction).all() or not differ(float(first), float(second)):
            return None
        if prediction.argmax() != trace.value(output.target, t).argmax():
            wrong = t
            break
    telling = Vertex(output.prediction, wrong or trace.loss_steps[-1])
    if any(event.vertex == telling for event in shown.events[:cursor]):
        return None
    others = [f"at step {t}" for t in trace.loss_steps] + [NEVER]
    if wrong is None:
        right, why = NEVER, f"All {len(trace.loss_steps)} predictions favour their targets."
    else:
        favoured, target = (int(trace.value(n, wrong).argmax()) for n in (output.prediction, output.target))
        right = f"at step {wrong}"
        before = "" if wrong == trace.loss_steps[0] else "; all predictions before it favour their targets"
        why = f"{plain_vertex(trace, telling)} favours {units[favoured]}, the target is {units[target]}{before}."
    return among(right, others, "Where will the first wrong symbol come?", why, rng)
