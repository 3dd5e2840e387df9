"""Write a drawing as TikZ in the style of the book: circles with symbols, arrows, black squares where time passes."""

from collections.abc import Iterable, Iterator, Mapping
from math import copysign, hypot, sqrt

from msgspec import Struct

from explorer.drawing.drawn_graph import Geometry, Label
from explorer.drawing.geometry import Point, Rect
from explorer.graph.declaration import ONCE
from explorer.graph.equations.notation import symbol_tex
from explorer.graph.unfold import Edge, Vertex

UNIT = 0.024
"""Centimetres of a unit of the drawing."""
PIXEL = 2.54 / 96
"""Centimetres of a pixel."""
RADIUS, LEAST = 26.0, 18.0
"""Of the circle of a node; that of a loss or a target is as in the drawing, but has room for its step."""
NAME = 13.0
"""How far from its edge the middle of a parameter's name stands."""
DELAY = 8.0
"""Side of the square where time passes."""
NONE: Mapping[Vertex, str] = {}
PREAMBLE = r"""% In the preamble: \usepackage{tikz} \usetikzlibrary{arrows.meta}"""


def tikz(geometry: Geometry, pixels: tuple[int, int] | None = None, factors: Mapping[Vertex, str] = NONE) -> str:
    """A tikzpicture of the drawing, unfolded or folded; letters and all as large as fits into so many pixels.

    `factors`: by what some of the losses count, in TeX, which is said beside them where steps are drawn.
    """
    return "\n".join(_lines(geometry, pixels, factors)) + "\n"


class _Circle(Struct, frozen=True):
    """A node: where it is, how large, what it is called; `dashed` for a state outside the steps."""

    middle: Point
    radius: float
    tex: str
    dashed: bool


def _lines(geometry: Geometry, pixels: tuple[int, int] | None, factors: Mapping[Vertex, str]) -> Iterator[str]:
    folded = geometry.fold > 0.5
    vertices = geometry.front_vertices if folded else (*geometry.graph.vertices, *geometry.ghosts)
    edges = geometry.front_edges if folded else _edges(geometry)
    circles = {vertex: _circle(geometry, vertex, folded) for vertex in vertices}
    yield PREAMBLE
    scale = "" if pixels is None else f"scale={_scale(geometry, circles, edges, pixels):.3f}, transform shape, "
    yield rf"\begin{{tikzpicture}}[{scale}x={UNIT}cm, y=-{UNIT}cm, >={{Stealth[length=5pt]}}, semithick,"
    yield r"  unit/.style={circle, draw, inner sep=0pt, minimum size=#1}, outside/.style={unit=#1, densely dashed},"
    yield r"  name/.style={inner sep=1pt, font=\small}, tag/.style={draw, fill=white, rounded corners=2pt, font=\tiny}]"
    for circle in circles.values():
        style = "outside" if circle.dashed else "unit"
        size = f"{2 * circle.radius * UNIT:.2f}cm"
        small = r", font=\footnotesize" if circle.radius < RADIUS else ""
        yield rf"  \node[{style}={size}{small}] at {_at(circle.middle)} {{${circle.tex}$}};"
    for vertex in () if folded else (vertex for vertex in factors if vertex in circles):
        middle, side = circles[vertex].middle, 0.8 * circles[vertex].radius
        beside = _at(Point(middle.x - side, middle.y + side))
        yield rf"  \node[name, anchor=east, font=\scriptsize] at {beside} {{$\times {factors[vertex]}$}};"
    for edge in edges:
        yield from _edge(geometry, edge, circles, folded)
    for at in () if folded else geometry.ellipses:
        if at.y < geometry.height - 24:  # the last ones stand beside "t = …", which the book leaves out
            yield rf"  \node at {_at(at)} {{$\cdots$}};"
    yield r"\end{tikzpicture}"


def _scale(geometry: Geometry, circles: dict[Vertex, _Circle], edges: Iterable[Edge], pixels: tuple[int, int]) -> float:
    """How many times as large as usual it fits into so many pixels, names beside its rim included."""
    points = [point for edge in edges for curve in geometry.path(edge).curves for point in curve]
    for circle in circles.values():
        x, y, radius = circle.middle.x, circle.middle.y, circle.radius
        points += [Point(x - radius, y - radius), Point(x + radius, y + radius)]
    sides = (max(x) - min(x) for x in ([p.x for p in points], [p.y for p in points]))
    return min(PIXEL * room / (UNIT * (side + 2 * NAME)) for side, room in zip(sides, pixels, strict=True))


def _edges(geometry: Geometry) -> list[Edge]:
    """The edges both of whose ends are drawn; of those that share a way, each once."""
    drawn = {*geometry.graph.vertices, *geometry.ghosts}
    return [edge for edge in dict.fromkeys(geometry.graph.edges) if edge.source in drawn and edge.target in drawn]


def _circle(geometry: Geometry, vertex: Vertex, folded: bool) -> _Circle:
    rect, node = geometry.node(vertex), geometry.graph.network.node(vertex.name)
    place = geometry.places[vertex.name]
    outside = vertex in geometry.ghosts and not folded
    round_ = place.round or outside
    radius = max(LEAST, min(rect.width, rect.height) / 2) if round_ else min(RADIUS, rect.height / 2)
    step = "" if node.span == ONCE else str(vertex.t)
    if folded:
        step = r"\tau" if node.last_only else ""
    return _Circle(Point(rect.cx, rect.cy), radius, symbol_tex(node.symbol, step), outside)


