"""Fig. 10.13c: a deeper step as in fig. 10.13b, with a connection from state to state that skips the layer between."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, Linear, Ref
from explorer.graph.parts import INPUT, layer, softmax_output
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="deep_skip",
    title=tr("Deep: skip"),
    subtitle=tr("a deeper step, and a shortcut"),
    figure="10.13c",
    group=Group.DEEP,
    lesson=tr(
        "The step is as deep as that of the deeper transition, yet the gradient has a path through time of one layer "
        "for each step: the connection S that skips z."
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
        *layer("a", "h", Bias("b"), Linear("M", Ref("z")), Linear("S", Ref("h", lag=1)), row=3),
        *softmax_output(Bias("c"), Linear("V", Ref("h")), row=5),
    ),
)
