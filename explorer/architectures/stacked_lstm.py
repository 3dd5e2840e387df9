"""Two LSTMs, one above the other, as networks are deep in section 10.5 and fig. 10.13a: num_layers=2 of PyTorch."""

from explorer.architectures.lstm import cell, stacks
from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, Constant, Linear, ParameterStart, Ref
from explorer.graph.parts import INPUT, softmax_output
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="stacked_lstm",
    title=tr("LSTM, two layers"),
    subtitle=tr("one above the other"),
    figure="section 10.5",
    group=Group.LONG_MEMORY,
    lesson=tr(
        "The upper LSTM reads what the lower one puts out, so each keeps its own cell state: what the lower holds "
        "over a few steps the upper can sum up over many."
    ),
    nodes=(
        INPUT,
        *cell("1"),
        *cell("2", below="h1", row=5, shift=1.35),
        *softmax_output(Bias("c"), Linear("V", Ref("h2")), row=9, shift=2.7),
    ),
    cells=("h1", "h2"),
    starts=(ParameterStart("b_f1", Constant(1.0)), ParameterStart("b_f2", Constant(1.0))),
    stacks=stacks("l0", "1") + stacks("l1", "2"),
)
