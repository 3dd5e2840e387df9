"""Section 10.9.1: a second recurrence that reads the state of d steps ago."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, Linear, Ref
from explorer.graph.parts import INPUT, layer, softmax_output
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="skip_in_time",
    title=tr("Skip in time"),
    subtitle=tr("reads d steps back as well"),
    figure="section 10.9.1",
    group=Group.LONG_MEMORY,
    lesson=tr(
        "Over connections that skip d steps a gradient has only one dth as many steps to go, so it vanishes more "
        "slowly, though it can still explode over the others."
    ),
    nodes=(
        INPUT,
        *layer(
            "a",
            "h",
            Bias("b"),
            Linear("W", Ref("h", lag=1)),
            Linear("W_d", Ref("h", lag=3, chosen="d")),
            Linear("U", Ref("x")),
            row=1,
        ),
        *softmax_output(Bias("c"), Linear("V", Ref("h")), row=3),
    ),
)
