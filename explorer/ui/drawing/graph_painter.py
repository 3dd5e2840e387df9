"""Paint the graph of a scene with any QPainter: on screen, as SVG, PDF or PNG, whole or only some columns."""

from collections.abc import Collection, Iterable
from functools import partial

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from explorer.drawing.drawn_graph import Geometry
from explorer.drawing.geometry import Rect
from explorer.drawing.layout import AXIS
from explorer.graph.unfold import Edge, Vertex
from explorer.language import tr
from explorer.session.view.view_state import EdgeView
from explorer.ui.drawing.camera import Camera
from explorer.ui.drawing.cells import paint_open_cell
from explorer.ui.drawing.column_parts import ColumnPart, ColumnParts, edges_look, vertex_band, vertex_look
from explorer.ui.drawing.graph_edges import paint_alternative, paint_edge, paint_tokens
from explorer.ui.drawing.legend import HEIGHT as LEGEND_HEIGHT
from explorer.ui.drawing.legend import MAPS, paint_legend
from explorer.ui.drawing.node_painter import paint_ghost, paint_vertex
from explorer.ui.drawing.overview import paint_block, paint_path, paint_row_names, paint_rows
from explorer.ui.drawing.scene import Detail, Scene
from explorer.ui.drawing.sheet import DIMMED, Sheet, clamp, pen, text_width
from explorer.ui.drawing.tiles import Tiles
from explorer.ui.look.theme import MapName, draw_with

FOLDING_COLUMNS = 8
"""While folding, so many columns are seen to move; more would be one blur, and move as rows over time."""

BELOW = 6.0
"""How far the frame around a step reaches below its boxes."""
NAMES = 200.0
"""So far, in px, the names of rows reach from the left at most, where they stand over the drawing."""
AROUND = 12.0
"""How far, in px, the name and the marks of a state outside reach beyond its box at most."""
BETWEEN_STEPS = 12.0
"""Room, in px, between the numbers of steps below the columns."""


def paint_graph(
    painter: QPainter,
    scene: Scene,
    camera: Camera,
    exposed: QRectF,
    view: QRectF,
    tiles: Tiles | None = None,
    legend: Collection[MapName] = MAPS,
) -> None:
    """Paint what lies in `exposed`; `view` is the whole area in pixels, at whose edges row names and legend stand.

    With `tiles`, columns are taken from there.
    """
    sheet = Sheet(painter, camera, scene.theme)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    detail = scene.detail(camera.sx)
    columns = visible_columns(scene, camera, exposed)
    if scene.geometry.fold > 0.0:
        _paint_folding(sheet, scene, view.left(), tiles)
    elif detail is Detail.FAR:
        _paint_frame(sheet, scene)
        painter.setOpacity(DIMMED if scene.view.path is not None else 1.0)
        paint_rows(sheet, scene, columns[0], columns[-1])
        painter.setOpacity(1.0)
        paint_path(sheet, scene)
    else:
        _paint_columns(sheet, scene, columns, exposed, tiles)
        paint_tokens(sheet, scene)
    _paint_axis(sheet, scene, columns)
    _paint_ellipses(sheet, scene)
    names = QRectF(view.left(), view.top(), max(NAMES, camera.x(scene.geometry.bounds.x) - view.left()), view.height())
    if scene.squeezed(camera.sx) and not _folds_as_rows(scene) and names.intersects(exposed):
        paint_row_names(sheet, scene, view.left(), named=detail is Detail.FULL)
    if legend and legend_rect(view).intersects(exposed):
        paint_legend(sheet, scene, view.left() + 10, view.right() - 10, view.bottom() - 4, legend)


def visible_columns(scene: Scene, camera: Camera, exposed: QRectF) -> range:
    """The columns that show within `exposed`."""
    geometry, steps = scene.geometry, scene.geometry.steps
    if geometry.fold > 0 or geometry.tree:
        return range(1, steps.T + 1)
    # Feedback edges and targets reach a little into the neighbouring column.
    left, right = (camera.units(QPointF(x, 0.0)).x for x in (exposed.left(), exposed.right()))
    first = geometry.index_at(left - 0.7 * geometry.pitch)
    last = geometry.index_at(right + 0.9 * max(segment.pitch for segment in geometry.arrangement.segments))
    return range(first, steps.within(steps.column(last))[-1] + 1)


