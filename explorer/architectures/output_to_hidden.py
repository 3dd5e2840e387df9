"""Fig. 10.4 (trained as in fig. 10.6): the only recurrence runs from the output to the next hidden state."""

from explorer.graph.architecture import Architecture
from explorer.graph.declaration import Activation, Bias, CrossEntropy, FedBack, Given, Linear, Node, Ref, Softmax, Sum

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
            Sum((Bias("b"), Linear("W", FedBack(lag=1)), Linear("U", Ref("x")))),
            "a",
            row=1,
            optional=True,
        ),
        Node("h", "n_h", Activation(Ref("a")), "h", row=2),
        Node("o", "n_y", Sum((Bias("c"), Linear("V", Ref("h")))), "o", row=3),
        Node("yhat", "n_y", Softmax(Ref("o")), r"\hat{y}", row=4),
        Node("L", "1", CrossEntropy(Ref("yhat"), Ref("y")), "L", row=5),
        Node("y", "n_y", Given(), "y", row=5, shift=0.42),
    ),
)
