"""Fig. 10.3: recurrence between hidden units, an output at each time step."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, Linear, Ref
from explorer.graph.parts import INPUT, PLAIN, layer, plain_output
from explorer.graph.stacked import layer_stacks
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="hidden_to_hidden",
    title=tr("Hidden → hidden"),
    subtitle=tr("output at every step"),
    figure="10.3",
    lesson=tr(
        "The hidden state carries whatever the past has to tell, so this network can compute anything a Turing "
        "machine can, but its steps must be computed one after another."
    ),
    group=Group.OUTPUT_EACH_STEP,
    nodes=(
        INPUT,
        *layer(
            "a",
            "h",
            Bias("b", cited="eq. 10.23"),
            Linear("W", Ref("h", lag=1), cited="eq. 10.26"),
            Linear("U", Ref("x"), cited="eq. 10.28"),
            row=1,
            cited=PLAIN,
        ),
        *plain_output(),
    ),
    stacks=layer_stacks("l0", ("U",), ("W",), ("b",)),
)
