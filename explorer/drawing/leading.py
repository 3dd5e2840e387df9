"""Lead every edge of a drawing from box to box, unfolded and folded: `Lines`, by routes, lanes and ports."""

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from explorer.drawing import edge_paths
from explorer.drawing.connections import Connection, Connections
from explorer.drawing.edge_paths import CORNER, LOOP_CORNER, End
from explorer.drawing.geometry import Path, Point, Rect, rounded, straight
from explorer.drawing.lanes import Lanes
from explorer.drawing.places import Place
from explorer.drawing.ports import LANDING, Ports
from explorer.drawing.routes import CLEAR, Route, Side
from explorer.drawing.segments import Arrangement, Extent, Segment, reach_of
from explorer.graph.unfold import Edge, Vertex

BEFORE = 14.0
"""How far beside a state outside an upright lane is that begins there."""


class Lines(Struct, frozen=True, eq=False, kw_only=True):
    """The boxes and the paths of both drawings, worked out when they are asked for."""

    places: Mapping[str, Place]
    lengths: Mapping[str, str]
    """In which stretch of time each node lives, drawn or not."""
    outside: Mapping[Vertex, Rect]
    """The boxes of the states before the first and after the last step that are read, while unfolded."""
    arrangement: Arrangement
    known: Connections
    lanes: Lanes
    apart: Ports
    together: Ports
    gaps: Mapping[int, tuple[float, float]]
    """The upper and the lower end of each gap between rows; gap g is below row g."""
    _unfolded: dict[Edge, Path] = field(default_factory=dict)
    _folded: dict[Connection, Path] = field(default_factory=dict)
    _delays: dict[Connection, float] = field(default_factory=dict)

    def segment_of(self, name: str) -> Segment | None:
        """The segment of a node, drawn or not; None for what stands alone."""
        place = self.places.get(name)
        length = place.segment if place else self.lengths[name]
        return next((segment for segment in self.arrangement.segments if segment.name == length), None)

    def box_apart(self, vertex: Vertex) -> Rect:
        """The box of a vertex while unfolded."""
        segment = self.segment_of(vertex.name)
        lift = 0.0 if segment is None or vertex in self.outside else segment.lift(vertex.t)
        return self.outside.get(vertex) or self.places[vertex.name].rect.moved(self._x_apart(vertex), -lift)

    def box_together(self, name: str) -> Rect:
        """The box that all vertices of a node fold into."""
        return self.places[name].rect.moved(self._x_together(name))

    def unfolded(self, edge: Edge) -> Path:
        """The way of an edge while unfolded."""
        if edge not in self._unfolded:
            self._unfolded[edge] = self._led_apart(edge)
        return self._unfolded[edge]

    def folded(self, c: Connection) -> Path:
        """The way of all edges of a connection once folded."""
        if c not in self._folded:
            self._folded[c] = self._led_together(c)
        return self._folded[c]

    def delay_share(self, c: Connection) -> float:
        """Where on its folded way a connection has its delay: half-way, or where a bundle has not parted yet."""
        if c not in self._delays:
            route, share = self.lanes.folded.routes[c], 0.5
            if route.beside is not None and route.into is not None:
                path, x = self.folded(c), self._beside(c, None)
                on_lane = [i / 60 for i in range(61) if abs(path.along(i / 60).x - x) < 1.0]
                share = on_lane[len(on_lane) // 2] if on_lane else 0.5
            self._delays[c] = share
        return self._delays[c]

    def over(self, index: int) -> list[Path]:
        """All lanes in gaps along which edges may pass over the column of a step."""
        segment, t = self.arrangement.at(index)
        heights = [
            self.lanes.unfolded.y(c, gap, turn, *self.gaps[gap])
            for c, route in self.lanes.unfolded.routes.items()
            if abs(c.lag) > 1
            for gap in (route.over, route.into)
            if gap is not None
            for turn in range(abs(c.lag))
        ]
        x, pitch = segment.x(t), segment.pitch
        return [straight(Point(x - pitch, y), Point(x + pitch, y)) for y in heights]

    def _x_apart(self, vertex: Vertex) -> float:
        place, segment = self.places[vertex.name], self.segment_of(vertex.name)
        return self.arrangement.lone[vertex.name][0] - place.rect.cx if segment is None else segment.x(vertex.t)

    def _x_together(self, name: str) -> float:
        place, segment = self.places[name], self.segment_of(name)
        return self.arrangement.lone[name][1] - place.rect.cx if segment is None else segment.folded

    def _led_apart(self, edge: Edge) -> Path:
        c = self.known.of(edge)
        route, ports = self.lanes.unfolded.routes[c], self.apart
        source, target = self.box_apart(edge.source), self.box_apart(edge.target)
        start = End(source, route.leaves, ports.leaves[c], self.places[c.source].round)
        end = End(target, route.arrives, ports.arrives[c], self.places[c.target].round)
        if route.slanting:
            return self._climbing(edge, start.point, end.point)
        if edge.source in self.outside:
            route = self._from_outside(c, route, source)
            start = End(source, route.leaves, 0.0)
            if route.level and abs(source.cy - target.cy) > 1.0:
                end = replace(end, offset=-LANDING * target.height)
        turn = edge.target.t % abs(c.lag) if abs(c.lag) > 1 else 0
        beside = 0.0 if route.beside is None else self._beside(c, edge)
        lift = target.cy - self.places[c.target].rect.cy
        over, into = (
            0.0 if gap is None else lift + self.lanes.unfolded.y(c, gap, turn, *self.gaps[gap])
            for gap in (route.over, route.into)
        )
        return edge_paths.led(route, start, end, beside, over, into, CORNER)

    def _climbing(self, edge: Edge, start: Point, end: Point) -> Path:
        """Straight from a child up to its parent; past boxes that are in the way upright, and aside only above them."""
        segment = self.segment_of(edge.source.name)
        assert segment is not None
        low, high = segment.lift(edge.source.t), segment.lift(edge.target.t)
        between = [t for t in range(1, segment.steps.T + 1) if low < segment.lift(t) < high]
        boxes = [place.rect for place in self.places.values() if place.in_tree]
        rects = [rect.moved(segment.x(t), -segment.lift(t)) for t in between for rect in boxes]
        across = (end.x - start.x) / (end.y - start.y)
        for rect in rects:
            xs = [start.x + (y - start.y) * across for y in (rect.y, rect.bottom)]
            if min(xs) < rect.right + CLEAR and max(xs) > rect.x - CLEAR:
                return rounded([start, Point(start.x, min(rect.y for rect in rects)), end], CORNER)
        return straight(start, end)

    def _led_together(self, c: Connection) -> Path:
        route, ports = self.lanes.folded.routes[c], self.together
        source, target = self.box_together(c.source), self.box_together(c.target)
        if route.loop:
            return edge_paths.loop(source, self._beside(c, None), self._landings(c, route), self._within(c))
        start = End(source, route.leaves, ports.leaves[c], self.places[c.source].round)
        end = End(target, route.arrives, ports.arrives[c], self.places[c.target].round)
        beside = 0.0 if route.beside is None else self._beside(c, None)
        over, into = (
            0.0 if gap is None else self.lanes.folded.y(c, gap, 0, *self.gaps[gap]) for gap in (route.over, route.into)
        )
        return edge_paths.led(route, start, end, beside, over, into, LOOP_CORNER)

    def _from_outside(self, c: Connection, route: Route, source: Rect) -> Route:
        """Out of the side of a state that stands before all boxes; or towards the gap, which may be above or below."""
        if route.beside is not None:
            return replace(route, leaves=Side.RIGHT if c.lag > 0 else Side.LEFT, over=None)
        if route.over is not None:
            above = self.gaps[route.over][0] < source.cy
            return replace(route, leaves=Side.TOP if above else Side.BOTTOM)
        return route

    def _beside(self, c: Connection, edge: Edge | None) -> float:
        """Where the upright lane is: of this edge, or once folded."""
        view = self.lanes.folded if edge is None else self.lanes.unfolded
        route, away = view.routes[c], view.beside[c]
        side, name = route.leaves if route.loop else route.beside, c.source if route.at_source else c.target
        if edge is not None and route.at_source and edge.source in self.outside:
            return self.outside[edge.source].right + BEFORE
        segment = self.places[name].segment
        others = [place for place in self.places.values() if place.segment == segment]
        row = [place for place in others if place.row == self.places[name].row]
        if route.loop and not self._crossed(c, reach_of(row, targets=False), away):
            others = row
        reach = reach_of(others, targets=side is Side.RIGHT and edge is not None)
        if edge is None:
            middle = self._x_together(name)
        else:
            middle = self._x_apart(edge.source if route.at_source else edge.target)
        return middle + (reach.left - away if side is Side.LEFT else reach.right + away)

    def _crossed(self, c: Connection, row: Extent, away: float) -> bool:
        """Whether a line of the step would run through a loop that keeps to the boxes of its row."""
        box, middle = self.box_together(c.source), self._x_together(c.source)
        left, right = (box.right, middle + row.right + away) if c.lag > 0 else (middle + row.left - away, box.x)
        area = Rect(left + 1.0, box.y, right - left + BEFORE, box.height)
        within = [o for o in self.lanes.folded.routes if not (o.lag or o.shared) and o.source != c.source != o.target]
        return any(area.contains(*point) for other in within for point in self.folded(other).sampled(24))

    def _within(self, c: Connection) -> tuple[int, int]:
        """Of the loops into one box, which one from within this is, and how many there are."""
        view = self.lanes.folded
        found = [o for o, r in view.routes.items() if r.loop and o.source == c.source and o.lag * c.lag > 0]
        loops = sorted({(view.beside[other], other.lag) for other in found})
        return loops.index((view.beside[c], c.lag)), len(loops)

    def _landings(self, c: Connection, route: Route) -> tuple[bool, bool]:
        """Whether other lines meet the side of a loop above and below its middle."""
        there = list[float]()
        for other, taken in self.lanes.folded.routes.items():
            if not taken.loop and (other.target, taken.arrives) == (c.target, route.arrives):
                there.append(self.together.arrives[other])
            if not taken.loop and (other.source, taken.leaves) == (c.source, route.leaves):
                there.append(self.together.leaves[other])
        return any(off < 0 for off in there), any(off > 0 for off in there)
