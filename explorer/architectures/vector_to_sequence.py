"""Fig. 10.9: one vector x conditions a whole sequence; it enters every step, and the symbol before is fed back."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import ONCE, Bias, FedBack, Given, Linear, Node, Ref
from explorer.graph.parts import layer, plain_output
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="vector_to_sequence",
    title=tr("Vector → sequence"),
    subtitle=tr("one input for all steps"),
    figure="10.9",
    group=Group.ONE_INPUT,
    lesson=tr(
        "One vector, as that of an image, is turned into a sequence: R x is added at every step like a bias that the "
        "input has chosen, while the symbols written so far say how far the sequence has come."
    ),
    nodes=(
        Node("x", "n_x", Given(), "x", row=0, span=ONCE),
        *layer(
            "a", "h", Bias("b"), Linear("W", Ref("h", lag=1)), Linear("U", FedBack(lag=1)), Linear("R", Ref("x")), row=1
        ),
        *plain_output(),
    ),
)
