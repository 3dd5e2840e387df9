"""Say how much room an open cell takes: `frame`, around all that is inside it at a step."""

from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.geometry import Rect
from explorer.graph.unfold import Vertex

AROUND = 8.0
"""Room between a cell's frame and what is inside it."""


def frame(geometry: Geometry, cell: Vertex) -> Rect | None:
    """The frame of an open cell; None for what is no cell, or a closed one."""
    names = geometry.open_cells.get(cell.name)
    if not names:
        return None
    boxes = [geometry.node(Vertex(name, cell.t)) for name in names]
    left, top = min(box.x for box in boxes) - AROUND, min(box.y for box in boxes) - AROUND
    right, bottom = max(box.right for box in boxes) + AROUND, max(box.bottom for box in boxes) + AROUND
    return Rect(left, top, right - left, bottom - top)


def surroundings(geometry: Geometry, cell: Vertex) -> Rect | None:
    """The frame of an open cell with the lines that lead in and out, above and below it."""
    found = frame(geometry, cell)
    if found is None:
        return None
    rows = [geometry.places[name].row for name in geometry.open_cells[cell.name]]
    top, bottom = geometry.lines.gaps[max(rows) + 1][0], geometry.lines.gaps[min(rows)][1]
    return Rect(found.x, top, found.width, bottom - top)
