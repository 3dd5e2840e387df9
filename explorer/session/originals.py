"""Say what stood in a place before it was edited by hand, as far as that can still be told."""

import numpy as np
from msgspec.structs import replace

from explorer.graph.operations import Array
from explorer.graph.unfold import Vertex
from explorer.session.document import Shown, seeded_parameters, show
from explorer.session.edits import Index, edited

_last: list[tuple[Shown, Vertex, Shown]] = []
"""What was asked about last, and what is shown without edits there."""


def original_value(shown: Shown, vertex: Vertex) -> Array:
    """The value (n,) of an input, target or initial state without the edits of it.

    Other edits stay: the target that follows from an edited input is the one to go back to.
    """
    if not _last or _last[0][0] is not shown or _last[0][1] != vertex:
        document = shown.document
        others = tuple(
            edit for edit in document.edits if vertex not in edited(replace(document, edits=(edit,))).vertices
        )
        _last[:] = [(shown, vertex, show(replace(document, edits=others)))]
    return _last[0][2].trace.value(vertex.name, vertex.t)


def original_entry(shown: Shown, name: str, index: Index) -> float | None:
    """An entry of a parameter before it was edited; None for weights that are not those of the document's seed.

    Where weights come from elsewhere, a training run for one, what is shown does not hold the originals.
    """
    seeded = seeded_parameters(shown.document, shown.architecture, shown.sizes)
    entries = edited(shown.document).entries
    for parameter, array in shown.trace.parameters.items():
        same = array == seeded[parameter]
        for place in entries.get(parameter, ()):
            same[place] = True
        if not np.all(same):
            return None
    return float(seeded[name][index])