def _edge(geometry: Geometry, edge: Edge, circles: dict[Vertex, _Circle], folded: bool) -> Iterator[str]:
    path = geometry.path(edge)
    source = circles.get(edge.source) or (circles.get(Vertex(edge.source.name, edge.target.t)) if folded else None)
    start = _on_circle(path.start, geometry.node(edge.source), source)
    target = circles.get(edge.target) or next(c for vertex, c in circles.items() if vertex.name == edge.target.name)
    end = _on_circle(path.end, geometry.node(edge.target), target)
    way, here, curves = _at(start), path.start, list(path.curves)
    if _is_within(here, source):
        here = start
    elif hypot(start.x - here.x, start.y - here.y) > 0.5:
        way += _lead(start, here, _is_level(here, geometry.node(edge.source)))
    if _is_within(path.end, target):
        curves[-1] = (*curves[-1][:2], end)
    for curve in curves:
        way += f" -- {_at(curve[2])}" if _is_straight(here, curve) else _bend(*curve)
        here = curve[2]
    if hypot(end.x - here.x, end.y - here.y) > 0.5:
        way += _lead(here, end, _is_level(path.end, geometry.node(edge.target)))
    yield rf"  \draw[->] {way};"
    delay = geometry.delay(edge) if folded else None
    if delay is not None:
        side = f"{DELAY * UNIT:.2f}cm"
        yield rf"  \node[fill, inner sep=0pt, minimum size={side}] at {_at(delay)} {{}};"
        if abs(geometry.steps_of(edge)) > 1:
            yield rf"  \node[name] at {_at(Point(delay.x, delay.y + NAME))} {{${geometry.steps_of(edge)}$}};"
    for name in geometry.tagged(edge) if edge.source.t >= 1 else ():
        box, operation = geometry.tag(edge, name), geometry.graph.network.node(name).operation
        yield rf"  \node[tag] at {_at(Point(box.cx, box.cy))} {{{operation.tag or 'or'}}};"
    label = geometry.label(edge)
    if label is not None:
        yield rf"  \node[name] at {_at(_beside(label))} {{${label.text}$}};"


def _beside(label: Label) -> Point:
    off = NAME * (1.0 if label.side.x else 0.8) + (DELAY / 2 if label.beside_delay else 0.0)
    off += 3.5 * max(0, _letters(label.text) - 1) * abs(label.side.x)
    return Point(label.at.x + label.side.x * off, label.at.y + label.side.y * off)


def _letters(tex: str) -> int:
    return sum(character.isalnum() for character in tex) if "\\" not in tex else 2


def _on_circle(rim: Point, rect: Rect, circle: _Circle | None) -> Point:
    """Where a line that meets the box at `rim` meets the circle in it: it goes straight on, as far as it can."""
    if circle is None:
        return rim
    x, y, radius = rim.x - circle.middle.x, rim.y - circle.middle.y, circle.radius
    most = 0.8 * radius
    if min(abs(rim.y - rect.y), abs(rim.y - rect.bottom)) < 0.5:  # from above or below
        x = min(max(x, -most), most)
        return Point(circle.middle.x + x, circle.middle.y + copysign(sqrt(radius * radius - x * x), y))
    if min(abs(rim.x - rect.x), abs(rim.x - rect.right)) < 0.5:
        y = min(max(y, -most), most)
        return Point(circle.middle.x + copysign(sqrt(radius * radius - y * y), x), circle.middle.y + y)
    share = radius / (hypot(x, y) or radius)  # slantwise off the rim of a circle
    return Point(circle.middle.x + x * share, circle.middle.y + y * share)


def _is_within(rim: Point, circle: _Circle | None) -> bool:
    """Whether a circle is larger than in the drawing, so that a line would begin or end in it."""
    return circle is not None and hypot(rim.x - circle.middle.x, rim.y - circle.middle.y) < circle.radius - 0.1


def _is_level(rim: Point, rect: Rect) -> bool:
    """Whether a line meets a box there from the left or right."""
    return min(abs(rim.x - rect.x), abs(rim.x - rect.right)) < 0.5


def _lead(here: Point, end: Point, level: bool) -> str:
    """From the box to the circle in it, or back, without a kink: level at both ends, or upright."""
    if abs(end.y - here.y if level else end.x - here.x) < 0.1:
        return f" -- {_at(end)}"
    middle = Point((here.x + end.x) / 2, (here.y + end.y) / 2)
    if level:
        return _bend(Point(middle.x, here.y), Point(middle.x, end.y), end)
    return _bend(Point(here.x, middle.y), Point(end.x, middle.y), end)


def _is_straight(here: Point, curve: tuple[Point, Point, Point]) -> bool:
    a, b, end = curve
    length = hypot(end.x - here.x, end.y - here.y) or 1.0
    return all(
        abs((end.x - here.x) * (p.y - here.y) - (end.y - here.y) * (p.x - here.x)) / length < 0.1 for p in (a, b)
    )


def _bend(a: Point, b: Point, end: Point) -> str:
    return f" .. controls {_at(a)} and {_at(b)} .. {_at(end)}"


def _at(point: Point) -> str:
    return f"({point.x:.1f}, {point.y:.1f})"
