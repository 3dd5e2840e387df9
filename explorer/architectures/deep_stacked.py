"""Fig. 10.13a: two recurrent layers, the upper of which reads the lower."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, Linear, Ref
from explorer.graph.parts import INPUT, layer, softmax_output
from explorer.graph.stacked import layer_stacks
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="deep_stacked",
    title=tr("Deep: stacked"),
    subtitle=tr("two recurrent layers"),
    figure="10.13a",
    group=Group.DEEP,
    lesson=tr(
        "The lower layer turns the input into something that is easier for the upper one to follow through time, and "
        "each has a memory of its own."
    ),
    nodes=(
        INPUT,
        *layer(
            "a1",
            "h1",
            Bias("b1", symbol="b_1"),
            Linear("W1", Ref("h1", lag=1), symbol="W_1"),
            Linear("U1", Ref("x"), symbol="U_1"),
            row=1,
            symbols=("a_1", "h_1"),
        ),
        *layer(
            "a2",
            "h2",
            Bias("b2", symbol="b_2"),
            Linear("W2", Ref("h2", lag=1), symbol="W_2"),
            Linear("U2", Ref("h1"), symbol="U_2"),
            row=3,
            symbols=("a_2", "h_2"),
        ),
        *softmax_output(Bias("c"), Linear("V", Ref("h2")), row=5),
    ),
    stacks=layer_stacks("l0", ("U1",), ("W1",), ("b1",)) + layer_stacks("l1", ("U2",), ("W2",), ("b2",)),
)
