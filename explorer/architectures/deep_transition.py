"""Fig. 10.13b: a layer more on the way from one state to the next."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, Linear, Ref
from explorer.graph.parts import INPUT, layer, softmax_output
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="deep_transition",
    title=tr("Deep: transition"),
    subtitle=tr("a deeper step"),
    figure="10.13b",
    group=Group.DEEP,
    lesson=tr(
        "With a layer z between one state and the next, a step can compute more, but the shortest path from one time "
        "to another becomes twice as long, and the gradient must pass it all."
    ),
    nodes=(
        INPUT,
        *layer(
            "a_z",
            "z",
            Bias("b_z"),
            Linear("W", Ref("h", lag=1)),
            Linear("U", Ref("x")),
            row=1,
            called=tr("hidden layer within the step"),
        ),
        *layer("a", "h", Bias("b"), Linear("M", Ref("z")), row=3),
        *softmax_output(Bias("c"), Linear("V", Ref("h")), row=5),
    ),
)
