"""Section 10.8: what recurs is drawn at random and kept, and only the way out of it is learned."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Bias, Linear, ParameterStart, Ref, SpectralRadius, Uniform
from explorer.graph.parts import INPUT, layer, softmax_output

ARCHITECTURE = Architecture(
    id="echo_state",
    title="Echo state",
    subtitle="only the output is trained",
    figure="section 10.8",
    group=Group.LONG_MEMORY,
    lesson=(
        "W and U are never trained: the inputs echo in a random state that forgets slowly, as the spectral radius of W "
        "lets it, and V and c learn to read it, which needs no gradient through time."
    ),
    nodes=(
        INPUT,
        *layer("a", "h", Linear("W", Ref("h", lag=1)), Linear("U", Ref("x")), row=1),
        *softmax_output(Bias("c"), Linear("V", Ref("h")), row=3),
    ),
    starts=(
        ParameterStart("W", SpectralRadius(0.95, sparsity=0.5), trained=False),
        ParameterStart("U", Uniform(), trained=False),
    ),
)
