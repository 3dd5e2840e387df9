"""Section 12.4.5.1: a decoder that looks back at every state of the encoder, and weighs them anew at each step."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import (
    ONCE,
    Bias,
    FedBack,
    Gather,
    Given,
    Linear,
    MatrixProduct,
    Node,
    Ref,
    Softmax,
    Span,
    Sum,
)
from explorer.graph.parts import layer, plain_output
from explorer.language import tr

ENCODER = Span("T_x")

ARCHITECTURE = Architecture(
    id="attention",
    title=tr("Attention"),
    subtitle=tr("a context for each step"),
    figure="section 12.4.5.1",
    group=Group.TWO_SEQUENCES,
    lesson=tr(
        "No one vector has to sum up the whole input: at each step the context C is a mean of all states of the "
        "encoder, and the weights α say which of them the decoder looks at."
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
        Node("E", "T_x*n_h", Gather(Ref("e", every=True)), "E", row=3, span=ONCE, called=tr("states of the encoder")),
        Node(
            "q",
            "n_h",
            Sum((Bias("b_q"), Linear("W_q", Ref("h", lag=1)))),
            "q",
            row=0,
            optional=True,
            called=tr("query"),
        ),
        Node("s", "T_x", Sum((MatrixProduct(Ref("E"), Ref("q")),)), "s", row=1, optional=True, called=tr("scores")),
        Node("alpha", "T_x", Softmax(Ref("s")), r"\alpha", row=2, called=tr("attention weights")),
        Node(
            "C",
            "n_h",
            Sum((MatrixProduct(Ref("E"), Ref("alpha"), transposed=True),)),
            "C",
            row=3,
            shift=-0.4,
            called=tr("context"),
        ),
        *layer(
            "a",
            "h",
            Bias("b"),
            Linear("W", Ref("h", lag=1)),
            Linear("R", FedBack(lag=1)),
            Linear("Q", Ref("C")),
            row=4,
            called=tr("state of the decoder"),
        ),
        *plain_output(row=6),
    ),
)
