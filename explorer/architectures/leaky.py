"""Section 10.9.2: each unit keeps the share α of its past and takes the rest from what is new."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, Constant, Linear, Node, ParameterStart, Ref, Scaled, Sum
from explorer.graph.parts import INPUT, layer, softmax_output

ARCHITECTURE = Architecture(
    id="leaky",
    title="Leaky units",
    subtitle="a running average",
    figure="section 10.9.2",
    group=Group.LONG_MEMORY,
    lesson=(
        "With α near 1 a unit remembers for long and lets its gradient through nearly whole, with α near 0 it forgets "
        "at once; here each unit learns its own α."
    ),
    nodes=(
        INPUT,
        *layer("a", "v", Bias("b"), Linear("W", Ref("h", lag=1)), Linear("U", Ref("x")), row=1),
        Node(
            "h",
            "n_h",
            Sum(
                (
                    Scaled("alpha", Ref("h", lag=1), symbol=r"\alpha"),
                    Scaled("alpha", Ref("v"), complement=True, symbol=r"\alpha"),
                )
            ),
            "h",
            row=3,
        ),
        *softmax_output(Bias("c"), Linear("V", Ref("h")), row=4),
    ),
    starts=(ParameterStart("alpha", Constant(0.5)),),
)
