"""Where will the first wrong symbol come?"""

import numpy as np

from explorer.graph.equations.notation import plain_vertex
from explorer.graph.output import Ask
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.quiz.question import Question, among, differ

NEVER = tr("nowhere")


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
    others = [tr("at step {t}", t=t) for t in trace.loss_steps] + [NEVER]
    if wrong is None:
        right, why = NEVER, tr("All {count} predictions favour their targets.", count=len(trace.loss_steps))
    else:
        favoured, target = (int(trace.value(n, wrong).argmax()) for n in (output.prediction, output.target))
        right = tr("at step {wrong}", wrong=wrong)
        there, chosen, wanted = plain_vertex(trace, telling), units[favoured], units[target]
        if wrong == trace.loss_steps[0]:
            why = tr("{there} favours {chosen}, the target is {wanted}.", there=there, chosen=chosen, wanted=wanted)
        else:
            why = tr(
                "{there} favours {chosen}, the target is {wanted}; all predictions before it favour their targets.",
                there=there,
                chosen=chosen,
                wanted=wanted,
            )
    return among(right, others, tr("Where will the first wrong symbol come?"), why, rng)
