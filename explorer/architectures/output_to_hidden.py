"""Fig. 10.4 (trained as in fig. 10.6): the only recurrence runs from the output to the next hidden state."""

from explorer.graph.architecture import Architecture
from explorer.graph.declaration import (
    Activation,
    Bias,
    Cited,
    CrossEntropy,
    FedBack,
    Given,
    Linear,
    Node,
    Ref,
    Softmax,
    Sum,
)

ARCHITECTURE = Architecture(
    id="output_to_hidden",
    title="Output → hidden",
    subtitle="teacher forcing",
    figure="10.4",
    lesson=(
        "All that this network knows of its past must squeeze through its output; in return, teacher forcing "
        "cuts every path through time and lets all steps train at once."
    ),
    nodes=(
        Node("x", "n_x", Given(), "x", row=0),
        Node(
            "a",
            "n_h",
            Sum(
                (
                    Bias("b", cited="eq. 10.23"),
                    Linear("W", FedBack(lag=1), cited="as eq. 10.26"),
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
            cited=Cited("eq. 10.10"),
        ),
        Node("yhat", "n_y", Softmax(Ref("o")), r"\hat{y}", row=4),
        Node("L", "1", CrossEntropy(Ref("yhat"), Ref("y")), "L", row=5),
        Node("y", "n_y", Given(), "y", row=5, shift=0.42),
    ),
)
