"""Say what a network puts out: prediction, loss and its unit, metric, kind of target, and what can be fed back.

Each loss but one is the negative log-likelihood of a distribution of section 6.2.2, and its prediction the mean of that
distribution, so the gradient at the logits is prediction minus target (eq. 10.18 for the softmax). The squared error of
a sigmoid is none: the slope of the sigmoid stays in its gradient.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from explorer.errors import ExplorerError, check_known
from explorer.graph.activations import FUNCTIONS
from explorer.graph.arrays import Array
from explorer.graph.declaration import (
    Activation,
    BinaryCrossEntropy,
    CrossEntropy,
    Loss,
    Node,
    Operation,
    Ref,
    SigmoidSquaredError,
    Softmax,
    SquaredError,
)
from explorer.graph.metric import ACCURACY, BITS_RIGHT, MEAN_SQUARED_ERROR, Metric, Outputs
from explorer.language import tr


class Target(StrEnum):
    """What targets y(t) are, which decides how they are given."""

    SYMBOLS = "symbols"
    """One of n_y classes: its index, fed back as a one-hot vector."""
    BITS = "bits"
    """n_y numbers, each 0 or 1."""
    NUMBERS = "numbers"
    """n_y real numbers."""

    @property
    def called(self) -> str:
        """What several are called in a sentence."""
        return {Target.SYMBOLS: tr("symbols"), Target.BITS: tr("bits"), Target.NUMBERS: tr("numbers")}[self]

    def vectors(self, y: Outputs, n: int) -> Array:
        """Targets or outputs as vectors of n units, the last axis; symbols are one-hot."""
        return np.eye(n)[y.astype(np.intp)] if self is Target.SYMBOLS else y


class Ask(StrEnum):
    """What the quiz can ask about an output."""

    FAVOURITE = "favourite"
    """Which symbol the prediction favours."""
    BLIND_GUESS = "blind guess"
    """Whether the loss is below that of a guess without any knowledge."""


class OutputKind(Struct, frozen=True):
    """One row of the table of outputs.

    `predicts` makes the operation of the prediction from the logits; with None the logits are the prediction. `loss`
    is the operation of the loss, `unit` what it is counted in, and `metric` how else outputs are judged, as `decide`
    makes them of logits (steps, B, n). `target` is what it takes, and `suits` what tasks may give, which is made that:
    one-hot symbols are bits, and bits are numbers. `own` lists the signals of the network's own that can be fed back;
    `at_test` is the one that replaces targets at test time. The `…_cited` say where the book has the prediction, the
    loss, and the gradient at the logits.
    """

    id: str
    title: str
    prediction_cited: str
    loss_cited: str
    gradient_cited: str
    predicts: Callable[[Ref], Operation] | None
    loss: type[Loss]
    unit: str
    metric: Metric
    decide: Callable[[Array], Outputs]
    target: Target
    suits: tuple[Target, ...]
    own: tuple[str, ...]
    at_test: str
    asks: tuple[Ask, ...] = ()
    logits_called: str = tr("logits")


SOFTMAX = OutputKind(
    id="softmax",
    title=tr("softmax (Multinoulli)"),
    prediction_cited="eq. 10.11",
    loss_cited="eq. 10.14",
    gradient_cited="eq. 10.18",
    predicts=Softmax,
    loss=CrossEntropy,
    unit="nats",
    metric=ACCURACY,
    decide=lambda logits: logits.argmax(2),
    target=Target.SYMBOLS,
    suits=(Target.SYMBOLS,),
    own=("yhat", "o", "argmax", "sample"),
    at_test="argmax",
    asks=(Ask.FAVOURITE, Ask.BLIND_GUESS),
    logits_called=tr("logits, the scores before the softmax"),
)
SIGMOID = OutputKind(
    id="sigmoid",
    title=tr("sigmoid (Bernoulli)"),
    prediction_cited="section 6.2.2.2",
    loss_cited="section 6.2.2.2",
    gradient_cited="section 6.2.2.2",
    predicts=lambda logits: Activation(logits, "sigmoid"),
    loss=BinaryCrossEntropy,
    unit="nats",
    metric=BITS_RIGHT,
    decide=lambda logits: (logits > 0).astype(np.float64),
    target=Target.BITS,
    suits=(Target.SYMBOLS, Target.BITS),
    own=("yhat", "o"),
    at_test="yhat",
    asks=(Ask.BLIND_GUESS,),
)
LINEAR = OutputKind(
    id="linear",
    title=tr("linear (Gaussian)"),
    prediction_cited="section 6.2.2.1",
    loss_cited="section 6.2.2.1",
    gradient_cited="section 6.2.2.1",
    predicts=None,
    loss=SquaredError,
    unit=tr("squared units of y"),
    metric=MEAN_SQUARED_ERROR,
    decide=lambda logits: logits,
    target=Target.NUMBERS,
    suits=tuple(Target),
    own=("yhat",),
    at_test="yhat",
    asks=(Ask.BLIND_GUESS,),
)
SIGMOID_SQUARED_ERROR = OutputKind(
    id="sigmoid_mse",
    title=tr("sigmoid with squared error"),
    prediction_cited="section 6.2.2.2",
    loss_cited="section 6.2.2.2",
    gradient_cited="section 6.2.2.2",
    predicts=SIGMOID.predicts,
    loss=SigmoidSquaredError,
    unit=tr("squared units of y"),
    metric=MEAN_SQUARED_ERROR,
    decide=lambda logits: FUNCTIONS["sigmoid"].apply(logits, None),
    target=Target.NUMBERS,
    suits=tuple(Target),
    own=("yhat", "o"),
    at_test="yhat",
    asks=(Ask.BLIND_GUESS,),
)
OUTPUTS = {kind.id: kind for kind in (SOFTMAX, SIGMOID, LINEAR, SIGMOID_SQUARED_ERROR)}


def output_for(target: Target) -> OutputKind:
    """The kind of output that such targets ask for: a softmax for symbols, linear for numbers."""
    return next(kind for kind in OUTPUTS.values() if kind.target is target)


def get_output(id: str) -> OutputKind:
    """The kind of this id; an unknown id is an ExplorerError that suggests the nearest."""
    check_known(id, OUTPUTS, tr("output"))
    return OUTPUTS[id]


class Output(Struct, frozen=True):
    """The output of one network: its kind, and the names of the nodes that play the parts of o, ŷ, y and L.

    Where the output is linear, o and ŷ are one node. `size` is the dimension of the prediction. With `last_only` there
    is one output, at the last step (fig. 10.5).
    """

    kind: OutputKind
    logits: str
    prediction: str
    target: str
    loss: str
    size: str
    last_only: bool


def output_of(nodes: Iterable[Node]) -> Output | None:
    """The output that these nodes declare by their loss; None for a network without one (figs. 10.1 and 10.2).

    Raises ExplorerError for a loss of something else than its kind of prediction.
    """
    by_name = {node.name: node for node in nodes}
    for node in by_name.values():
        if isinstance(node.operation, Loss):
            kind = next(kind for kind in OUTPUTS.values() if type(node.operation) is kind.loss)
            prediction = by_name[node.operation.prediction.name]
            logits = _logits(kind, node, prediction)
            target = node.operation.target.name
            return Output(kind, logits, prediction.name, target, node.name, prediction.size, node.last_only)
    return None


def _logits(kind: OutputKind, loss: Node, prediction: Node) -> str:
    """The name of the node that the loss differentiates to."""
    if kind.predicts is None:
        return prediction.name
    for source in prediction.operation.sources:
        if isinstance(source, Ref) and prediction.operation == kind.predicts(source):
            return source.name
    raise ExplorerError(
        "The loss {loss} is a {term}, which judges a {kind} of logits, but {prediction} is none; declare "
        "{prediction} as one, or take the loss that goes with it.",
        loss=loss.name,
        term=kind.loss.__name__,
        kind=kind.id,
        prediction=prediction.name,
    )


def with_output(nodes: tuple[Node, ...], kind: OutputKind) -> tuple[Node, ...]:
    """The nodes with prediction and loss of another kind, on the same logits; they must have an output."""
    declared = output_of(nodes)
    assert declared is not None, "there is no output to exchange"
    by_name = {node.name: node for node in nodes}
    logits, loss = by_name[declared.logits], by_name[declared.loss]
    exchanged: list[Node] = []
    prediction = logits
    if kind.predicts is not None:
        prediction = by_name[declared.prediction]
        if prediction is logits:
            row = None if logits.row is None or loss.row is None else (logits.row + loss.row) / 2
            prediction = replace(logits, name="yhat", symbol=r"\hat{y}", row=row)
        prediction = replace(prediction, operation=kind.predicts(Ref(logits.name)))
        exchanged.append(prediction)
    exchanged.append(replace(loss, operation=kind.loss(Ref(prediction.name), Ref(declared.target))))
    gone = {declared.prediction, declared.loss} - {declared.logits}
    at = next(i for i, node in enumerate(nodes) if node.name in gone)
    before, after = nodes[:at], nodes[at:]
    return (*before, *exchanged, *(node for node in after if node.name not in gone))