def _paint_columns(sheet: Sheet, scene: Scene, columns: range, exposed: QRectF, tiles: Tiles | None) -> None:
    _paint_frame(sheet, scene)
    plain = scene.detail(sheet.camera.sx) is not Detail.FULL
    geometry = scene.geometry

    paint_node = paint_block if plain else paint_vertex

    def edges_of(index: int) -> tuple[Edge, ...]:
        return tuple(e for e in geometry.edges_into(index) if not geometry.wide(e))

    def edges(sheet: Sheet, index: int) -> None:
        _paint_edges(sheet, scene, edges_of(index), plain)

    def nodes(sheet: Sheet, index: int) -> None:
        for vertex in geometry.vertices_at(index):
            paint_node(sheet, scene, vertex)

    def frames(sheet: Sheet, index: int) -> None:
        for vertex in geometry.vertices_at(index):
            paint_open_cell(sheet, scene, vertex)

    def ground(index: int, sheet: Sheet) -> None:
        frames(sheet, index)
        edges(sheet, index)

    def column(sheet: Sheet, index: int) -> ColumnParts:
        boxes = (
            ColumnPart(partial(paint_node, scene=scene, vertex=v), vertex_look(scene, v), vertex_band(sheet, scene, v))
            for v in geometry.vertices_at(index)
        )
        return ColumnParts(ColumnPart(partial(ground, index), edges_look(scene, edges_of(index))), tuple(boxes))

    _paint_edges(sheet, scene, geometry.wide_edges(columns[0], columns[-1]), plain)
    for vertex in geometry.ghosts:
        if sheet.camera.rect(geometry.node(vertex)).adjusted(-AROUND, -AROUND, AROUND, AROUND).intersects(exposed):
            paint_ghost(sheet, scene, vertex)
    for vertex in geometry.lone:
        paint_node(sheet, scene, vertex)
    if tiles is not None:
        for index in columns:
            tiles.draw(sheet, scene, index, column)
        return
    for index in columns:
        frames(sheet, index)
    for index in columns:
        edges(sheet, index)
    for index in columns:
        nodes(sheet, index)


def _paint_edges(sheet: Sheet, scene: Scene, edges: Iterable[Edge], plain: bool) -> None:
    """What happens now last, so that it is seen where lanes are shared; what looks alike on one line but once."""
    seen = set[tuple[Vertex, Vertex, EdgeView]]()

    def strength(edge: Edge) -> tuple[bool, bool, bool]:
        view = scene.view.edge(edge)
        return view.forward_now or view.backward_now or view.on_path, view.lit, view.backward or view.carried

    for edge in sorted(edges, key=strength):
        look = edge.source, edge.target, scene.view.edge(edge)
        paint_edge(sheet, scene, edge, plain=plain, line=look not in seen)
        seen.add(look)


def _folds_as_rows(scene: Scene) -> bool:
    return scene.geometry.fold > 0.0 and scene.geometry.steps.T > FOLDING_COLUMNS and not scene.geometry.tree


def _paint_folding(sheet: Sheet, scene: Scene, left: float, tiles: Tiles | None) -> None:
    """The column that stays, and all others fading into it: as pictures, for there is no time for more, or as rows."""
    geometry = scene.geometry
    fade = clamp(1.0 - geometry.fold * 1.15, 0.0, 1.0)
    front, front_edges = set(geometry.front_vertices), set(geometry.front_edges)
    plain = geometry.fold < 0.5 and scene.detail(sheet.camera.sx) is not Detail.FULL
    paint = paint_block if plain else paint_vertex

    def nodes(t: int, sheet: Sheet) -> None:
        for edge in geometry.edges_into(t):
            if not (geometry.delayed(edge) or geometry.wide(edge)) and edge not in front_edges:
                paint_edge(sheet, scene, edge, plain=plain)
        for vertex in geometry.vertices_at(t):
            if vertex not in front:
                paint(sheet, scene, vertex)

    if fade > 0.0 and _folds_as_rows(scene):
        sheet.painter.setOpacity(fade)
        paint_rows(sheet, scene, 1, geometry.steps.T)
        paint_row_names(sheet, scene, left, named=False)
        sheet.painter.setOpacity(1.0)
    elif fade > 0.0:
        for edge in geometry.graph.edges:
            if (geometry.delayed(edge) or geometry.wide(edge)) and edge not in front_edges:
                paint_edge(sheet, scene, edge, alpha=fade, plain=True)
        for vertex in geometry.ghosts:
            paint_ghost(sheet, scene, vertex, alpha=fade)
        sheet.painter.setOpacity(fade)
        moving = tiles or Tiles()
        for index in range(1, geometry.steps.T + 1):
            moving.draw(sheet, scene, index, lambda _, t: ColumnParts(ColumnPart(partial(nodes, t), object())))
        sheet.painter.setOpacity(1.0)
    if geometry.fold > 0.5 and scene.view.path is None:
        for edge, path in geometry.alternatives:
            paint_alternative(sheet, scene, edge, path, alpha=2.0 * geometry.fold - 1.0)
    for vertex in geometry.front_vertices:
        paint_open_cell(sheet, scene, vertex)
    _paint_edges(sheet, scene, geometry.front_edges, plain)
    for vertex in geometry.front_vertices:
        paint(sheet, scene, vertex)


