"""Fig. 10.4 (trained as in fig. 10.6): the only recurrence runs from the output to the next hidden state."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, FedBack, Linear, Ref
from explorer.graph.parts import INPUT, PLAIN, layer, plain_output
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="output_to_hidden",
    title=tr("Output → hidden"),
    subtitle=tr("teacher forcing"),
    figure="10.4",
    lesson=tr(
        "All that this network knows of its past must squeeze through its output; in return, teacher forcing cuts "
        "every path through time and lets all steps train at once."
    ),
    group=Group.OWN_PAST,
    nodes=(
        INPUT,
        *layer(
            "a",
            "h",
            Bias("b", cited="eq. 10.23"),
            Linear("W", FedBack(lag=1), cited="as eq. 10.26"),
            Linear("U", Ref("x"), cited="eq. 10.28"),
            row=1,
            cited=PLAIN,
        ),
        *plain_output(),
    ),
)
