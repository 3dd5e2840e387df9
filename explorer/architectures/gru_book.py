"""Section 10.10.2, eqs. 10.45 to 10.47: the GRU as the book has it, whose reset gate acts on h before the matrix W.

This is the unit of Cho et al. (2014), and that of Keras with reset_after=False. All else is as in `gru`.
"""

from explorer.architectures.gru import BIASES, NEW, PAST, U, W, unit
from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Hadamard, Linear, Node, Ref, Sum
from explorer.graph.stacked import layer_stacks
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="gru_book",
    title=tr("GRU, reset before W"),
    subtitle=tr("the GRU of the book"),
    figure="section 10.10.2",
    group=Group.LONG_MEMORY,
    lesson=tr(
        "The reset gate r chooses which units of the past the matrix W reads, as in the book; in the GRU of PyTorch it "
        "acts after the matrix, and chooses which new units read the past."
    ),
    nodes=unit(
        Node(
            "p",
            "n_h",
            Sum((Hadamard(Ref("r"), PAST),)),
            "p",
            row=3,
            shift=0.4,
            cited=NEW,
            called=tr("past, after the reset gate"),
        ),
        Linear("W_v", Ref("p"), symbol="W"),
        v=(5, -0.5),
        k=(3, 1.15),
    ),
    cells=("h",),
    keras_stacks=layer_stacks("l0", U, W, BIASES),
)
