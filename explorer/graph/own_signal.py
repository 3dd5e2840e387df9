"""What a network can be fed of its own (`OWN_SIGNALS`): its prediction, its logits, or a symbol picked from these."""

from collections.abc import Callable

from msgspec import Struct

from explorer.graph.declaration import Cited, Node, OneHotArgmax, OneHotSample, Operation, Ref
from explorer.graph.output import Output
from explorer.language import tr


class Picked(Struct, frozen=True):
    """The node of a symbol that is picked: its operation, of what it is picked from, its TeX, and what it is.

    `before` says it of the step before.
    """

    operation: Callable[[Ref], Operation]
    symbol: str
    called: str
    cited: Cited
    before: str


class OwnSignal(Struct, frozen=True):
    """One signal: `title` is what it is at step t, `short` the same in a word or two.

    `source` names the node of an output that it is, or that it is picked from, where it is `picked`. With `judged` it
    is what outputs are judged by, so that a right one is the target itself.
    """

    id: str
    title: str
    short: str
    source: Callable[[Output], str]
    picked: Picked | None = None
    judged: bool = False

    def node(self, output: Output) -> str:
        """The name of the node that is fed back."""
        return self.source(output) if self.picked is None else self.id

    def added(self, output: Output) -> tuple[Node, ...]:
        """The node that it adds to a network with this output, if any."""
        if self.picked is None:
            return ()
        operation, picked = self.picked.operation(Ref(self.source(output))), self.picked
        return (Node(self.id, output.size, operation, picked.symbol, cited=picked.cited, called=picked.called),)

    def words(self, output: Output) -> str:
        """Its title; where o is the prediction itself, it is called the output."""
        return tr("output {logits}(t)", logits=output.logits) if output.prediction == output.logits else self.title


OWN_SIGNALS = {
    signal.id: signal
    for signal in (
        OwnSignal("yhat", tr("prediction ŷ(t)"), tr("soft ŷ"), lambda output: output.prediction),
        OwnSignal("o", tr("logits o(t)"), "o", lambda output: output.logits),
        OwnSignal(
            "argmax",
            tr("arg max k̂(t) of o(t)"),
            tr("arg max"),
            lambda output: output.logits,
            Picked(
                OneHotArgmax, r"\hat{k}", tr("most probable symbol"), Cited("section 10.2.1"), tr("arg max of o(t−1)")
            ),
            judged=True,
        ),
        OwnSignal(
            "sample",
            tr("sample ỹ(t) from ŷ(t)"),
            tr("samples"),
            lambda output: output.prediction,
            Picked(
                OneHotSample,
                r"\tilde{y}",
                tr("symbol drawn by its probability"),
                Cited("section 10.2.3"),
                tr("sample from ŷ(t−1)"),
            ),
        ),
    )
}