def frame_around(scene: Scene, camera: Camera) -> QRectF | None:
    """The frame around the step of the current event, in px; a tree has no column of nodes at one step."""
    index, geometry = scene.now, scene.geometry
    if index is None or geometry.tree:
        return None
    left, right = geometry.reach(index)
    box = Rect(geometry.x(index) + left - 9, 1.0, right - left + 16, geometry.height - AXIS + BELOW - 1.0)
    frame = camera.rect(box)
    return frame if frame.width() >= 5 else frame.adjusted(-2, 0, 2, 0)


def _paint_frame(sheet: Sheet, scene: Scene) -> None:
    frame = frame_around(scene, sheet.camera)
    if frame is None:
        return
    draw_with(sheet.painter, pen(scene.accent.line, 1.3, dashed=True), None)
    radius = clamp(10 * sheet.camera.scale, 2.0, 12.0)
    sheet.painter.drawRoundedRect(frame, radius, radius)


def axis_line(geometry: Geometry, camera: Camera) -> tuple[int, float]:
    """How large the numbers of steps are, and where their middle is, in px."""
    size = round(clamp(13 * camera.scale, 11, 20))
    boxes, frame, end = (camera.y(geometry.height + place) for place in (-AXIS, BELOW - AXIS, 0.0))
    # Far out the frame would be in the way, or boxes; and further down the legend is.
    highest = max(boxes + 0.45 * size, min(frame + 0.5 * size + 1.0, end))
    return size, max(camera.point(geometry.time_label(1)).y(), highest)


def _paint_axis(sheet: Sheet, scene: Scene, columns: range) -> None:
    """The steps below the columns, as many as there is room for; folded, only the one that is shown."""
    geometry, camera = scene.geometry, sheet.camera
    width = geometry.pitch * (1 - geometry.gathered) * camera.sx
    now = scene.now
    size, y = axis_line(geometry, camera)
    room = text_width(str(geometry.steps.T), size) + BETWEEN_STEPS
    every = next((n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if n * width >= room), 1000)
    folded = geometry.fold > 0.5
    for index in geometry.front_columns if folded else filter(geometry.steps.drawn, columns):
        t = geometry.step(index)
        apart = now is None or abs(index - now) * width >= room
        joins = geometry.joins(index)
        if not folded and (joins or (index != now and (not apart or (t != 1 and t % every)))):
            continue
        current = index == now
        colour = scene.accent.text if current else scene.theme.muted
        said = tr("node {t}", t=t) if joins else f"t = {t}" if width >= 52 or folded else str(t)
        sheet.text(camera.point(geometry.time_label(index)).x(), y, said, size, colour, weight=700 if current else 400)


def _paint_ellipses(sheet: Sheet, scene: Scene) -> None:
    """The dots that stand for steps left out."""
    scale = clamp(sheet.camera.scale, 0.45, 1.6)
    draw_with(sheet.painter, None, sheet.theme.muted)
    for middle in map(sheet.camera.point, scene.geometry.ellipses):
        for offset in (-8.0, 0.0, 8.0):
            sheet.painter.drawEllipse(middle + QPointF(offset * scale, 0.0), 1.8 * scale, 1.8 * scale)


def viewport(view: QRectF) -> QRectF:
    """Where in a view the graph itself goes: there are margins, and the legend stands below."""
    return view.adjusted(34.0, 8.0, -14.0, -LEGEND_HEIGHT - 6.0)


def legend_rect(view: QRectF) -> QRectF:
    """Where in a view the legend stands."""
    return QRectF(view.left(), view.bottom() - LEGEND_HEIGHT - 2.0, view.width(), LEGEND_HEIGHT + 2.0)
