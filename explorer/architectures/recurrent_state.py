"""Fig. 10.2: inputs are folded into the state, and nothing is made of it; no output, no loss."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, Cited, Linear, Ref
from explorer.graph.parts import INPUT, layer
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="recurrent_state",
    title=tr("Recurrent state"),
    subtitle=tr("inputs, no output"),
    figure="10.2",
    group=Group.STATE_ONLY,
    lesson=tr(
        "The state h(t) is a summary of all inputs so far, of one size however many there were, so it must leave out "
        "what is not needed."
    ),
    circuit=True,
    nodes=(
        INPUT,
        *layer(
            "a",
            "h",
            Bias("b"),
            Linear("W", Ref("h", lag=1)),
            Linear("U", Ref("x")),
            row=1,
            cited=(Cited("part of eq. 10.5"), Cited("eq. 10.5")),
        ),
    ),
)
