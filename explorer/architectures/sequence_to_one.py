"""Fig. 10.5: recurrence between hidden units, a single output once the whole sequence has been read."""

from explorer.graph.architecture import Architecture
from explorer.graph.declaration import (
    LAST,
    Activation,
    Bias,
    Cited,
    CrossEntropy,
    Given,
    Linear,
    Node,
    Ref,
    Softmax,
    Sum,
)

ARCHITECTURE = Architecture(
    id="sequence_to_one",
    title="Sequence → one",
    subtitle="one output at the end",
    figure="10.5",
    lesson=(
        "A whole sequence is summed up in one state of fixed size, and the gradient of the single loss must "
        "travel all the way back from the last step to the first."
    ),
    nodes=(
        Node("x", "n_x", Given(), "x", row=0),
        Node(
            "a",
            "n_h",
            Sum(
                (
                    Bias("b", cited="eq. 10.23"),
                    Linear("W", Ref("h", lag=1), cited="eq. 10.26"),
                    Linear("U", Ref("x"), cited="eq. 10.28"),
                )
            ),
            "a",
            row=1,
            optional=True,
            cited=Cited("eq. 10.8", gradient="part of eq. 10.21", with_figure=True),
        ),
        Node(
            "h",
            "n_h",
            Activation(Ref("a")),
            "h",
            row=2,
            cited=Cited("eq. 10.9", gradient="eq. 10.20", gradient_alone="eq. 10.19"),
        ),
        Node(
            "o",
            "n_y",
            Sum((Bias("c", cited="eq. 10.22"), Linear("V", Ref("h"), cited="eq. 10.24"))),
            "o",
            row=3,
            span=LAST,
            cited=Cited("eq. 10.10"),
        ),
        Node("yhat", "n_y", Softmax(Ref("o")), r"\hat{y}", row=4, span=LAST),
        Node("L", "1", CrossEntropy(Ref("yhat"), Ref("y")), "L", row=5, span=LAST),
        Node("y", "n_y", Given(), "y", row=5, shift=0.42, span=LAST),
    ),
)
