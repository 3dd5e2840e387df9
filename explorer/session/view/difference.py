"""Tell a view which columns of the graph look different in two states, and are to be painted again: `difference`."""

from explorer.graph.analyse.events import Event, Kind
from explorer.graph.unfold import Vertex
from explorer.session.view.view_state import Apart, ViewState


def difference(old: ViewState | None, new: ViewState) -> frozenset[int]:
    """The columns that look different in the two views: those to paint again."""
    if old is None or old.shown is not new.shown or old.timetable is not new.timetable:
        return new.timetable.columns
    if old.path != new.path or old.dims != new.dims or old.picked_parameter != new.picked_parameter:
        return new.timetable.columns
    changed = _parted(old.apart, new.apart)
    changed |= {v.t for v in (old.selection, new.selection, old.hover, new.hover) if isinstance(v, Vertex)}
    if old.cursor != new.cursor:
        changed |= old.columns_now | new.columns_now
        first, last = sorted((old.cursor, new.cursor))
        for event in new.shown.events[first:last]:
            changed |= _touched(old, new, event)
    return frozenset(changed)


def _parted(old: Apart, new: Apart) -> set[int]:
    """The columns in which it is not the same that differs from the graph beside."""
    if old == new:
        return set()
    names = "vertices", "says_other", "edges"
    return Apart(None, *(getattr(old, name) ^ getattr(new, name) for name in names)).columns


def _touched(old: ViewState, new: ViewState, event: Event) -> set[int]:
    """The columns that an event leaves changed, whether it is done or undone."""
    vertex, table = event.vertex, new.timetable
    if vertex is None:
        return set()
    if event.kind is Kind.GRADIENT:
        edges = table.gradient_edges(vertex)
    else:
        near = table.edges_of(vertex)
        edges = tuple(e for e in near if vertex.name in e.through or old.carries(e) != new.carries(e))
    return {vertex.t} | {t for edge in (*edges, *table.cuts_of(vertex)) for t in (edge.source.t, edge.target.t)}
