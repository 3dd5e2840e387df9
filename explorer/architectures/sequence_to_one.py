"""Fig. 10.5: recurrence between hidden units, a single output once the whole sequence has been read."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import LAST, Bias, Linear, Ref
from explorer.graph.parts import INPUT, PLAIN, layer, plain_output
from explorer.graph.stacked import layer_stacks
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="sequence_to_one",
    title=tr("Sequence → one"),
    subtitle=tr("one output at the end"),
    figure="10.5",
    lesson=tr(
        "A whole sequence is summed up in one state of fixed size, and the gradient of the single loss must travel "
        "all the way back from the last step to the first."
    ),
    group=Group.ONE_OUTPUT,
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
        *plain_output(span=LAST),
    ),
    stacks=layer_stacks("l0", ("U",), ("W",), ("b",)),
)
