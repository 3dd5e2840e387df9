"""Fig. 10.12: an encoder reads one sequence into a context C, from which a decoder writes another of any length."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Activation, Bias, FedBack, Given, Linear, Node, Ref, Span
from explorer.graph.parts import layer, plain_output
from explorer.language import tr

ENCODER = Span("T_x")

ARCHITECTURE = Architecture(
    id="encoder_decoder",
    title=tr("Encoder–decoder"),
    subtitle=tr("sequence to sequence"),
    figure="10.12",
    group=Group.TWO_SEQUENCES,
    lesson=tr(
        "Input and output may be of different lengths, for all that the decoder is told of the input is the context "
        "C, whose size does not grow with what it has to sum up."
    ),
    nodes=(
        Node("x", "n_x", Given(), "x", row=0, span=ENCODER),
        *layer(
            "a_e",
            "e",
            Bias("b_e"),
            Linear("W_e", Ref("e", lag=1)),
            Linear("U_e", Ref("x")),
            row=1,
            span=ENCODER,
            called=tr("state of the encoder"),
        ),
        Node(
            "C", "n_h", Activation(Ref("e"), "identity"), "C", row=3, span=Span("T_x", last=True), called=tr("context")
        ),
        *layer(
            "a",
            "h",
            Bias("b"),
            Linear("W", Ref("h", lag=1)),
            Linear("R", FedBack(lag=1)),
            Linear("Q", Ref("C")),
            row=1,
            called=tr("state of the decoder"),
        ),
        *plain_output(),
    ),
)
