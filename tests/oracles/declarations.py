"""Throw-away networks: what a declaration can say beyond the four architectures of the app."""

from explorer.architectures import get_architecture
from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import (
    EVERY,
    LAST,
    ONCE,
    TREE,
    Activation,
    Bias,
    Cited,
    CrossEntropy,
    FedBack,
    Given,
    Hadamard,
    Linear,
    Node,
    OneHotArgmax,
    Operation,
    ParameterStart,
    Ref,
    Scaled,
    Softmax,
    Span,
    Sum,
    Term,
)

BIDIRECTIONAL = get_architecture("bidirectional")
TWO_LAYERS = get_architecture("deep_stacked")
AUTOREGRESSIVE = get_architecture("autoregressive")
SKIP_IN_TIME = get_architecture("skip_in_time")
LEAKY = get_architecture("leaky")
ECHO_STATE = get_architecture("echo_state")
DYNAMICAL_SYSTEM = get_architecture("dynamical_system")
WITHOUT_OUTPUT = get_architecture("recurrent_state")
TWO_SEGMENTS = get_architecture("encoder_decoder")
VECTOR_TO_SEQUENCE = get_architecture("vector_to_sequence")
LSTM = get_architecture("lstm")
GRU = get_architecture("gru")

PAST = Ref("h", lag=1)


def net(
    id: str,
    *nodes: Node,
    figure: str = "0",
    group: Group = Group.OUTPUT_EACH_STEP,
    starts: tuple[ParameterStart, ...] = (),
) -> Architecture:
    """An architecture that needs no words."""
    return Architecture(id, title=id, subtitle="", figure=figure, lesson="", group=group, starts=starts, nodes=nodes)


def hidden(
    name: str, operation: Operation, span: Span = EVERY, cited: str = "", row: float | None = None, shift: float = 0.0
) -> Node:
    """A node of n_h units; a pre-activation, which is a sum named a…, is drawn only when it is asked for."""
    optional = name.startswith("a") and isinstance(operation, Sum) and row is not None
    return Node(name, "n_h", operation, name, row=row, shift=shift, span=span, optional=optional, cited=Cited(cited))


def total(*terms: Term) -> Sum:
    return Sum(terms)


def tanh(source: Ref) -> Activation:
    return Activation(source, "tanh")


X = Node("x", "n_x", Given(), "x", row=0)


def output(*terms: Term, span: Span = EVERY, row: float = 3, shift: float = 0.0) -> tuple[Node, ...]:
    """Logits that are the sum of these terms, and the loss of their softmax, drawn from this row on."""
    return (
        Node("o", "n_y", Sum((Bias("c"), *terms)), "o", row=row, shift=shift, span=span),
        Node("yhat", "n_y", Softmax(Ref("o")), r"\hat{y}", row=row + 1, shift=shift, span=span),
        Node("L", "1", CrossEntropy(Ref("yhat"), Ref("y")), "L", row=row + 2, shift=shift, span=span),
        Node("y", "n_y", Given(), "y", row=row + 2, shift=shift + 0.42, span=span),
    )


LAG_TWO = net(
    "lag_two",
    X,
    hidden("a", total(Bias("b"), Linear("W", PAST), Linear("Z", Ref("h", lag=2)), Linear("U", Ref("x"))), row=1),
    hidden("h", Activation(Ref("a")), row=2),
    *output(Linear("V", Ref("h"))),
    group=Group.LONG_MEMORY,
)

ENCODER_DECODER = net(
    "encoder_and_decoder_in_step",
    X,
    hidden("a_e", total(Bias("b_e"), Linear("W_e", Ref("e", lag=1)), Linear("U", Ref("x"))), row=1),
    hidden("e", Activation(Ref("a_e")), row=2),
    hidden("C", total(Bias("b_C"), Linear("P", Ref("e"))), span=LAST, row=3),
    hidden(
        "a_h",
        total(Bias("b_h"), Linear("W_h", PAST), Linear("K", Ref("C")), Linear("R", FedBack())),
        row=4,
    ),
    hidden("h", Activation(Ref("a_h")), row=5),
    *output(Linear("V", Ref("h")), Linear("Q", Ref("C")), row=6),
    group=Group.TWO_SEQUENCES,
)

RECURSIVE = net(
    "recursive",
    X,
    hidden(
        "a",
        total(Bias("b"), Linear("U", Ref("x")), Linear("W", Ref("h", child=0)), Linear("R", Ref("h", child=1))),
        TREE,
        row=1,
    ),
    hidden("h", Activation(Ref("a")), TREE, row=2),
    *output(Linear("V", Ref("h")), span=TREE),
    figure="10.14",
    group=Group.TREES,
)
"""Fig. 10.14 with an output at every node: steps are the nodes of a tree, each computed from x or its two children."""

TREE_LSTM = net(
    "tree_lstm",
    X,
    hidden("a_f", total(Bias("b_f"), Linear("U_f", Ref("x")), Linear("W_f", Ref("h", child=0))), TREE, row=1),
    hidden("f", Activation(Ref("a_f"), "sigmoid"), TREE, row=2),
    hidden("k", total(Linear("K", Ref("x")), Linear("K_h", Ref("h", child=0))), TREE, row=2, shift=0.8),
    hidden(
        "s",
        total(
            Hadamard(Ref("f"), Ref("s", child=0)),
            Hadamard(Ref("f"), Ref("s", child=1)),
            Hadamard(Ref("s", child=0), Ref("h", child=1)),
            Linear("U", Ref("x")),
            Linear("M", Ref("k", child=1)),
        ),
        TREE,
        row=3,
    ),
    hidden("h", tanh(Ref("s")), TREE, row=4),
    *output(Linear("V", Ref("h")), span=Span(last=True, tree=True), row=5),
)
"""Gates and products of children, children of what does not recur, and one output at the root."""

