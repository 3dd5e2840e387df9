"""Section 10.8: what recurs is drawn at random and kept, and only the way out of it is learned."""

from explorer.graph.architecture import Architecture, Group
from explorer.graph.declaration import Adjustable, Bias, Linear, ParameterStart, Ref, SpectralRadius, Uniform
from explorer.graph.parts import INPUT, layer, softmax_output
from explorer.language import tr
from explorer.reading.bounds import Bounds

RADIUS = Adjustable(
    "radius",
    tr("Spectral radius"),
    0.95,
    tr(
        "The largest |eigenvalue| of W: near 1 the state forgets slowly, well above 1 it may never forget how it began."
    ),
    Bounds(0, 10),
)
SPARSITY = Adjustable(
    "sparsity", tr("Share of zeros"), 0.5, tr("How likely an entry of W is 0, so that there is no connection.")
)
INPUT_SCALE = Adjustable(
    "input_scale",
    tr("Input scale"),
    1.0,
    tr("How large the entries of U are: a strong input drives tanh out of the range in which it is nearly linear."),
    Bounds(0, 100),
)

ARCHITECTURE = Architecture(
    id="echo_state",
    title=tr("Echo state"),
    subtitle=tr("only the output is trained"),
    figure="section 10.8",
    group=Group.LONG_MEMORY,
    lesson=tr(
        "W and U are never trained: the inputs echo in a random state that forgets slowly, as the spectral radius of "
        "W lets it, and V and c learn to read it, which needs no gradient through time."
    ),
    nodes=(
        INPUT,
        *layer("a", "h", Linear("W", Ref("h", lag=1)), Linear("U", Ref("x")), row=1),
        *softmax_output(Bias("c"), Linear("V", Ref("h")), row=3),
    ),
    starts=(
        ParameterStart("W", SpectralRadius(RADIUS, SPARSITY), trained=False),
        ParameterStart("U", Uniform(INPUT_SCALE), trained=False),
    ),
)
