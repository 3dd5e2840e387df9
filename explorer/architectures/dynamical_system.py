"""Fig. 10.1: a state that drives itself, s(t) = f(s(t−1); θ); no input, no output, no loss."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, Cited, Linear, ParameterStart, Ref, Uniform
from explorer.graph.parts import layer
from explorer.language import tr

ARCHITECTURE = Architecture(
    id="dynamical_system",
    title=tr("Dynamical system"),
    subtitle=tr("a state alone"),
    figure="10.1",
    group=Group.STATE_ONLY,
    lesson=tr(
        "The state of one step is all that the next is computed from, by the same function f with the same θ, so the "
        "recursion unfolds into a chain as long as one likes."
    ),
    nodes=layer(
        "a",
        "s",
        Bias("b"),
        Linear("W", Ref("s", lag=1)),
        row=1,
        cited=(Cited("part of eq. 10.1"), Cited("eq. 10.1")),
        called=tr("state of the system"),
    ),
    # From a bias of zero and a state of zero nothing would ever move.
    starts=(ParameterStart("b", Uniform()),),
)
