"""Section 10.9.2: each unit keeps the share α of its past and takes the rest from what is new."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Adjustable, Bias, Constant, Linear, Node, ParameterStart, Ref, Scaled, Sum
from explorer.graph.parts import INPUT, layer, softmax_output
from explorer.language import tr

ALPHA = Adjustable(
    "alpha",
    tr("α at first"),
    0.5,
    tr("The share of its past that each unit keeps, in its first weights; each unit's own can be edited in the graph."),
)
LEARNED = Adjustable(
    "learned", tr("α is learned"), True, tr("Training moves the α of each unit; else it stays as it is.")
)

ARCHITECTURE = Architecture(
    id="leaky",
    title=tr("Leaky units"),
    subtitle=tr("a running average"),
    figure="section 10.9.2",
    group=Group.LONG_MEMORY,
    lesson=tr(
        "With α near 1 a unit remembers for long and lets its gradient through nearly whole, with α near 0 it forgets "
        "at once; each unit has an α of its own, fixed or learned."
    ),
    nodes=(
        INPUT,
        *layer("a", "v", Bias("b"), Linear("W", Ref("h", lag=1)), Linear("U", Ref("x")), row=1, called=tr("new value")),
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
    starts=(ParameterStart("alpha", Constant(ALPHA), trained=LEARNED),),
)
