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
from explorer.graph.stacked import Stacked, layer_stacks
from explorer.language import tr


def gate(
    name: str, mark: str, cited: str, called: str, shift: float, function: str, number: str, below: str, row: float
) -> tuple[Node, Node]:
    """φ(b + U x(t) + W h(t−1)), whose parameters bear this mark where the book has an exponent."""
    index = f"_{{{mark}{number}}}" if mark and number else f"_{mark or number}" if mark or number else ""
    return layer(
        f"a_{name}{number}",
        f"{name}{number}",
        Bias(f"b_{name}{number}", symbol=f"b{index}"),
        Linear(f"U_{name}{number}", Ref(below), symbol=f"U{index}"),
        Linear(f"W_{name}{number}", Ref(f"h{number}", lag=1), symbol=f"W{index}"),
        row=row,
        shift=shift,
        function=function,
        symbols=(f"a_{{{name}{number}}}", f"{name}_{number}") if number else None,
        cited=(Cited(f"part of {cited.removeprefix('part of ')}"), Cited(cited)),
        called=called,
    )


def cell(number: str = "", below: str = "x", row: float = 1, shift: float = 0.0) -> tuple[Node, ...]:
    """Four gates that read what is below, the cell state s and the output h; `number`: that of one cell of several."""
    place, first = (number, below, row), shift - 1.35
    g, v = (first + 0.9, first) if number else (first, first + 0.9)  # U_g1 is too long a name for the very left
    s, squashed, h = f"s{number}", f"tanh_s{number}", f"h{number}"
    index = f"_{number}" if number else ""
    kept, let_in = Hadamard(Ref(f"f{number}"), Ref(s, lag=1)), Hadamard(Ref(f"g{number}"), Ref(f"v{number}"))
    let_out = Hadamard(Ref(f"q{number}"), Ref(squashed))
    return (
        *gate("g", "g", "eq. 10.42", tr("external input gate"), g, "sigmoid", *place),
        *gate("f", "f", "eq. 10.40", tr("forget gate"), shift + 0.45, "sigmoid", *place),
        *gate("v", "", "part of eq. 10.41", tr("cell input"), v, "tanh", *place),
        *gate("q", "q", "eq. 10.44", tr("output gate"), shift + 1.35, "sigmoid", *place),
        Node(
            s,
            "n_h",
            Sum((kept, let_in)),
            f"s{index}",
            row=row + 2,
            shift=shift,
            cited=Cited("eq. 10.41"),
            called=tr("cell state"),
        ),
        Node(
            squashed,
            "n_h",
            Activation(Ref(s), "tanh"),
            rf"\tilde{{s}}{index}",
            row=row + 3,
            shift=shift,
            cited=Cited("part of eq. 10.43"),
            called=tr("squashed cell state"),
        ),
        Node(
            h,
            "n_h",
            Sum((let_out,)),
            f"h{index}",
            row=row + 3,
            shift=shift + 1.35,
            cited=Cited("eq. 10.43"),
            called=tr("cell output, the hidden state"),
        ),
    )


def stacks(suffix: str, number: str = "") -> tuple[Stacked, ...]:
    """The arrays of a cell in PyTorch, whose gates are i, f, g and o."""
    U, W, b = (tuple(f"{letter}_{gate}{number}" for gate in "gfvq") for letter in "UWb")
    return layer_stacks(suffix, U, W, b)


ARCHITECTURE = Architecture(
    id="lstm",
    title="LSTM",
    subtitle=tr("gates around a cell state"),
    figure="10.16",
    group=Group.LONG_MEMORY,
    lesson=tr(
        "Along the cell state a gradient is multiplied by the forget gate and by nothing else, so where f stays near "
        "1 it comes back over many steps nearly whole."
    ),
    nodes=(INPUT, *cell(), *softmax_output(Bias("c"), Linear("V", Ref("h")), row=5, shift=1.35)),
    cells=("h",),
    # A cell that begins by remembering learns sooner (section 10.10.2).
    starts=(ParameterStart("b_f", Constant(1.0)),),
    stacks=stacks("l0"),
)