FED_GATE = net(
    "fed_gate",
    X,
    hidden("k", total(Bias("b_k")), ONCE, row=0),
    hidden("m", total(Linear("U", Ref("x"))), row=1),
    hidden("a_g", total(Linear("R", FedBack()), Linear("G", Ref("m"))), row=2, shift=-0.6),
    hidden("g", Activation(Ref("a_g"), "sigmoid"), row=3, shift=-0.6),
    hidden("n", Activation(Ref("g"), "one_minus"), row=3, shift=0.2),
    hidden("h", total(Hadamard(Ref("n"), PAST), Hadamard(Ref("g"), Ref("m")), Linear("K", Ref("k"))), row=4),
    *output(Linear("V", Ref("h")), row=5),
    group=Group.OWN_PAST,
)
"""What is fed back goes to a gate that has a box between it and the way back, and a constant to every step."""

GATED_CONTEXT = net(
    "gated_context",
    Node("x", "n_x", Given(), "x", row=0, span=Span("T_x")),
    hidden("k", total(Bias("b_k"), Linear("K", Ref("x"))), Span("T_x", last=True), row=1),
    hidden(
        "a",
        total(
            *(Bias("b"), Linear("W", PAST), Hadamard(Ref("k"), PAST), Hadamard(Ref("k"), Ref("k"))),
            *(Scaled("d", Ref("k")), Scaled("d", PAST, complement=True)),
        ),
        row=1,
    ),
    hidden("h", Activation(Ref("a")), row=2),
    *output(Linear("V", Ref("h"))),
    group=Group.TWO_SEQUENCES,
)
"""What lives at one step as an elementwise factor at every step of another segment."""

SHARED = net(
    "shared",
    X,
    hidden("a", total(Bias("b"), Linear("W", PAST), Linear("U", Ref("x"))), row=1),
    hidden("p", tanh(Ref("a")), row=2),
    hidden("q", tanh(Ref("p")), row=3),
    hidden(
        "h",
        total(
            Hadamard(Ref("q"), Ref("q")),
            Hadamard(Ref("p", lag=1), Ref("p", lag=1)),
            Hadamard(Ref("a"), Ref("q")),
            Linear("W", Ref("q")),
            Bias("b"),
        ),
        row=4,
    ),
    *output(Linear("V", Ref("h")), span=LAST, row=5),
    group=Group.ONE_OUTPUT,
)
"""φ(φ(a)) beside another use of a, squares, a weight and a bias in two places each; one output."""

LOOKING_BACK = net(
    "looking_back",
    X,
    Node("p", "n_x", total(Hadamard(Ref("x"), Ref("x"))), "p", row=1),
    Node("q", "n_x", tanh(Ref("p")), "q", row=2),
    hidden("a", total(Bias("b"), Linear("W", PAST), Linear("U", Ref("q"))), row=3),
    hidden("h", Activation(Ref("a")), row=4),
    *output(Linear("Q", PAST), Linear("V", Ref("h")), row=5),
)
"""What is made of the input without any parameter; and an output that reads the past state before its own."""

THREE_INPUTS = net(
    "three_inputs",
    Node("z", "n_z", Given(), "z", row=0, shift=-0.8, span=Span("T_x")),
    hidden("a_e", total(Bias("b_e"), Linear("W_e", Ref("e", lag=1)), Linear("U_e", Ref("z"))), Span("T_x")),
    hidden("e", Activation(Ref("a_e")), Span("T_x"), row=1, shift=-0.8),
    hidden("C", Activation(Ref("e"), "identity"), Span("T_x", last=True), row=2, shift=-0.8),
    X,
    Node("v", "n_v", Given(), "v", row=0, shift=0.9, span=ONCE),
    hidden(
        "a",
        total(Bias("b"), Linear("W", PAST), Linear("U", Ref("x")), Linear("R", Ref("v")), Linear("Q", Ref("C"))),
        row=1,
    ),
    hidden("h", Activation(Ref("a")), row=2),
    *output(Linear("V", Ref("h"))),
    group=Group.TWO_SEQUENCES,
)
"""Inputs of three sizes: at every step, once without time, and over a segment of its own."""

PICKING = net(
    "picking",
    X,
    hidden("s", total(Bias("b_s"), Linear("W_s", PAST)), row=1, shift=0.6),
    hidden("k", OneHotArgmax(Ref("s")), row=2, shift=0.6),
    hidden("a", total(Bias("b"), Linear("W", PAST), Linear("U", Ref("x")), Linear("K", Ref("k"))), row=3),
    hidden("h", Activation(Ref("a")), row=4),
    *output(Linear("V", Ref("h")), row=5),
    group=Group.DEEP,
)
"""The state chooses one of its units by its arg max, and no gradient comes back to what the choice is made by."""

EVERY_DECLARATION = (
    LAG_TWO,
    ENCODER_DECODER,
    GATED_CONTEXT,
    SHARED,
    LOOKING_BACK,
    THREE_INPUTS,
    PICKING,
)

TREES = (RECURSIVE, TREE_LSTM)
"""Networks whose steps are the nodes of a tree."""
