"""Fig. 10.8: the input of each step is the symbol before, the data's in training, and the network's own afterwards."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, FedBack, Linear, Ref
from explorer.graph.parts import layer, plain_output
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="autoregressive",
    title=tr("Autoregressive"),
    subtitle=tr("reads its own past"),
    figure="10.8",
    group=Group.OWN_PAST,
    lesson=tr(
        "It models a sequence by predicting each symbol from those before: trained on the true past, it must later "
        "write on from a past that it has written itself."
    ),
    nodes=(
        *layer("a", "h", Bias("b"), Linear("W", Ref("h", lag=1)), Linear("U", FedBack(lag=1)), row=1),
        *plain_output(),
    ),
)
