"""Fig. 10.16, eqs. 10.40 to 10.44: a cell state s with a self-loop of weight f, and gates for what enters and leaves.

The letters are the book's: f the forget gate, g the external input gate, q the output gate; v is what g lets in, which
has no letter there, and is tanh of its sum, as in most software, where the book has σ.
"""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import (
    Activation,
    Bias,
    Cited,
    Constant,
    Hadamard,
    Linear,
    Node,
    ParameterStart,
    Ref,
    Sum,
)
from explorer.graph.parts import INPUT, layer, softmax_output
from explorer.graph.stacked import layer_stacks


def gate(name: str, mark: str, cited: str, shift: float, function: str = "sigmoid") -> tuple[Node, Node]:
    """φ(b + U x(t) + W h(t−1)), whose parameters bear this mark where the book has an exponent."""
    return layer(
        f"a_{name}",
        name,
        Bias(f"b_{name}", symbol=f"b{mark}"),
        Linear(f"U_{name}", Ref("x"), symbol=f"U{mark}"),
        Linear(f"W_{name}", Ref("h", lag=1), symbol=f"W{mark}"),
        row=1,
        shift=shift,
        function=function,
        cited=(Cited(f"part of {cited.removeprefix('part of ')}"), Cited(cited)),
    )


ARCHITECTURE = Architecture(
    id="lstm",
    title="LSTM",
    subtitle="gates around a cell state",
    figure="10.16",
    group=Group.LONG_MEMORY,
    lesson=(
        "Along the cell state a gradient is multiplied by the forget gate and by nothing else, so where f stays near "
        "1 it comes back over many steps nearly whole."
    ),
    nodes=(
        INPUT,
        *gate("g", "_g", "eq. 10.42", -1.35),
        *gate("f", "_f", "eq. 10.40", 0.45),
        *gate("v", "", "part of eq. 10.41", -0.45, "tanh"),
        *gate("q", "_q", "eq. 10.44", 1.35),
        Node(
            "s",
            "n_h",
            Sum((Hadamard(Ref("f"), Ref("s", lag=1)), Hadamard(Ref("g"), Ref("v")))),
            "s",
            row=3,
            cited=Cited("eq. 10.41"),
        ),
        Node(
            "tanh_s",
            "n_h",
            Activation(Ref("s"), "tanh"),
            r"\tilde{s}",
            row=4,
            cited=Cited("part of eq. 10.43"),
        ),
        Node(
            "h",
            "n_h",
            Sum((Hadamard(Ref("q"), Ref("tanh_s")),)),
            "h",
            row=4,
            shift=1.35,
            cited=Cited("eq. 10.43"),
        ),
        *softmax_output(Bias("c"), Linear("V", Ref("h")), row=5, shift=1.35),
    ),
    cells=("h",),
    # A cell that begins by remembering learns sooner (section 10.10.2).
    starts=(ParameterStart("b_f", Constant(1.0)),),
    stacks=layer_stacks("l0", ("U_g", "U_f", "U_v", "U_q"), ("W_g", "W_f", "W_v", "W_q"), ("b_g", "b_f", "b_v", "b_q")),
)
