"""Tell what is under the pointer, and describe it: its numbers to six figures. The panel has them to their last."""

from html import escape

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from explorer.graph.arrays import Array
from explorer.graph.output import Target
from explorer.graph.plain import plain
from explorer.graph.unfold import Edge, Vertex
from explorer.language import tr
from explorer.session.document import Shown
from explorer.session.originals import computed_before
from explorer.session.stepping import not_yet
from explorer.session.viewing import Selection
from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.cells import is_closed
from explorer.ui.drawing.edit_marks import BY_HAND, said_of_entry, said_of_vertex
from explorer.ui.drawing.positions import bias_rect, name_rect
from explorer.ui.drawing.scene import Detail, Scene
from explorer.ui.typography.indices import with_indices
from explorer.ui.typography.numbers import MINUS, figures, shape
from explorer.wording import entry_place, listed

NEAR_EDGE = 7.0
"""Pixels from an edge that still point at it."""
FIGURES = 6
MOST_ROWS = 16
MOST_COLUMNS = 8


def thing_at(scene: Scene, camera: Camera, pixel: QPointF) -> Selection:
    """The node, tag or parameter at a pixel; None where there is nothing.

    Of several weights on one line, it is the selected one, else the first.
    """
    for vertex in vertices_near(scene, camera, pixel):
        rect = camera.rect(scene.geometry.node(vertex))
        if rect.adjusted(-2, -2, 2, 2).contains(pixel):
            return _bias_at(scene, vertex, rect, pixel) or scene.original(vertex)
    if scene.detail(camera.sx) is Detail.FAR and scene.geometry.fold == 0.0:
        return None
    edges = edges_near(scene, camera, pixel)
    for edge in edges:
        for vertex, rect in tags_on(scene, camera, edge):
            if rect.adjusted(-2, -2, 2, 2).contains(pixel):
                return vertex
    weighted = [edge for edge in edges if edge.weight is not None]
    distances = [_distance(scene, camera, edge, pixel) for edge in weighted]
    if distances and min(distances) <= NEAR_EDGE:
        return weight_on(scene, weighted[int(np.argmin(distances))])
    return None


def pointed_at(scene: Scene, camera: Camera, pixel: QPointF) -> Selection | Edge:
    """As `thing_at`, and where that is nothing, an edge without a weight."""
    thing = thing_at(scene, camera, pixel)
    if thing is not None or (scene.detail(camera.sx) is Detail.FAR and scene.geometry.fold == 0.0):
        return thing
    edges = {edge: _distance(scene, camera, edge, pixel) for edge in edges_near(scene, camera, pixel)}
    return next((edge for edge in sorted(edges, key=edges.__getitem__) if edges[edge] <= NEAR_EDGE), None)


def tags_on(scene: Scene, camera: Camera, edge: Edge) -> list[tuple[Vertex, QRectF]]:
    """What the tags on an edge stand for, and where; before the first step they stand for nothing."""
    if edge.source.t < 1:
        return []
    tagged, at = scene.geometry.tagged(edge), edge.source.t
    return [(Vertex(name, at), camera.rect(scene.geometry.tag(edge, name))) for name in tagged]


def weight_on(scene: Scene, edge: Edge) -> str | None:
    """The weight that a line stands for while one is picked: one of a closed cell's stands for all of its gates'."""
    selected = scene.view.selection
    return selected if selected in scene.together(edge.weight) else edge.weight


def description(scene: Scene, thing: Selection) -> str:
    """The numbers of a node or a parameter, and what has been done to them, as HTML."""
    if isinstance(thing, Vertex):
        return _vertex_description(scene, thing)
    return "" if thing is None else _parameter_description(scene, thing)


def vertices_near(scene: Scene, camera: Camera, pixel: QPointF) -> list[Vertex]:
    """The vertices, as they are drawn, in the column at a pixel and beside it; folded or in a tree, all."""
    geometry = scene.geometry
    if geometry.fold > 0.0:
        return list(geometry.front_vertices)
    if geometry.tree:
        return list(geometry.graph.vertices)
    index = geometry.index_at(camera.units(pixel).x)
    columns = [i for i in (index, index - 1, index + 1) if 1 <= i <= geometry.steps.T]
    return [*geometry.ghosts, *geometry.lone, *(vertex for i in columns for vertex in geometry.vertices_at(i))]


def edges_near(scene: Scene, camera: Camera, pixel: QPointF) -> list[Edge]:
    """The edges drawn there, with those that lead across columns."""
    geometry = scene.geometry
    if geometry.fold > 0.0:
        return list(geometry.front_edges)
    if geometry.tree:
        return list(geometry.graph.edges)
    index = geometry.index_at(camera.units(pixel).x)
    near = [edge for i in (None, index - 1, index, index + 1) for edge in geometry.edges_into(i)]
    return [*near, *geometry.wide_edges(index - 1, index + 1)]


def _distance(scene: Scene, camera: Camera, edge: Edge, pixel: QPointF) -> float:
    from_path = camera.pixels(scene.geometry.path(edge)).distance(pixel.x(), pixel.y())
    name = name_rect(scene, camera, edge)
    if name.isEmpty():
        return from_path
    aside, above = (abs(pixel.x() - name.center().x()), abs(pixel.y() - name.center().y()))
    return min(from_path, max(aside - name.width() / 2, above - name.height() / 2, 0.0))


def _bias_at(scene: Scene, vertex: Vertex, rect: QRectF, pixel: QPointF) -> str | None:
    """The bias written at the right end of a node's head line."""
    place = scene.geometry.places[vertex.name]
    if vertex.t < 1 or not place.biases or scene.detail(rect.width() / place.rect.width) is not Detail.FULL:
        return None
    return place.biases[-1] if bias_rect(rect).contains(pixel) else None


