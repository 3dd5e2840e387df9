"""Fig. 10.10: hidden-to-hidden recurrence, and the previous output as a further input."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, FedBack, Linear, Ref
from explorer.graph.parts import INPUT, PLAIN, layer, plain_output
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="hidden_and_output",
    title=tr("Hidden + output"),
    subtitle=tr("output fed back too"),
    figure="10.10",
    lesson=tr(
        "The state remembers the past and the fed-back output says which of its own choices came true, so the outputs "
        "need not be independent of one another given the inputs."
    ),
    group=Group.OWN_PAST,
    nodes=(
        INPUT,
        *layer(
            "a",
            "h",
            Bias("b", cited="eq. 10.23"),
            Linear("W", Ref("h", lag=1), cited="eq. 10.26"),
            Linear("R", FedBack(lag=1), cited="as eq. 10.26"),
            Linear("U", Ref("x"), cited="eq. 10.28"),
            row=1,
            cited=PLAIN,
        ),
        *plain_output(),
    ),
)
