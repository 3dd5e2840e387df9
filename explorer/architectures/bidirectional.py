"""Fig. 10.11: one state runs forward and another backward in time, and each output reads both."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, Linear, Ref
from explorer.graph.parts import INPUT, layer, softmax_output
from explorer.graph.stacked import layer_stacks
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="bidirectional",
    title=tr("Bidirectional"),
    subtitle=tr("past and future"),
    figure="10.11",
    group=Group.BOTH_DIRECTIONS,
    lesson=tr(
        "Each output may depend on the whole sequence, for h tells it of the past and g of the future; so nothing can "
        "be said before the last input is known."
    ),
    nodes=(
        INPUT,
        *layer("a", "h", Bias("b"), Linear("W", Ref("h", lag=1)), Linear("U", Ref("x")), row=1, shift=0.36),
        *layer(
            "a_g",
            "g",
            Bias("b_g"),
            Linear("W_g", Ref("g", lag=-1)),
            Linear("U_g", Ref("x")),
            row=3,
            shift=-0.36,
            called=tr("state that runs back"),
        ),
        *softmax_output(Bias("c"), Linear("V", Ref("h")), Linear("V_g", Ref("g")), row=5),
    ),
    stacks=(*layer_stacks("l0", ("U",), ("W",), ("b",)), *layer_stacks("l0_reverse", ("U_g",), ("W_g",), ("b_g",))),
)
