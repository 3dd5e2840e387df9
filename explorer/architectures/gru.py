"""Section 10.10.2, eqs. 10.45 to 10.47: one gate u decides at once what is kept and what is new.

The letters are the book's: u the update gate, r the reset gate; v is the new value, which has no letter there. As in
PyTorch, v is tanh of its sum, where the book has σ, and r multiplies W h + d, after the matrix; in `gru_book` it is h
before the matrix that r multiplies.
"""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Activation, Bias, Cited, Hadamard, Linear, Node, Ref, Sum, Term
from explorer.graph.parts import INPUT, layer, softmax_output
from explorer.graph.stacked import layer_stacks
from explorer.language import tr

PAST = Ref("h", lag=1)
NEW = Cited("part of eq. 10.45")
U, W, BIASES = ("U_r", "U_u", "U_v"), ("W_r", "W_u", "W_v"), ("b_r", "b_u", "b_v")
"""The parameters of the gates and of the candidate, in the order of PyTorch."""
Place = tuple[float, float]
"""Row and shift."""


def gate(name: str, cited: str, shift: float, called: str) -> tuple[Node, Node]:
    """σ(b + U x(t) + W h(t−1)) with parameters of its own."""
    return layer(
        f"a_{name}",
        name,
        Bias(f"b_{name}"),
        Linear(f"U_{name}", Ref("x")),
        Linear(f"W_{name}", PAST),
        row=1,
        shift=shift,
        function="sigmoid",
        cited=(Cited(f"part of {cited}"), Cited(cited)),
        called=called,
    )


def unit(past: Node, reads: Term, v: Place, k: Place) -> tuple[Node, ...]:
    """A network of such units, whose candidate `reads` the past as its reset gate lets it; v, k: where these stand."""
    return (
        INPUT,
        *gate("r", "eq. 10.47", 0.6, tr("reset gate")),
        *gate("u", "eq. 10.46", 1.6, tr("update gate")),
        past,
        *layer(
            "a_v",
            "v",
            Bias("b_v", symbol="b"),
            Linear("U_v", Ref("x"), symbol="U"),
            reads,
            row=v[0] - 1,
            shift=v[1],
            function="tanh",
            cited=(NEW, NEW),
            called=tr("candidate state"),
        ),
        Node(
            "k",
            "n_h",
            Activation(Ref("u"), "one_minus"),
            r"\bar{u}",
            row=k[0],
            shift=k[1],
            cited=NEW,
            called=tr("share of the candidate"),
        ),
        Node(
            "h",
            "n_h",
            Sum((Hadamard(Ref("k"), Ref("v")), Hadamard(Ref("u"), PAST))),
            "h",
            row=v[0] + 1,
            shift=1.6,
            cited=Cited("eq. 10.45"),
        ),
        *softmax_output(Bias("c"), Linear("V", Ref("h")), row=v[0] + 2, shift=1.6),
    )


ARCHITECTURE = Architecture(
    id="gru",
    title="GRU",
    subtitle=tr("one gate keeps and renews"),
    figure="section 10.10.2",
    group=Group.LONG_MEMORY,
    lesson=tr(
        "The state is a mean of what it was and of what is new, weighted by the update gate u: with u near 1 it "
        "stays, and its gradient comes back whole; there is no cell state beside it."
    ),
    nodes=unit(
        Node(
            "m",
            "n_h",
            Sum((Bias("d"), Linear("W_v", PAST, symbol="W"))),
            "m",
            row=2,
            shift=-0.6,
            cited=NEW,
            called=tr("past, before the reset gate"),
        ),
        Hadamard(Ref("r"), Ref("m")),
        v=(4, 0.0),
        k=(4, 0.8),
    ),
    cells=("h",),
    stacks=layer_stacks("l0", U, W, BIASES, (*BIASES[:2], "d")),
)
