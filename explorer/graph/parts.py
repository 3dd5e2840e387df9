"""Parts that many networks of chapter 10 have: the input, a layer of units, and an output with its softmax and loss."""

from explorer.graph.declaration import (
    EVERY,
    Activation,
    Bias,
    Cited,
    CrossEntropy,
    Given,
    Linear,
    Node,
    Ref,
    Softmax,
    Span,
    Sum,
    Term,
)

INPUT = Node("x", "n_x", Given(), "x", row=0)
"""x(t), at every step, in the lowest row."""

UNCITED = Cited()
"""What the book has no equation for: its figure is cited."""

PLAIN = (
    Cited("eq. 10.8", gradient="part of eq. 10.21", with_figure=True),
    Cited("eq. 10.9", gradient="eq. 10.20", gradient_alone="eq. 10.19"),
)
"""Where the book has a(t) and h(t) of the networks of section 10.2."""


def layer(
    a: str,
    h: str,
    *terms: Term,
    row: float,
    shift: float = 0.0,
    span: Span = EVERY,
    function: str | None = None,
    symbols: tuple[str, str] | None = None,
    cited: tuple[Cited, Cited] = (UNCITED, UNCITED),
    called: str = "",
) -> tuple[Node, Node]:
    """h = φ(a) with a the sum of `terms`, n_h units each; a is drawn in `row`, if it is asked for, h in the next.

    `function` names another φ than the one that the learner chooses; `symbols` is the TeX of a and h, if that is not
    their names; `cited` says where the book has them, if that is not the network's figure; `called` is what h is.
    """
    tex_a, tex_h = symbols or (a, h)
    return (
        Node(a, "n_h", Sum(terms), tex_a, row=row, shift=shift, span=span, optional=True, cited=cited[0]),
        Node(
            h,
            "n_h",
            Activation(Ref(a), function),
            tex_h,
            row=row + 1,
            shift=shift,
            span=span,
            cited=cited[1],
            called=called,
        ),
    )


def softmax_output(
    *terms: Term, row: float, shift: float = 0.0, span: Span = EVERY, cited: Cited = UNCITED
) -> tuple[Node, ...]:
    """o, the sum of `terms`, in this row; above it ŷ = softmax(o), and above that the loss L beside its target y."""
    return (
        Node("o", "n_y", Sum(terms), "o", row=row, shift=shift, span=span, cited=cited),
        Node("yhat", "n_y", Softmax(Ref("o")), r"\hat{y}", row=row + 1, shift=shift, span=span),
        Node("L", "1", CrossEntropy(Ref("yhat"), Ref("y")), "L", row=row + 2, shift=shift, span=span),
        Node("y", "n_y", Given(), "y", row=row + 2, shift=shift + 0.42, span=span),
    )


def plain_output(span: Span = EVERY, row: float = 3) -> tuple[Node, ...]:
    """o = c + V h, in this row, and its loss, as in section 10.2."""
    terms = Bias("c", cited="eq. 10.22"), Linear("V", Ref("h"), cited="eq. 10.24")
    return softmax_output(*terms, row=row, span=span, cited=Cited("eq. 10.10"))
