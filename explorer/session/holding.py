"""Say what holds a computed node at numbers of the learner's, and what is left of the edits once it is let go."""

from explorer.errors import ExplorerError
from explorer.graph.unfold import Vertex
from explorer.language import tr
from explorer.session.document import Document, Shown
from explorer.session.edited import edited
from explorer.session.edits import Edit, HoldEdit, check_unit, why_not_held


def hold_edits(
    shown: Shown, vertex: Vertex, unit: int | None = None, value: float | None = None, onward: bool = False
) -> tuple[HoldEdit, ...]:
    """What holds one unit of a node, counted from 0, or all: at a value, or where they are.

    With `onward` they are held at every later step too. Raises ExplorerError for what cannot be held.
    """
    refused = why_not_held(shown.network, vertex.name)
    if refused or vertex not in shown.graph.vertices:
        raise ExplorerError(refused or tr("There is no {name}({t}) here to hold.", name=vertex.name, t=vertex.t))
    now = shown.trace.value(vertex.name, vertex.t).tolist()
    if unit is not None:
        check_unit(unit, len(now), vertex.name)
    units = range(len(now)) if unit is None else (unit,)
    return tuple(HoldEdit(vertex.name, vertex.t, k, now[k] if value is None else value, onward) for k in units)


def holding(document: Document, vertex: Vertex | None) -> tuple[HoldEdit, ...]:
    """The edits that hold something of a node, or of any."""
    return tuple(
        edit
        for edit in document.edits
        if isinstance(edit, HoldEdit) and (vertex is None or vertex in edited(document, (edit,)).held)
    )


def released(document: Document, vertex: Vertex | None) -> tuple[Edit, ...]:
    """The edits without those that hold something of a node at its step, or of any; ExplorerError if none does."""
    gone = holding(document, vertex)
    if not gone:
        raise ExplorerError("Nothing is held there, so there is nothing to let go.")
    return tuple(edit for edit in document.edits if edit not in gone)
