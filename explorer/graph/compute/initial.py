"""Draw the θ that training starts from."""

from copy import deepcopy

import numpy as np
from msgspec import Struct

from explorer.graph.architecture import Architecture
from explorer.graph.arrays import Array
from explorer.graph.declaration import Sizes
from explorer.graph.initial import BIAS, WEIGHT, Identity, Initial, Orthogonal
from explorer.language import tr

SEEDED = "seeded"


class RecurrentStart(Struct, frozen=True):
    """A way to start the matrices between states; `initial` None: from the seed, as all others.

    `said` goes on after words about all initial weights.
    """

    title: str
    initial: Initial | None = None
    said: str = ""


RECURRENT = {
    SEEDED: RecurrentStart(tr("seeded")),
    "identity": RecurrentStart(tr("identity"), Identity(), tr(", W the identity")),
    "orthogonal": RecurrentStart(tr("orthogonal"), Orthogonal(), tr(", W orthogonal")),
}
"""From the seed, as 1 (Le et al. 2015), as a rotation."""


def initial_parameters(
    architecture: Architecture, sizes: Sizes, rng: np.random.Generator, scale: float = 1.0, recurrent: str = SEEDED
) -> dict[str, Array]:
    """Parameter name → float64 array: as the architecture declares it, else normal weights and biases of zero.

    `recurrent`, one of RECURRENT, says how the matrices between one step of a state and the next start; nothing else
    depends on it.

    Parameters are drawn in the order of `architecture.parameters`, which no feedback setting changes: runs with
    the same seed start from the same θ, however they are trained.
    """
    theta: dict[str, Array] = {}
    started = dict.fromkeys(architecture.state_matrices, RECURRENT[recurrent].initial)
    for parameter in architecture.parameters:
        shape = parameter.shape(sizes)
        usual = parameter.initial or (WEIGHT if len(shape) > 1 else BIAS)
        initial, own = started.get(parameter.name), deepcopy(rng)
        theta[parameter.name] = usual.draw(shape, rng, scale)
        if initial is not None:  # from numbers of its own: what is drawn next does not depend on it
            theta[parameter.name] = initial.draw(shape, own, scale)
    return theta
