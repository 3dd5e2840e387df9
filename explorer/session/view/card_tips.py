"""Say what is to be seen on the cards that look into a network, where one points at them or at their tabs: `TIPS`."""

from explorer.graph.analyse.composition import FLAT
from explorer.graph.analyse.surface import POINTS
from explorer.language import tr
from explorer.session.longterm.landscape import CLIFF
from explorer.session.viewing import Card

STATES_TIP = tr(
    "The states of many sequences of the task, one mark for each step, in the plane of their first two principal\n"
    "components or of two units, coloured by what the task knows: a network that has learned to tell such things\n"
    "apart keeps them in different places. The line is the sequence that is shown, up to the cursor. Arrows begin in\n"
    "the plane and point to where one step with the input leads; they are drawn shorter, all by the same factor."
)
UNITS_TIP = tr(
    "Examples of the task, each symbol on the colour of a unit after it is read; and the units, those first that "
    "follow best what the task knows."
)
COMPOSITION_TIP = tr(
    "A step of the network composed with itself, as in fig. 10.15: the state after t steps, projected to one number,\n"
    "as a function of where it began on a random line. Composing a nonlinear function many times makes most slopes\n"
    "tiny, a few large, and the curve turn again and again; where weights are small, all is soon level.\nFlat is a "
    "slope below {flat:.0f} % of the steepest.",
    flat=FLAT * 100,
)
JACOBIANS_TIP = tr(
    "How much of a change of the state at t is left at the step that all begins at: the largest singular value of\n"
    "∂s(k)/∂s(t), over all paths, on a logarithmic scale; beside it the same sequence in a network of the other kind.\n"
    "Of tanh units each step back multiplies by diag(1 − h²) W; a gate passes a unit's state on by itself, so that of\n"
    "each unit Π f is left on the direct path (section 10.10.1). The cells show the gates, or the slopes, unit by "
    "unit."
)
CLIFF_TIP = tr(
    "The loss of the sequence on screen over two of its weights, as in fig. 10.17: each point is one forward pass.\n"
    "From one place two descents go down, each by −η times the gradient of these two weights, all others staying:\n"
    "dashed with the gradient as it is, solid with it clipped to the norm v (section 10.11.1). At a cliff the\n"
    "gradient is so large that one step of the first leaps far away; clipped it goes the same way, but stays near.\nA "
    "cliff is called where the loss rises by {share:.0f} % of all its height within one {part}th of the side, and "
    "{times:g} times as fast as is usual.",
    share=CLIFF[0] * 100,
    part=POINTS - 1,
    times=CLIFF[1],
)
TIPS: dict[Card, str] = {
    "states": STATES_TIP,
    "units": UNITS_TIP,
    "composition": COMPOSITION_TIP,
    "jacobians": JACOBIANS_TIP,
    "cliff": CLIFF_TIP,
}
"""By the id of the card."""