def _vertex_description(scene: Scene, vertex: Vertex) -> str:
    shown, view = scene.shown, scene.view
    node = shown.network.node(vertex.name)
    notes = [escape(said_of_vertex(shown, one, inside=one != vertex)) for one in view.edits_of(vertex)]
    if vertex.t < 1:
        return "<br>".join([*notes, _table(_outside(scene, vertex))])
    if is_closed(scene, vertex):
        notes.append(tr("Double-click to see inside: {inside}", inside=_inside(scene, vertex)))
    if not view.value_known(vertex):
        return "<br>".join([*notes, not_yet(view.timetable.value_at[vertex])])
    columns = {tr("value"): shown.trace.value(vertex.name, vertex.t)}
    before = computed_before(shown, vertex)
    if before is not None:
        columns[tr("was")] = before
    other = view.apart.other if vertex in view.apart.vertices else None
    if other is not None:
        columns[tr("beside")] = other.trace.value(*_in(other, vertex))
    if view.gradient_known(vertex):
        columns[tr("gradient")] = shown.trace.gradient(vertex.name, vertex.t)
        if other is not None:
            columns[tr("gradient beside")] = other.trace.gradient(*_in(other, vertex))
    signal = shown.signals.get(vertex.name)
    if signal is not None:
        target = vertex.name == shown.network.target
        notes.insert(0, (tr("target ") if target else "") + escape(scene.said(vertex)))
        if target and signal.kind is Target.SYMBOLS:
            return "<br>".join(notes)
    return "<br>".join([*notes, _table(columns, shown.labels(node.size))])


def _outside(scene: Scene, vertex: Vertex) -> dict[str, Array]:
    """The numbers of a state before the first step, which is one with all before it: so is their gradient."""
    trace, view = scene.shown.trace, scene.view
    columns = {tr("value"): trace.value(vertex.name, vertex.t)}
    if view.gradient_known(vertex):
        columns[tr("gradient")] = trace.gradient(vertex.name, vertex.t)
    rows = [v for v in scene.shown.graph.boundary if v.name == vertex.name]
    if len(rows) > 1 and all(map(view.gradient_known, rows)):
        columns[tr("sum of the gradients")] = trace.initial_gradients[vertex.name][0]
    return columns


def _in(other: Shown, vertex: Vertex) -> tuple[str, int]:
    """The same node in the graph beside; what is there only once may be at another step."""
    once = other.network.node(vertex.name).span.single
    return vertex.name, other.trace.steps(vertex.name).start if once else vertex.t


def _inside(scene: Scene, cell: Vertex) -> str:
    """The symbols of what is drawn inside a cell once it is open."""
    found = (
        scene.shown.network.node(name) for name, within in scene.view.timetable.cell_of.items() if within == cell.name
    )
    return with_indices(listed([plain(node.symbol) for node in found if not node.optional]))


def _table(columns: dict[str, Array], names: tuple[str, ...] = ()) -> str:
    """A unit a line, counted from 1, with what it is called if it stands for something."""

    def line(*cells: str) -> str:
        return "<tr>" + "".join(f"<td align='right'>{cell}&nbsp;&nbsp;</td>" for cell in cells) + "</tr>"

    n = len(next(iter(columns.values())))
    rows = [line(tr("unit"), *[tr("name")] * bool(names), *columns)]
    for i in range(min(n, MOST_ROWS)):
        symbol = [escape(names[i])] if names else []
        rows.append(line(str(i + 1), *symbol, *(_written(a[i]) for a in columns.values())))
    more = tr("<br>and {n} more", n=n - MOST_ROWS) if n > MOST_ROWS else ""
    return f"<table>{''.join(rows)}</table>{more}"


def _written(value: float) -> str:
    """A number to six figures; a small whole one, such as those of a one-hot vector, as it is."""
    whole = float(value).is_integer() and abs(value) < 10**FIGURES
    return str(int(value)).replace("-", MINUS) if whole else figures(value, FIGURES)


def _parameter_description(scene: Scene, name: str) -> str:
    array = scene.shown.trace.parameters[name]
    symbol = with_indices(plain(scene.geometry.symbol(name)))
    head = f"{symbol}: {shape(*array.shape)}{_edits(scene, name)}"
    together = scene.together(name)
    if len(together) > 1:
        names = listed([with_indices(plain(scene.geometry.symbol(other))) for other in together])
        head = tr(
            "{names} are read along this line. A click picks {symbol}; the equations lead to the others.<br>{head}",
            names=names,
            symbol=symbol,
            head=head,
        )
    if array.ndim == 1:
        return f"{head}<br>{_table({tr('value'): array})}"
    rows = np.atleast_2d(array)
    lines = [
        "".join(f"<td align='right'>{_written(value)}&nbsp;&nbsp;</td>" for value in row[:MOST_COLUMNS])
        for row in rows[:MOST_ROWS]
    ]
    cut = rows.shape[0] > MOST_ROWS or rows.shape[1] > MOST_COLUMNS
    return f"{head}<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>{tr('and more') if cut else ''}"


def _edits(scene: Scene, name: str) -> str:
    """Which entries of a parameter were changed by hand: one in full, of several how many."""
    entries = scene.shown.edited.entries.get(name, frozenset())
    if len(entries) != 1:
        return tr("<br>{entries} entries {by_hand}", entries=len(entries), by_hand=BY_HAND) if entries else ""
    (index,) = entries
    return f"<br>{entry_place(index)} {said_of_entry(scene.shown, name, index)}"
