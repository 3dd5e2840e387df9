"""The LSTM of fig. 10.16 with the one output of fig. 10.5: the network that the adding problem was made for."""

from explorer.architectures.lstm import cell, stacks
from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import LAST, Bias, Constant, Linear, ParameterStart, Ref
from explorer.graph.parts import INPUT, softmax_output
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="lstm_to_one",
    title=tr("LSTM → one"),
    subtitle=tr("gates, one output"),
    figure="section 10.10",
    group=Group.ONE_OUTPUT,
    lesson=tr(
        "A whole sequence is summed up as in fig. 10.5, but along the cell state the gradient of the single loss "
        "comes back through forget gates alone, so that it can still be told what the first inputs were good for."
    ),
    nodes=(INPUT, *cell(), *softmax_output(Bias("c"), Linear("V", Ref("h")), row=5, shift=1.35, span=LAST)),
    cells=("h",),
    starts=(ParameterStart("b_f", Constant(1.0)),),
    stacks=stacks("l0"),
)
